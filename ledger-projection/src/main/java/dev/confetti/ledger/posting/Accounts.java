package dev.confetti.ledger.posting;

import static dev.confetti.ledger.posting.Asset.COIN;
import static dev.confetti.ledger.posting.Asset.DIAMOND;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The chart of accounts. */
public final class Accounts {
    public static final Account COIN_ISSUED_PAID = new Account("coin:issued:paid", COIN);
    public static final Account COIN_ISSUED_PROMO = new Account("coin:issued:promo", COIN);
    public static final Account COIN_CONSUMED_PAID = new Account("coin:consumed:paid", COIN);
    public static final Account COIN_CONSUMED_PROMO = new Account("coin:consumed:promo", COIN);
    public static final Account COIN_REFUNDED = new Account("coin:refunded", COIN);
    public static final Account DIAMOND_ISSUED = new Account("diamond:issued", DIAMOND);
    public static final Account DIAMOND_REDEEMED = new Account("diamond:redeemed", DIAMOND);

    public static final String BANK = "1010:bank";
    public static final String RECEIVABLE_PSP = "1020:receivable:psp";
    public static final String RECEIVABLE_APPLE = "1021:receivable:apple";
    public static final String RECEIVABLE_GOOGLE = "1022:receivable:google";
    public static final String PAYOUTS_IN_TRANSIT = "1030:payouts-in-transit";
    public static final String DISPUTES_RECEIVABLE = "1040:disputes-receivable";
    public static final String DEFERRED_COMMISSION = "1060:deferred-commission";
    public static final String CREATOR_CLAWBACK = "1070:creator-clawback";
    public static final String CONTRACT_LIABILITY = "2010:contract-liability";
    public static final String BREAKAGE = "2019:contract-liability:breakage";
    public static final String CREATOR_PAYABLE_PENDING = "2110:creator-payable:pending";
    public static final String CREATOR_PAYABLE_AVAILABLE = "2120:creator-payable:available";
    public static final String PAYOUT_REQUESTED = "2130:payout:requested";
    public static final String PAYOUT_APPROVED = "2131:payout:approved";
    public static final String WITHHOLDING_TAX = "2150:withholding-tax";
    public static final String VAT_PAYABLE = "2210:vat-payable";
    public static final String SUSPENSE = "2300:suspense";
    public static final String GIFT_REVENUE = "4010:gift-revenue";
    public static final String BREAKAGE_REVENUE = "4020:breakage-revenue";
    public static final String PAYOUT_FEE = "4030:payout-fee";
    public static final String REFUNDS_CONTRA_REVENUE = "4090:refunds-contra-revenue";
    public static final String CREATOR_SHARE = "5010:creator-share";
    public static final String CHANNEL_COMMISSION = "5020:channel-commission";
    public static final String CHARGEBACK_COST = "5030:chargeback-cost";
    public static final String PROMOTION_COST = "5050:promotion-cost";
    public static final String BANK_CHARGES = "5060:bank-charges";

    /**
     * Every code without a person in it, in the order of the policy. Their number in the journal is
     * their place here, so new ones go to the end.
     */
    static final List<String> SYSTEM_CODES =
            List.of(
                    "coin:issued:paid",
                    "coin:issued:promo",
                    "coin:consumed:paid",
                    "coin:consumed:promo",
                    "coin:refunded",
                    "diamond:issued",
                    "diamond:redeemed",
                    BANK,
                    RECEIVABLE_PSP,
                    RECEIVABLE_APPLE,
                    RECEIVABLE_GOOGLE,
                    PAYOUTS_IN_TRANSIT,
                    DISPUTES_RECEIVABLE,
                    DEFERRED_COMMISSION,
                    CREATOR_CLAWBACK,
                    CONTRACT_LIABILITY,
                    BREAKAGE,
                    CREATOR_PAYABLE_PENDING,
                    CREATOR_PAYABLE_AVAILABLE,
                    PAYOUT_REQUESTED,
                    PAYOUT_APPROVED,
                    WITHHOLDING_TAX,
                    VAT_PAYABLE,
                    SUSPENSE,
                    GIFT_REVENUE,
                    BREAKAGE_REVENUE,
                    PAYOUT_FEE,
                    REFUNDS_CONTRA_REVENUE,
                    CREATOR_SHARE,
                    CHANNEL_COMMISSION,
                    CHARGEBACK_COST,
                    PROMOTION_COST,
                    BANK_CHARGES,
                    "5090:adjustments");

    private static final String CREATOR = "creator:";
    private static final String PENDING = ":diamond:pending";
    private static final String AVAILABLE = ":diamond:available";
    private static final int MOST_CHARACTERS = 64;

    private Accounts() {}

    /** Codes without a person in them; few and busy, while persons' accounts are many and quiet. */
    public static List<String> systemCodes() {
        return SYSTEM_CODES;
    }

    public static Account viewerPaid(String viewerId) {
        return new Account("viewer:" + person(viewerId) + ":coin:paid", COIN);
    }

    public static Account viewerPromo(String viewerId) {
        return new Account("viewer:" + person(viewerId) + ":coin:promo", COIN);
    }

    public static Account viewerFrozen(String viewerId) {
        return new Account("viewer:" + person(viewerId) + ":coin:frozen", COIN);
    }

    public static Account viewerDebt(String viewerId) {
        return new Account("viewer:" + person(viewerId) + ":coin:debt", COIN);
    }

    public static Account creatorPending(String creatorId) {
        return new Account(CREATOR + person(creatorId) + PENDING, DIAMOND);
    }

    public static Account creatorAvailable(String creatorId) {
        return new Account(CREATOR + person(creatorId) + AVAILABLE, DIAMOND);
    }

    /**
     * The creator whose diamonds, held or available, an account has; null for any other account.
     */
    public static @Nullable String earnerOf(Account account) {
        String code = account.code();
        if (!code.startsWith(CREATOR)) {
            return null;
        }
        return code.endsWith(AVAILABLE)
                ? code.substring(CREATOR.length(), code.length() - AVAILABLE.length())
                : code.endsWith(PENDING)
                        ? code.substring(CREATOR.length(), code.length() - PENDING.length())
                        : null;
    }

    public static Account creatorReserved(String creatorId) {
        return new Account("creator:" + person(creatorId) + ":diamond:reserved", DIAMOND);
    }

    /** Whether a code is of the chart and holds money. */
    static boolean isFiat(String code) {
        return SYSTEM_CODES.contains(code) && Character.isDigit(code.charAt(0));
    }

    /** What a purchase through this provider makes the provider owe us. */
    static Account receivable(String provider, Asset currency) {
        String code =
                switch (provider) {
                    case "apple" -> RECEIVABLE_APPLE;
                    case "google" -> RECEIVABLE_GOOGLE;
                    default -> RECEIVABLE_PSP;
                };
        return new Account(code, currency);
    }

    /** An id goes into a code, so it must not bring separators with it. */
    private static String person(String id) {
        if (!isPerson(id)) {
            throw new UnpostableEventException(
                    "person id \"" + id + "\": expected 1 to 64 of A-Z a-z 0-9 _ -");
        }
        return id;
    }

    /** By hand: five of them for each gift. */
    private static boolean isPerson(String id) {
        if (id.isEmpty() || id.length() > MOST_CHARACTERS) {
            return false;
        }
        for (int i = 0; i < id.length(); i++) {
            char c = id.charAt(i);
            boolean allowed =
                    (c >= 'a' && c <= 'z')
                            || (c >= 'A' && c <= 'Z')
                            || (c >= '0' && c <= '9')
                            || c == '_'
                            || c == '-';
            if (!allowed) {
                return false;
            }
        }
        return true;
    }
}

package dev.confetti.events;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The ledger's fiat accounts, as those who correct them by hand see them; the ledger's own chart is
 * tested against these lists.
 */
public final class FiatAccounts {
    /** Codes that an adjustment may debit and credit, in order. */
    public static final List<String> ADJUSTABLE =
            List.of(
                    "1010:bank",
                    "1020:receivable:psp",
                    "1021:receivable:apple",
                    "1022:receivable:google",
                    "1030:payouts-in-transit",
                    "1040:disputes-receivable",
                    "2019:contract-liability:breakage",
                    "2150:withholding-tax",
                    "2210:vat-payable",
                    "2300:suspense",
                    "4010:gift-revenue",
                    "4020:breakage-revenue",
                    "4030:payout-fee",
                    "4090:refunds-contra-revenue",
                    "5010:creator-share",
                    "5020:channel-commission",
                    "5030:chargeback-cost",
                    "5050:promotion-cost",
                    "5060:bank-charges",
                    "5090:adjustments");

    /**
     * Code to what explains every cent of its balance: an adjustment would be a cent that nothing
     * explains.
     */
    public static final SortedMap<String, String> EXPLAINED =
            Collections.unmodifiableSortedMap(explained());

    private FiatAccounts() {}

    /** The account of what a payment provider or store owes us. */
    public static String receivableFrom(String provider) {
        return switch (provider) {
            case "apple" -> "1021:receivable:apple";
            case "google" -> "1022:receivable:google";
            default -> "1020:receivable:psp";
        };
    }

    private static SortedMap<String, String> explained() {
        SortedMap<String, String> explained = new TreeMap<>();
        explained.put("1060:deferred-commission", "the lots of purchases");
        explained.put("1070:creator-clawback", "what creators were paid too much");
        explained.put("2010:contract-liability", "the lots of purchases");
        explained.put("2110:creator-payable:pending", "the creators' diamonds");
        explained.put("2120:creator-payable:available", "the creators' diamonds");
        explained.put("2130:payout:requested", "the payouts");
        explained.put("2131:payout:approved", "the payouts");
        return explained;
    }
}

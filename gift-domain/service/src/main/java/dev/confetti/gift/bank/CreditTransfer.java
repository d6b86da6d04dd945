package dev.confetti.gift.bank;

import java.util.Optional;
import java.util.UUID;

/**
 * One payout on its way to a creator's account.
 *
 * @param amountMinor 1 or more, in minor units of the currency; at most 18 digits, and
 *     999,999,999.99 in euro
 * @param currency ISO 4217 code
 * @param creditorName of the account's holder
 */
public record CreditTransfer(
        UUID payoutId, long amountMinor, String currency, String creditorName, Iban creditorIban) {
    /** 999,999,999.99 euro: EPC 132-08. */
    private static final long MOST_EURO_CENTS = 99_999_999_999L;

    public CreditTransfer {
        String what = "transfer of payout " + payoutId;
        CurrencyAmounts.checkMinor(what, amountMinor, currency);
        if (currency.equals("EUR") && amountMinor > MOST_EURO_CENTS) {
            throw new IllegalArgumentException(
                    what
                            + ": amount of "
                            + amountMinor
                            + " cents: expected at most "
                            + MOST_EURO_CENTS
                            + " in a SEPA credit transfer");
        }
        creditorName = PartyName.checked(what + ": creditor name", creditorName);
    }

    /** The name under which bank and statement speak of it: the payout's id without hyphens. */
    public String endToEndId() {
        return BankIds.text(payoutId);
    }

    /**
     * The payout that an end-to-end id names; empty for one that no payout of ours can have. Upper
     * case is taken too: some banks change it.
     */
    public static Optional<UUID> payoutId(String endToEndId) {
        return BankIds.parse(endToEndId);
    }
}

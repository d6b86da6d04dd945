package dev.confetti.gift.bank;

import org.jspecify.annotations.Nullable;

/**
 * Our own account, which payouts are paid from.
 *
 * @param name of its holder, 1 to 70 characters
 * @param bic of its bank, ISO 9362, 8 or 11 characters; null: the bank knows it by the IBAN
 */
public record Debtor(String name, Iban iban, @Nullable String bic) {
    public Debtor {
        name = PartyName.checked("debtor name", name);
        if (bic != null && !bic.matches("[A-Z0-9]{4}[A-Z]{2}[A-Z0-9]{2}([A-Z0-9]{3})?")) {
            throw new IllegalArgumentException(
                    "debtor bic \"" + bic + "\": expected 8 or 11 letters and digits");
        }
    }
}

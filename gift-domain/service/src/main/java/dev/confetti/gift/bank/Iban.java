package dev.confetti.gift.bank;

import java.math.BigInteger;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * An international bank account number (ISO 13616), without spaces, as long as its country's are,
 * its check digits right.
 *
 * @param text two letters, two digits, 11 to 29 letters and digits
 */
public record Iban(String text) {
    private static final Pattern FORM = Pattern.compile("[A-Z]{2}[0-9]{2}[A-Z0-9]*");

    /** British and French dependencies have IBANs of GB and FR, but Gibraltar. */
    private static final Set<String> SEPA =
            Set.of(
                    "AD", "AL", "AT", "BE", "BG", "CH", "CY", "CZ", "DE", "DK", "EE", "ES", "FI",
                    "FR", "GB", "GI", "GR", "HR", "HU", "IE", "IS", "IT", "LI", "LT", "LU", "LV",
                    "MC", "MD", "ME", "MK", "MT", "NL", "NO", "PL", "PT", "RO", "RS", "SE", "SI",
                    "SK", "SM", "VA");

    private static final BigInteger CHECK = BigInteger.valueOf(97);

    /**
     * Checks one.
     *
     * @throws IllegalArgumentException when it is none; the message names the country, never the
     *     number
     */
    public Iban {
        text = text.replace(" ", "").toUpperCase(Locale.ROOT);
        if (!FORM.matcher(text).matches()) {
            throw none(text);
        }
        requireLength(text);
        if (!isChecked(text)) {
            throw none(text);
        }
    }

    // The number itself is personal: an error must not carry it into a log.
    private static IllegalArgumentException none(String text) {
        return new IllegalArgumentException(
                "iban: expected an IBAN with right check digits, got "
                        + text.length()
                        + " characters that are none");
    }

    private static void requireLength(String text) {
        String country = text.substring(0, 2);
        int length =
                IbanLengths.of(country)
                        .orElseThrow(
                                () ->
                                        new IllegalArgumentException(
                                                "iban: expected a country with IBANs, got "
                                                        + country));
        if (text.length() != length) {
            throw new IllegalArgumentException(
                    "iban: expected "
                            + length
                            + " characters, as IBANs of "
                            + country
                            + " have, got "
                            + text.length());
        }
    }

    /**
     * Whether euro can be sent to it by SEPA credit transfer, as far as its country goes:
     * EPC409-09, the list of the schemes' countries, with those that joined in 2025.
     */
    public boolean isInSepa() {
        return SEPA.contains(text.substring(0, 2));
    }

    /** ISO 7064, MOD 97-10: the first four characters at the end, letters as 10 to 35. */
    private static boolean isChecked(String text) {
        StringBuilder digits = new StringBuilder();
        for (char c : (text.substring(4) + text.substring(0, 4)).toCharArray()) {
            digits.append(Character.digit(c, 36));
        }
        return new BigInteger(digits.toString()).mod(CHECK).intValue() == 1;
    }
}

package dev.confetti.gift.bank;

import java.math.BigInteger;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * An international bank account number (ISO 13616), without spaces, its check digits right.
 *
 * @param text two letters, two digits, 11 to 30 letters and digits
 */
public record Iban(String text) {
    private static final Pattern FORM = Pattern.compile("[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}");
    private static final BigInteger CHECK = BigInteger.valueOf(97);

    public Iban {
        text = text.replace(" ", "").toUpperCase(Locale.ROOT);
        if (!FORM.matcher(text).matches() || !isChecked(text)) {
            // The number itself is personal: an error must not carry it into a log.
            throw new IllegalArgumentException(
                    "iban: expected an IBAN with right check digits, got "
                            + text.length()
                            + " characters that are none");
        }
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

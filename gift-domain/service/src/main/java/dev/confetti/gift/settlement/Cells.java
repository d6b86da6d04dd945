package dev.confetti.gift.settlement;

import dev.confetti.gift.finance.Currencies;
import dev.confetti.gift.problem.ProblemType;
import dev.confetti.gift.problem.RefusedException;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.commons.csv.CSVRecord;

/** One record of a report; what cannot be read is refused by its line, column and value. */
final class Cells {
    private static final Pattern AMOUNT = Pattern.compile("-?[0-9]{1,12}(\\.[0-9]{1,12})?");
    private static final int MOST_CHARACTERS = 200;
    private static final int MOST_SHOWN_CHARACTERS = 100;

    private final CSVRecord record;
    private final long line;

    /**
     * @param line in which the record ends, from 1
     */
    Cells(CSVRecord record, long line) {
        this.record = record;
        this.line = line;
    }

    int line() {
        return Math.toIntExact(line);
    }

    /** A text; may be empty. */
    String text(String column) {
        String text = record.get(column).strip();
        if (text.length() > MOST_CHARACTERS || text.chars().anyMatch(Character::isISOControl)) {
            throw malformed(
                    column, text, "at most " + MOST_CHARACTERS + " characters, none a control");
        }
        return text;
    }

    /** A text that must be there. */
    String required(String column, String what) {
        String text = text(column);
        if (text.isEmpty()) {
            throw malformed(column, text, what);
        }
        return text;
    }

    /** An ISO 4217 code, in capitals or not. */
    String currency(String column) {
        String text = text(column);
        String code = text.toUpperCase(Locale.ROOT);
        try {
            Currencies.minorPlaces(code);
        } catch (IllegalArgumentException e) {
            throw malformed(column, text, "an ISO 4217 code, such as USD");
        }
        return code;
    }

    /** A decimal of whole minor units, such as {@code -12.00}. */
    long minor(String column, String currency) {
        String text = text(column);
        int places = Currencies.minorPlaces(currency);
        if (AMOUNT.matcher(text).matches()) {
            BigDecimal minor = new BigDecimal(text).movePointRight(places).stripTrailingZeros();
            if (minor.scale() <= 0) {
                return minor.longValueExact();
            }
        }
        throw malformed(
                column,
                text,
                "a decimal with at most 12 digits before the point and "
                        + places
                        + " after it, as "
                        + currency
                        + " has, without thousands separators");
    }

    RefusedException malformed(String column, String value, String expected) {
        Map<String, Object> where = new LinkedHashMap<>();
        where.put("line", line);
        where.put("column", column);
        where.put("value", shown(value));
        return new RefusedException(
                ProblemType.MALFORMED_REQUEST,
                "line "
                        + line
                        + ", column "
                        + column
                        + " \""
                        + where.get("value")
                        + "\": expected "
                        + expected,
                where);
    }

    private static String shown(String value) {
        if (value.length() <= MOST_SHOWN_CHARACTERS) {
            return value;
        }
        // No half of a surrogate pair: an answer in UTF-8 could not hold it.
        int whole = value.codePointCount(0, MOST_SHOWN_CHARACTERS);
        return value.substring(0, value.offsetByCodePoints(0, whole)) + "…";
    }
}

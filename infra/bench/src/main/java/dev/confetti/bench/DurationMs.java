package dev.confetti.bench;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Reads a length of time as milliseconds: {@code 30}, {@code 30s}, {@code 500ms}, {@code 2m} or ISO
 * 8601 {@code PT30S}.
 */
final class DurationMs implements ITypeConverter<Long> {
    private static final Pattern SHORT = Pattern.compile("(\\d{1,9})(ms|s|m|h)?");

    @Override
    public Long convert(String text) {
        Matcher matcher = SHORT.matcher(text);
        if (matcher.matches()) {
            String unit = matcher.group(2) == null ? "s" : matcher.group(2);
            long unitMs =
                    switch (unit) {
                        case "ms" -> 1;
                        case "m" -> 60_000;
                        case "h" -> 3_600_000;
                        default -> 1_000;
                    };
            return Math.multiplyExact(Long.parseLong(matcher.group(1)), unitMs);
        }
        try {
            long ms = Duration.parse(text).toMillis();
            if (ms >= 0) {
                return ms;
            }
        } catch (DateTimeParseException | ArithmeticException e) {
            // Said below.
        }
        throw new TypeConversionException(
                "expected a length of time such as 30s, 2m or PT30S, got '" + text + "'");
    }
}

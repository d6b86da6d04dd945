package dev.confetti.gift.bank;

import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/** UUIDs as identifiers of ISO 20022, which have at most 35 characters: without hyphens. */
final class BankIds {
    private static final Pattern FORM = Pattern.compile("[0-9a-fA-F]{32}");
    private static final int HALF = 16;
    private static final int RADIX = 16;

    private BankIds() {}

    static String text(UUID id) {
        return id.toString().replace("-", "");
    }

    static Optional<UUID> parse(String text) {
        if (!FORM.matcher(text).matches()) {
            return Optional.empty();
        }
        return Optional.of(
                new UUID(
                        Long.parseUnsignedLong(text.substring(0, HALF), RADIX),
                        Long.parseUnsignedLong(text.substring(HALF), RADIX)));
    }
}

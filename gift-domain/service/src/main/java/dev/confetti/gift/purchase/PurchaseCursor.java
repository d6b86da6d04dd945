package dev.confetti.gift.purchase;

import dev.confetti.gift.problem.ProblemType;
import dev.confetti.gift.problem.RefusedException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Where a list of purchases goes on: paid ones are in the log, the others in a table beside it.
 *
 * @param beforeSequence paid ones with a smaller sequence
 * @param before unpaid ones that were begun before this instant
 * @param beforeId or at it, with a smaller id
 */
record PurchaseCursor(long beforeSequence, Instant before, UUID beforeId) {
    static final PurchaseCursor START =
            new PurchaseCursor(
                    Long.MAX_VALUE, Instant.parse("9999-12-31T00:00:00Z"), new UUID(-1, -1));

    private static final int PARTS = 3;

    PurchaseCursor after(Checkout checkout) {
        return new PurchaseCursor(beforeSequence, checkout.createdAt(), checkout.purchaseId());
    }

    PurchaseCursor afterSequence(long sequence) {
        return new PurchaseCursor(sequence, before, beforeId);
    }

    String encoded() {
        String text = beforeSequence + "," + before + "," + beforeId;
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(text.getBytes(StandardCharsets.US_ASCII));
    }

    /**
     * Reads the query parameter {@code cursor}; without one it is the start.
     *
     * @throws RefusedException {@code malformed-request}
     */
    static PurchaseCursor of(@Nullable String cursor) {
        if (cursor == null) {
            return START;
        }
        try {
            String[] parts =
                    new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.US_ASCII)
                            .split(",", -1);
            if (parts.length == PARTS) {
                return new PurchaseCursor(
                        Long.parseLong(parts[0]),
                        Instant.parse(parts[1]),
                        UUID.fromString(parts[2]));
            }
        } catch (IllegalArgumentException | DateTimeException e) {
            // falls through to the refusal
        }
        throw new RefusedException(
                ProblemType.MALFORMED_REQUEST,
                "cursor \"" + cursor + "\": expected the nextCursor of the page before");
    }
}

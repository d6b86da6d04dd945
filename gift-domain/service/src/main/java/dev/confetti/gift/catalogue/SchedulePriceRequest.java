package dev.confetti.gift.catalogue;

import dev.confetti.gift.http.JsonRequest;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * The body of {@code POST /v1/gifts/{giftId}/prices}.
 *
 * @param coins price of one
 * @param effectiveAt RFC 3339; kept to the microsecond
 */
public record SchedulePriceRequest(long coins, String effectiveAt) implements JsonRequest {
    public SchedulePriceRequest {
        try {
            Instant.parse(effectiveAt);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    "effectiveAt \""
                            + effectiveAt
                            + "\": expected an RFC 3339 instant, such as 2026-11-22T12:00:00Z",
                    e);
        }
    }

    Instant effectiveInstant() {
        return Instant.parse(effectiveAt).truncatedTo(ChronoUnit.MICROS);
    }
}

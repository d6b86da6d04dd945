package dev.confetti.gift.catalogue;

import java.time.Instant;
import java.util.UUID;

/**
 * A gift's price from an instant on.
 *
 * @param coins price of one
 * @param effectiveAt the first instant at which it counts
 */
public record PriceChange(
        UUID priceId, String giftId, long coins, Instant effectiveAt, Instant scheduledAt) {}

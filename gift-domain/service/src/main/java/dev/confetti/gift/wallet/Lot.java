package dev.confetti.gift.wallet;

import java.util.UUID;

/**
 * Paid coins of one purchase that are not spent yet.
 *
 * @param coins more than 0
 */
public record Lot(UUID lotId, long coins) {
    public Lot {
        if (coins <= 0) {
            throw new IllegalArgumentException(
                    "lot " + lotId + " of " + coins + " coins: expected more than 0");
        }
    }
}

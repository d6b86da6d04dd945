package dev.confetti.gift.live;

import dev.confetti.gift.http.JsonRequest;

/**
 * The body of the gateway's renewal of a lease.
 *
 * @param viewers how many watch, at least 0
 */
public record LeaseRequest(long viewers) implements JsonRequest {
    public LeaseRequest {
        if (viewers < 0) {
            throw new IllegalArgumentException("viewers " + viewers + ": expected 0 or more");
        }
    }
}

package dev.confetti.gift.sending;

import dev.confetti.gift.http.JsonRequest;

/** The body of {@code POST /v1/wallets/{viewerId}/grants}. */
public record GrantRequest(long coins, String reason) implements JsonRequest {
    public GrantRequest {
        reason = Reasons.require(reason);
    }
}

package dev.confetti.gift.sending;

import dev.confetti.gift.http.JsonRequest;

/** A body that only says why. */
public record ReasonRequest(String reason) implements JsonRequest {
    public ReasonRequest {
        reason = Reasons.require(reason);
    }
}

package dev.confetti.gift.purchase;

import dev.confetti.gift.http.JsonRequest;

/**
 * The body of {@code POST /v1/coin-purchases/{id}/receipt}.
 *
 * @param receipt what the store gave the app: the App Store's signed transaction, or Google Play's
 *     purchase token
 */
public record ReceiptRequest(String receipt) implements JsonRequest {
    public ReceiptRequest {
        if (receipt.isBlank()) {
            throw new IllegalArgumentException(
                    "receipt: expected what the store gave the app, got nothing");
        }
    }
}

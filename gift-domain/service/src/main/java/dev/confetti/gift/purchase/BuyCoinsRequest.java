package dev.confetti.gift.purchase;

import dev.confetti.gift.http.JsonRequest;

/** The body of {@code POST /v1/coin-purchases}. */
public record BuyCoinsRequest(String packageId, String provider) implements JsonRequest {}

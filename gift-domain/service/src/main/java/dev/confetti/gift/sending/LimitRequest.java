package dev.confetti.gift.sending;

import dev.confetti.gift.http.JsonRequest;
import dev.confetti.gift.http.Stated;
import org.jspecify.annotations.Nullable;

/**
 * The body of {@code PUT /v1/wallet/limits}.
 *
 * @param coinsPerDay 0: nothing may be sent; null: no limit of one's own
 */
public record LimitRequest(@Stated @Nullable Long coinsPerDay) implements JsonRequest {}

package dev.confetti.gift.live;

import dev.confetti.gift.http.JsonRequest;
import org.jspecify.annotations.Nullable;

/**
 * The body of {@code POST /v1/lives/{liveId}/play-tokens}.
 *
 * @param seconds how long the token is to be good; 12 hours where it is left out
 */
public record PlayTokenRequest(@Nullable Long seconds) implements JsonRequest {}

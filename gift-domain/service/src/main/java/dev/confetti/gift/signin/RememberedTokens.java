package dev.confetti.gift.signin;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;

/**
 * Decodes a token once a minute, not at each request: parsing and checking one costs more than
 * deciding about a gift. A token that has expired is checked again by the decoder, which refuses
 * it. Thread-safe.
 */
public final class RememberedTokens implements JwtDecoder {
    private static final int MOST_TOKENS = 50_000;

    /** For so long a key that its issuer took back still counts. */
    private static final Duration REMEMBERED_FOR = Duration.ofMinutes(1);

    private final JwtDecoder decoder;
    private final InstantSource clock;
    private final Cache<String, Jwt> good =
            Caffeine.newBuilder().maximumSize(MOST_TOKENS).expireAfterWrite(REMEMBERED_FOR).build();

    public RememberedTokens(JwtDecoder decoder, InstantSource clock) {
        this.decoder = decoder;
        this.clock = clock;
    }

    @Override
    public Jwt decode(String token) {
        Jwt known = good.getIfPresent(token);
        if (known != null && isInTime(known)) {
            return known;
        }
        // What is refused throws, and is not remembered.
        Jwt decoded = decoder.decode(token);
        good.put(token, decoded);
        return decoded;
    }

    private boolean isInTime(Jwt token) {
        Instant end = token.getExpiresAt();
        return end == null || clock.instant().isBefore(end);
    }
}

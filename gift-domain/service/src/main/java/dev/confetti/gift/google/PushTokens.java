package dev.confetti.gift.google;

import dev.confetti.gift.problem.ProblemType;
import dev.confetti.gift.problem.RefusedException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtClaimValidator;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;

/**
 * Checks that a push comes from our subscription at Pub/Sub: <a
 * href="https://cloud.google.com/pubsub/docs/authenticate-push-subscriptions">an OpenID token</a>
 * by Google's keys, for our audience and service account. Thread-safe.
 */
final class PushTokens {
    private static final String SCHEME = "Bearer ";
    private static final Duration CLOCKS_APART = Duration.ofSeconds(60);
    private static final Set<String> ISSUERS =
            Set.of("https://accounts.google.com", "accounts.google.com");

    private final NimbusJwtDecoder decoder;
    private final String expectation;

    /**
     * @param audience that tokens must name
     * @param account the e-mail of the service account that they must be of
     */
    PushTokens(URI keysUrl, String audience, String account, InstantSource clock) {
        this.expectation =
                "Google's token for audience " + audience + " and service account " + account;
        this.decoder = NimbusJwtDecoder.withJwkSetUri(keysUrl.toString()).build();
        JwtTimestampValidator times = new JwtTimestampValidator(CLOCKS_APART);
        times.setAllowEmptyExpiryClaim(false);
        times.setClock(clockOf(clock));
        decoder.setJwtValidator(
                new DelegatingOAuth2TokenValidator<>(
                        times,
                        claim("iss", ISSUERS::contains),
                        new JwtClaimValidator<Iterable<String>>(
                                "aud", named -> named != null && contains(named, audience)),
                        claim("email", account::equals),
                        new JwtClaimValidator<Object>("email_verified", Boolean.TRUE::equals)));
    }

    private static OAuth2TokenValidator<Jwt> claim(String name, Predicate<String> test) {
        return new JwtClaimValidator<String>(name, value -> value != null && test.test(value));
    }

    private static boolean contains(Iterable<String> named, String audience) {
        for (String each : named) {
            if (each.equals(audience)) {
                return true;
            }
        }
        return false;
    }

    private static Clock clockOf(InstantSource source) {
        return source.withZone(ZoneOffset.UTC);
    }

    /**
     * @param authorization the header's value
     * @throws RefusedException {@code signature-invalid}, or {@code unavailable} when Google's keys
     *     cannot be read
     */
    void require(@Nullable String authorization) {
        if (authorization == null || !authorization.startsWith(SCHEME)) {
            throw new RefusedException(
                    ProblemType.SIGNATURE_INVALID,
                    "Authorization: expected " + expectation + ", got none");
        }
        try {
            decoder.decode(authorization.substring(SCHEME.length()));
        } catch (BadJwtException e) {
            throw new RefusedException(
                    ProblemType.SIGNATURE_INVALID,
                    "Authorization: expected " + expectation + ": " + e.getMessage());
        } catch (JwtException e) {
            throw new RefusedException(
                    ProblemType.UNAVAILABLE,
                    "Google's keys cannot be read just now: " + e.getMessage());
        }
    }
}

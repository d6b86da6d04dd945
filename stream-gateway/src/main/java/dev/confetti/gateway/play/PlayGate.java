package dev.confetti.gateway.play;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.confetti.gateway.play.PlayRight.Why;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Says who may play a live: everybody, or, with a secret, whoever shows a token that the service
 * signed with it for that live. Nobody is asked: a token says all itself. Thread-safe.
 *
 * <p>A token is a JWT (RFC 7519) in compact form, signed with HS256 (RFC 7518, 3.2), with {@code
 * aud} {@value #AUDIENCE}, {@code sub} the viewer, {@code live} the live's id, {@code exp} until
 * when it is good. It is looked at when play begins, and at each request of HLS.
 */
public final class PlayGate {
    /** The {@code aud} of play tokens: no other token that is signed with the secret is one. */
    static final String AUDIENCE = "confetti-play";

    /** RFC 7518, 3.2: a key of at least the hash's size. */
    private static final int LEAST_SECRET_BYTES = 32;

    /** Five times as long as the service's; a longer one is somebody's else, or an attack. */
    private static final int MAX_TOKEN_CHARS = 2048;

    /** The library reads more than RFC 7515 lets stand there; what is read ends up in playlists. */
    private static final Pattern COMPACT =
            Pattern.compile("[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+");

    private static final int MOST_KNOWN = 10_000;

    private final @Nullable JWSVerifier verifier;
    private final InstantSource clock;
    private final KnownTokens known = new KnownTokens(MOST_KNOWN);

    /** What a token with a good signature says. */
    record Claims(String viewerId, String liveId, Instant expiresAt) {}

    private PlayGate(@Nullable JWSVerifier verifier, InstantSource clock) {
        this.verifier = verifier;
        this.clock = clock;
    }

    /**
     * A gate as the operator wants it.
     *
     * @param secret shared with the service; empty lets everybody play
     * @throws IllegalArgumentException when it is {@link #requireLong too short}
     */
    public static PlayGate of(String secret, InstantSource clock) {
        requireLong(secret);
        try {
            return new PlayGate(
                    secret.isEmpty()
                            ? null
                            : new MACVerifier(secret.getBytes(StandardCharsets.UTF_8)),
                    clock);
        } catch (JOSEException e) {
            throw new IllegalStateException("HS256 cannot be checked here", e); // every JDK can
        }
    }

    /**
     * Refuses secrets that could be guessed.
     *
     * @throws IllegalArgumentException with the length and what was expected
     */
    public static void requireLong(String secret) {
        int bytes = secret.getBytes(StandardCharsets.UTF_8).length;
        if (bytes > 0 && bytes < LEAST_SECRET_BYTES) {
            throw new IllegalArgumentException(
                    "play-token-secret of "
                            + bytes
                            + " bytes: expected at least "
                            + LEAST_SECRET_BYTES
                            + ", or none");
        }
    }

    /**
     * Looks at a token.
     *
     * @param liveId that is to be played
     * @param token as it was shown; empty for none
     */
    public PlayRight check(String liveId, String token) {
        JWSVerifier by = verifier;
        if (by == null) {
            return PlayRight.ANYBODY;
        }
        if (token.isEmpty()) {
            return new PlayRight.Refused(
                    Why.MISSING,
                    "no play token: expected ?token=… from POST /v1/lives/"
                            + liveId
                            + "/play-tokens");
        }
        Claims claims = known.get(token);
        if (claims == null) {
            try {
                claims = read(token, by);
            } catch (InvalidTokenException e) {
                return new PlayRight.Refused(Why.INVALID, "play token: " + e.getMessage());
            }
            known.put(token, claims);
        }
        if (!claims.liveId().equals(liveId)) {
            return new PlayRight.Refused(
                    Why.INVALID, "play token of another live: expected one of live " + liveId);
        }
        if (!claims.expiresAt().isAfter(clock.instant())) {
            return new PlayRight.Refused(
                    Why.EXPIRED,
                    "play token: expired at " + claims.expiresAt() + ", ask for another");
        }
        return new PlayRight.Granted(claims.viewerId(), token);
    }

    private static Claims read(String token, JWSVerifier by) throws InvalidTokenException {
        if (token.length() > MAX_TOKEN_CHARS || !COMPACT.matcher(token).matches()) {
            throw new InvalidTokenException(
                    "expected a JWT of at most "
                            + MAX_TOKEN_CHARS
                            + " characters, got "
                            + token.length());
        }
        try {
            SignedJWT jwt = SignedJWT.parse(token);
            if (!JWSAlgorithm.HS256.equals(jwt.getHeader().getAlgorithm())) {
                throw new InvalidTokenException("expected one signed with HS256");
            }
            if (!jwt.verify(by)) {
                throw new InvalidTokenException("expected one that the service signed");
            }
            return claims(jwt.getJWTClaimsSet());
        } catch (ParseException e) {
            throw new InvalidTokenException("expected a JWT signed with HS256");
        } catch (JOSEException e) {
            throw new InvalidTokenException("expected one that the service signed");
        }
    }

    private static Claims claims(JWTClaimsSet set) throws ParseException, InvalidTokenException {
        if (!set.getAudience().contains(AUDIENCE)) {
            throw new InvalidTokenException("expected aud \"" + AUDIENCE + "\"");
        }
        String viewerId = set.getSubject();
        String liveId = set.getStringClaim("live");
        Date expiresAt = set.getExpirationTime();
        if (viewerId == null || viewerId.isEmpty() || liveId == null || expiresAt == null) {
            throw new InvalidTokenException("expected the claims sub, live and exp");
        }
        return new Claims(viewerId, liveId, expiresAt.toInstant());
    }

    /** A token that is none of ours. */
    private static final class InvalidTokenException extends Exception {
        private static final long serialVersionUID = 1L;

        InvalidTokenException(String message) {
            super(message, null, false, false); // strangers make them: no stack trace
        }
    }
}

package dev.confetti.gift.live;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import org.jspecify.annotations.Nullable;

/**
 * Signs tokens by which a gateway lets a viewer play a live: JWTs (RFC 7519) with {@code aud}
 * {@value #AUDIENCE}, {@code sub}, {@code live}, {@code iat} and {@code exp}, by HS256 with the
 * secret that both know. Thread-safe.
 */
public final class PlayTokens {
    /** What {@code aud} says: the same secret never signs anything else. */
    static final String AUDIENCE = "confetti-play";

    private final @Nullable JWSSigner signer;
    private final InstantSource clock;

    /**
     * @param secret of at least 32 bytes; null where anybody may play
     */
    public PlayTokens(@Nullable String secret, InstantSource clock) {
        try {
            this.signer =
                    secret == null ? null : new MACSigner(secret.getBytes(StandardCharsets.UTF_8));
        } catch (JOSEException e) {
            throw new IllegalStateException("HS256 cannot be signed here", e);
        }
        this.clock = clock;
    }

    /** A signed token; its text is not printed. */
    record Signed(String token, Instant expiresAt) {
        @Override
        public String toString() {
            return "play token until " + expiresAt;
        }
    }

    /** Whether lives are played by token. */
    boolean required() {
        return signer != null;
    }

    /**
     * A token for one viewer and one live.
     *
     * @throws IllegalStateException when none are {@link #required}
     */
    Signed sign(String viewerId, String liveId, Duration goodFor) {
        JWSSigner with = signer;
        if (with == null) {
            throw new IllegalStateException("no secret: expected to be asked only with one");
        }
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS); // as JWTs count
        Instant expiresAt = now.plus(goodFor);
        SignedJWT token =
                new SignedJWT(
                        new JWSHeader(JWSAlgorithm.HS256),
                        new JWTClaimsSet.Builder()
                                .audience(AUDIENCE)
                                .subject(viewerId)
                                .claim("live", liveId)
                                .issueTime(Date.from(now))
                                .expirationTime(Date.from(expiresAt))
                                .build());
        try {
            token.sign(with);
        } catch (JOSEException e) {
            throw new IllegalStateException("a play token cannot be signed", e);
        }
        return new Signed(token.serialize(), expiresAt);
    }
}

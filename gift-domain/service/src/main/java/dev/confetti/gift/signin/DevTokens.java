package dev.confetti.gift.signin;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.List;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** Tokens for development, signed with a secret of this platform. Thread-safe. */
public final class DevTokens {
    /** The {@code iss} of these tokens. */
    public static final String ISSUER = "confetti-dev";

    private static final Duration GOOD_FOR = Duration.ofHours(24);

    private final SecretKey key;
    private final InstantSource clock;

    public DevTokens(byte[] secret, InstantSource clock) {
        this.key = new SecretKeySpec(secret, "HmacSHA256");
        this.clock = clock;
    }

    SecretKey key() {
        return key;
    }

    /** A token for anybody. */
    public String issue(String subject, @Nullable String name, List<String> roles) {
        Instant now = clock.instant();
        JWTClaimsSet.Builder claims =
                new JWTClaimsSet.Builder()
                        .issuer(ISSUER)
                        .subject(subject)
                        .claim("roles", roles)
                        .issueTime(Date.from(now))
                        .expirationTime(Date.from(now.plus(GOOD_FOR)));
        if (name != null) {
            claims.claim("name", name);
        }
        SignedJWT token = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), claims.build());
        try {
            token.sign(new MACSigner(key));
        } catch (JOSEException e) {
            throw new IllegalStateException("a dev token cannot be signed", e);
        }
        return token.serialize();
    }
}

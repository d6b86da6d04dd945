package dev.confetti.board;

import java.nio.charset.StandardCharsets;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.core.env.Environment;
import org.springframework.security.oauth2.jose.jws.MacAlgorithm;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtDecoders;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.oauth2.jwt.SupplierJwtDecoder;

/** Whose tokens a service of its own takes: an issuer's, or those signed with a secret (HS256). */
final class SignIn {
    private static final String ISSUER = "confetti.sign-in.issuer";
    private static final String SECRET = "confetti.sign-in.secret";
    private static final int MIN_SECRET_BYTES = 32;

    private SignIn() {}

    /**
     * The decoder of tokens; where neither issuer nor secret is set it takes none, since boards
     * need none.
     *
     * @throws IllegalArgumentException when what is set cannot be
     */
    static JwtDecoder decoder(Environment settings) {
        String issuer = settings.getProperty(ISSUER, "");
        if (!issuer.isBlank()) {
            if (!issuer.matches("https?://[^\\s/]+\\S*")) {
                throw new IllegalArgumentException(
                        "CONFETTI_SIGN_IN_ISSUER \""
                                + issuer
                                + "\": expected http[s]://HOST[/PATH]");
            }
            // Asked for its keys at the first token, so that a start does not wait for it.
            return new SupplierJwtDecoder(() -> JwtDecoders.fromIssuerLocation(issuer));
        }
        byte[] secret = settings.getProperty(SECRET, "").getBytes(StandardCharsets.UTF_8);
        if (secret.length == 0) {
            return token -> {
                throw new BadJwtException(
                        "CONFETTI_SIGN_IN_ISSUER and CONFETTI_SIGN_IN_SECRET are not set");
            };
        }
        if (secret.length < MIN_SECRET_BYTES) {
            throw new IllegalArgumentException(
                    "CONFETTI_SIGN_IN_SECRET of "
                            + secret.length
                            + " bytes: expected at least "
                            + MIN_SECRET_BYTES);
        }
        return NimbusJwtDecoder.withSecretKey(new SecretKeySpec(secret, "HmacSHA256"))
                .macAlgorithm(MacAlgorithm.HS256)
                .build();
    }
}

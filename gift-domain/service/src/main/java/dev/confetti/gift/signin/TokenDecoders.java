package dev.confetti.gift.signin;

import com.nimbusds.jwt.JWTParser;
import dev.confetti.events.PersonId;
import dev.confetti.gift.GiftSettings.SignIn;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.jose.jws.MacAlgorithm;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtClaimNames;
import org.springframework.security.oauth2.jwt.JwtClaimValidator;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtValidators;
import org.springframework.security.oauth2.jwt.MappedJwtClaimSetConverter;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.oauth2.jwt.SupplierJwtDecoder;

/** Decoders for the tokens that this platform takes: of its issuer, and of developers. */
public final class TokenDecoders {
    private TokenDecoders() {}

    /**
     * One decoder for both; the token's {@code iss} says which it is for, and its signature proves
     * it. Every {@code sub} comes out as an opaque id.
     *
     * @param devTokens null where dev tokens are not taken
     */
    public static JwtDecoder forBoth(SignIn signIn, @Nullable DevTokens devTokens) {
        JwtDecoder dev = devTokens == null ? nobody() : forDevelopers(devTokens);
        JwtDecoder issuer = signIn.issuer() == null ? nobody() : forIssuer(signIn.issuer(), signIn);
        return token -> (DevTokens.ISSUER.equals(issuerOf(token)) ? dev : issuer).decode(token);
    }

    private static JwtDecoder forDevelopers(DevTokens devTokens) {
        NimbusJwtDecoder decoder =
                NimbusJwtDecoder.withSecretKey(devTokens.key())
                        .macAlgorithm(MacAlgorithm.HS256)
                        .build();
        decoder.setJwtValidator(JwtValidators.createDefaultWithIssuer(DevTokens.ISSUER));
        decoder.setClaimSetConverter(opaqueSubjects());
        return decoder;
    }

    /** Asks the issuer for its keys at the first token, so that a start does not wait for it. */
    private static JwtDecoder forIssuer(String issuer, SignIn signIn) {
        return new SupplierJwtDecoder(
                () -> {
                    NimbusJwtDecoder decoder = NimbusJwtDecoder.withIssuerLocation(issuer).build();
                    List<OAuth2TokenValidator<Jwt>> checks = new ArrayList<>();
                    checks.add(JwtValidators.createDefaultWithIssuer(issuer));
                    if (signIn.audience() != null) {
                        String audience = signIn.audience();
                        checks.add(
                                new JwtClaimValidator<List<String>>(
                                        JwtClaimNames.AUD,
                                        named -> named != null && named.contains(audience)));
                    }
                    decoder.setJwtValidator(new DelegatingOAuth2TokenValidator<>(checks));
                    decoder.setClaimSetConverter(opaqueSubjects());
                    return decoder;
                });
    }

    private static JwtDecoder nobody() {
        return token -> {
            throw new BadJwtException("this platform takes no tokens of that issuer");
        };
    }

    private static MappedJwtClaimSetConverter opaqueSubjects() {
        return MappedJwtClaimSetConverter.withDefaults(
                Map.of(
                        JwtClaimNames.SUB,
                        subject -> {
                            if (subject instanceof String text && !text.isBlank()) {
                                return PersonId.of(text);
                            }
                            throw new IllegalArgumentException(
                                    "sub " + subject + ": expected the caller's id");
                        }));
    }

    private static @Nullable String issuerOf(String token) {
        try {
            return JWTParser.parse(token).getJWTClaimsSet().getIssuer();
        } catch (ParseException e) {
            throw new BadJwtException("the token is no JWT", e);
        }
    }
}

package dev.confetti.ledger;

import java.nio.charset.StandardCharsets;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.oauth2.jose.jws.MacAlgorithm;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtDecoders;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.oauth2.jwt.SupplierJwtDecoder;
import org.springframework.security.web.SecurityFilterChain;

/** The ledger as a service of its own. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import(LedgerConfiguration.class)
public class LedgerProjection {
    private static final String ISSUER = "confetti.sign-in.issuer";
    private static final String SECRET = "confetti.sign-in.secret";
    private static final int MIN_SECRET_BYTES = 32;

    public static void main(String[] args) {
        OwnProcess.run("ledger-projection", LedgerProjection.class, LedgerProjection::check, args);
    }

    private static void check(Environment environment) {
        LedgerProperties settings = LedgerProperties.from(environment);
        requireSignIn(environment);
        EngineCheck.postgres(settings.postgres());
        EngineCheck.kafka(settings.kafkaBootstrap(), OwnProcess.startTimeout(environment));
    }

    /** Tokens of an OpenID Connect issuer, or signed with a shared secret (HS256). */
    @Bean
    JwtDecoder ledgerJwtDecoder(Environment environment) {
        requireSignIn(environment);
        String issuer = environment.getProperty(ISSUER, "");
        if (!issuer.isBlank()) {
            // Asked for its keys at the first token, so that a start does not wait for it.
            return new SupplierJwtDecoder(() -> JwtDecoders.fromIssuerLocation(issuer));
        }
        return NimbusJwtDecoder.withSecretKey(new SecretKeySpec(secret(environment), "HmacSHA256"))
                .macAlgorithm(MacAlgorithm.HS256)
                .build();
    }

    private static byte[] secret(Environment environment) {
        return environment.getProperty(SECRET, "").getBytes(StandardCharsets.UTF_8);
    }

    private static void requireSignIn(Environment environment) {
        String issuer = environment.getProperty(ISSUER, "");
        if (!issuer.isBlank() && !issuer.matches("https?://[^\\s/]+\\S*")) {
            throw new IllegalArgumentException(
                    "CONFETTI_SIGN_IN_ISSUER \"" + issuer + "\": expected http[s]://HOST[/PATH]");
        }
        int secretBytes = secret(environment).length;
        if (issuer.isBlank() && secretBytes < MIN_SECRET_BYTES) {
            throw new IllegalArgumentException(
                    "CONFETTI_SIGN_IN_ISSUER or CONFETTI_SIGN_IN_SECRET: expected an issuer's URL,"
                            + " or a secret of at least "
                            + MIN_SECRET_BYTES
                            + " bytes; found no issuer, and a secret of "
                            + secretBytes
                            + " bytes");
        }
    }

    /** Health, metrics and the API's description are open; there is nothing else. */
    @Bean
    @Order(100)
    SecurityFilterChain ledgerOpenPaths(HttpSecurity http) {
        return http.authorizeHttpRequests(
                        requests ->
                                requests.requestMatchers(
                                                "/actuator/health/**",
                                                "/actuator/prometheus",
                                                "/v3/api-docs/**")
                                        .permitAll()
                                        .anyRequest()
                                        .denyAll())
                .build();
    }
}

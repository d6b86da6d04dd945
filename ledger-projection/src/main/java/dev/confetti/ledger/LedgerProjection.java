package dev.confetti.ledger;

import java.nio.charset.StandardCharsets;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.boot.SpringApplication;
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
import org.springframework.security.web.SecurityFilterChain;

/** The ledger as a service of its own; {@code server.port} is its port. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import(LedgerConfiguration.class)
public class LedgerProjection {
    private static final String ISSUER = "confetti.sign-in.issuer";
    private static final String SECRET = "confetti.sign-in.secret";
    private static final int MIN_SECRET_BYTES = 32;

    public static void main(String[] args) {
        SpringApplication.run(LedgerProjection.class, args);
    }

    /** Tokens of an OpenID Connect issuer, or signed with a shared secret (HS256). */
    @Bean
    JwtDecoder ledgerJwtDecoder(Environment environment) {
        String issuer = environment.getProperty(ISSUER);
        if (issuer != null) {
            return JwtDecoders.fromIssuerLocation(issuer);
        }
        String secret = environment.getProperty(SECRET, "");
        byte[] key = secret.getBytes(StandardCharsets.UTF_8);
        if (key.length < MIN_SECRET_BYTES) {
            throw new IllegalArgumentException(
                    ISSUER
                            + " or "
                            + SECRET
                            + ": expected an issuer's URL, or a secret of at least "
                            + MIN_SECRET_BYTES
                            + " bytes; found neither");
        }
        return NimbusJwtDecoder.withSecretKey(new SecretKeySpec(key, "HmacSHA256"))
                .macAlgorithm(MacAlgorithm.HS256)
                .build();
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

package dev.confetti.bench.ledger;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.confetti.engines.Engines;
import dev.confetti.ledger.LedgerProjection;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** The ledger's service as it is deployed, in this process, asked over HTTP by finance staff. */
final class LedgerService implements AutoCloseable {
    private static final String SECRET = "a secret of this bench, 32 bytes";

    private final ConfigurableApplicationContext service;
    private final String url;
    private final String token = financeToken();

    private LedgerService(ConfigurableApplicationContext service) {
        this.service = service;
        this.url = "http://127.0.0.1:" + service.getEnvironment().getProperty("local.server.port");
    }

    static LedgerService start(Engines engines) {
        Map<String, Object> settings =
                Map.of(
                        "spring.main.banner-mode",
                        "off",
                        "server.port",
                        0,
                        "server.address",
                        "127.0.0.1",
                        "spring.threads.virtual.enabled",
                        true,
                        "confetti.postgres.url",
                        engines.postgres().jdbcUrl(),
                        "confetti.postgres.user",
                        engines.postgres().user(),
                        "confetti.postgres.password",
                        engines.postgres().password(),
                        "confetti.kafka.bootstrap",
                        engines.kafkaBootstrap(),
                        "confetti.sign-in.secret",
                        SECRET);
        return new LedgerService(
                new SpringApplicationBuilder(LedgerProjection.class).properties(settings).run());
    }

    private static String financeToken() {
        try {
            SignedJWT jwt =
                    new SignedJWT(
                            new JWSHeader(JWSAlgorithm.HS256),
                            new JWTClaimsSet.Builder()
                                    .subject("bench-finance")
                                    .claim("roles", List.of("finance"))
                                    .expirationTime(
                                            Date.from(Instant.now().plus(Duration.ofDays(1))))
                                    .build());
            jwt.sign(new MACSigner(SECRET));
            return jwt.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException("a secret of 32 bytes signs with HS256", e);
        }
    }

    /** Where it is, without a path. */
    String url() {
        return url;
    }

    /** Of somebody of the finance staff. */
    String token() {
        return token;
    }

    static String encoded(String code) {
        return URLEncoder.encode(code, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        service.close();
    }
}

package dev.confetti.bench.ledger;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.confetti.bench.stage.BenchFailure;
import dev.confetti.engines.Engines;
import dev.confetti.ledger.LedgerProjection;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
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
    private static final Duration ANSWER = Duration.ofMinutes(2);

    private final ConfigurableApplicationContext service;
    private final HttpClient http = HttpClient.newHttpClient();
    private final String url;
    private final String token = token();

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

    private static String token() {
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

    /**
     * Asks and reads the whole answer.
     *
     * @param path with its query
     * @throws BenchFailure when the answer is not 200
     */
    void get(String path) throws IOException, InterruptedException {
        HttpResponse<String> answer =
                http.send(
                        HttpRequest.newBuilder(URI.create(url + path))
                                .header("Authorization", "Bearer " + token)
                                .timeout(ANSWER)
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new BenchFailure(
                    path + ": expected 200, got " + answer.statusCode() + " " + answer.body());
        }
    }

    static String encoded(String code) {
        return URLEncoder.encode(code, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        http.close();
        service.close();
    }
}

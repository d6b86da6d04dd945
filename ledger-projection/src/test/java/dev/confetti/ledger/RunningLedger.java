package dev.confetti.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.confetti.engines.PostgresEndpoint;
import dev.confetti.engines.TestEngines;
import dev.confetti.ledger.journal.SourceEvent;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The standalone service on engines of its own, which has booked what Kafka had. */
public final class RunningLedger implements AutoCloseable {
    private static final String SECRET = "a secret of at least thirty-two bytes";

    public final PostgresEndpoint postgres = TestEngines.freshPostgres();
    private final JsonMapper json = new JsonMapper();
    private final HttpClient client = HttpClient.newHttpClient();
    private final ConfigurableApplicationContext application;
    private final String base;

    /** Starts it and waits until all events are booked. */
    public RunningLedger(List<SourceEvent> events) throws Exception {
        String kafka = TestEngines.freshKafka();
        TestLog.createTopics(kafka);
        TestLog.createTable(LedgerDatabaseFixture.dataSource(postgres));
        try (TestLog log = new TestLog(kafka)) {
            log.publish(events);
        }
        application =
                new SpringApplicationBuilder(LedgerProjection.class)
                        .run(
                                "--server.port=0",
                                "--confetti.postgres.url=" + postgres.jdbcUrl(),
                                "--confetti.postgres.user=" + postgres.user(),
                                "--confetti.postgres.password=" + postgres.password(),
                                "--confetti.kafka.bootstrap=" + kafka,
                                "--confetti.sign-in.secret=" + SECRET,
                                "--management.endpoints.web.exposure.include=health,prometheus");
        base = "http://localhost:" + application.getEnvironment().getProperty("local.server.port");
        Waiting.until(() -> assertThat(get("/actuator/health", null).statusCode()).isEqualTo(200));
        Waiting.until(
                () ->
                        assertThat(read("/trial-balance?limit=1").at("/asOf/applied").asLong())
                                .isEqualTo(events.size()));
    }

    /**
     * What finance is answered.
     *
     * @param path behind {@code /v1/ledger}
     */
    public JsonNode read(String path) throws Exception {
        HttpResponse<String> answer = get("/v1/ledger" + path, token("finance"));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return json.readTree(answer.body());
    }

    /** Puts what finance is answered into a file. */
    public void download(String path, Path file) throws Exception {
        HttpResponse<Path> answer =
                client.send(
                        request("/v1/ledger" + path, token("finance")),
                        HttpResponse.BodyHandlers.ofFile(file));
        assertThat(answer.statusCode()).as(path).isEqualTo(200);
    }

    public HttpResponse<String> get(String path, @Nullable String token)
            throws IOException, InterruptedException {
        return client.send(request(path, token), HttpResponse.BodyHandlers.ofString());
    }

    private HttpRequest request(String path, @Nullable String token) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(base + path.replace("\"", "%22")));
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        return request.build();
    }

    public static String token(String... roles) throws Exception {
        return tokenOf("someone", roles);
    }

    public static String tokenOf(String person, String... roles) throws Exception {
        SignedJWT jwt =
                new SignedJWT(
                        new JWSHeader(JWSAlgorithm.HS256),
                        new JWTClaimsSet.Builder()
                                .subject(person)
                                .claim("roles", List.of(roles))
                                .expirationTime(Date.from(Instant.now().plusSeconds(600)))
                                .build());
        jwt.sign(new MACSigner(SECRET));
        return Objects.requireNonNull(jwt.serialize());
    }

    @Override
    public void close() {
        application.close();
    }
}

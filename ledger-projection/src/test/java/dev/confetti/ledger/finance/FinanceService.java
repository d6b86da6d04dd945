package dev.confetti.ledger.finance;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.confetti.engines.PostgresEndpoint;
import dev.confetti.engines.TestEngines;
import dev.confetti.events.ConfettiEvent;
import dev.confetti.ledger.LedgerDatabaseFixture;
import dev.confetti.ledger.LedgerProjection;
import dev.confetti.ledger.ModelLedger;
import dev.confetti.ledger.RandomEvents;
import dev.confetti.ledger.Samples;
import dev.confetti.ledger.TestLog;
import dev.confetti.ledger.Waiting;
import dev.confetti.ledger.journal.SourceEvent;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The standalone service over HTTP, on real engines: the hand-worked example, then a random run.
 */
final class FinanceService implements AutoCloseable {
    static final int EVENTS = 1_500;

    private static final String SECRET = "a secret of at least thirty-two bytes";
    private static final long SEED = 20260101;
    private static final JsonMapper JSON = new JsonMapper();

    private final HttpClient client = HttpClient.newHttpClient();
    private final PostgresEndpoint postgres = TestEngines.freshPostgres();
    private final ModelLedger model;
    private final ConfigurableApplicationContext application;
    private final String base;

    /** Returns when all events are booked. */
    FinanceService() throws Exception {
        String kafka = TestEngines.freshKafka();
        TestLog.createTopics(kafka);
        TestLog.createTable(LedgerDatabaseFixture.dataSource(postgres));
        List<ConfettiEvent> all = new ArrayList<>(Samples.example());
        // The random run has persons and ids of its own.
        all.addAll(new RandomEvents(SEED, 20, 1_000).next(EVENTS - all.size()));
        List<SourceEvent> events = Samples.numbered(all);
        model = new ModelLedger(events);
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
                        assertThat(read("/trial-balance").at("/asOf/applied").asLong())
                                .isEqualTo(EVENTS));
    }

    /** What it must answer. */
    ModelLedger model() {
        return model;
    }

    /** What finance is answered below {@code /v1/ledger}. */
    JsonNode read(String path) throws Exception {
        HttpResponse<String> answer = get("/v1/ledger" + path, token("finance"));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return tree(answer.body());
    }

    List<Long> ids(String path) throws Exception {
        List<Long> ids = new ArrayList<>();
        read(path).path("entries").forEach(e -> ids.add(e.path("entryId").asLong()));
        return ids;
    }

    HttpResponse<String> get(String path, @Nullable String token)
            throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(base + path.replace("\"", "%22")));
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    /** Runs a statement as a person with all rights would. */
    void execute(String sql) throws SQLException {
        try (Connection connection = LedgerDatabaseFixture.dataSource(postgres).getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    static JsonNode tree(String body) {
        return JSON.readTree(body);
    }

    static void assertProblem(HttpResponse<String> answer, String name) {
        assertThat(answer.headers().firstValue("content-type").orElse(""))
                .startsWith("application/problem+json");
        JsonNode problem = tree(answer.body());
        assertThat(problem.path("type").asString())
                .isEqualTo("https://confetti.example/problems/" + name);
        assertThat(problem.path("title").asString()).isNotEmpty();
        assertThat(problem.path("status").asInt()).isEqualTo(answer.statusCode());
    }

    static String token(String... roles) throws Exception {
        return tokenOf("someone", roles);
    }

    static String tokenOf(String person, String... roles) throws Exception {
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
        client.close();
    }
}

package dev.confetti.ledger.finance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confetti.events.ConfettiEvent;
import dev.confetti.ledger.LedgerDatabaseFixture;
import dev.confetti.ledger.ModelLedger;
import dev.confetti.ledger.RandomEvents;
import dev.confetti.ledger.RunningLedger;
import dev.confetti.ledger.Samples;
import dev.confetti.ledger.journal.SourceEvent;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The standalone service over HTTP, on real engines: the hand-worked example, then a random run.
 */
final class FinanceService implements AutoCloseable {
    static final int EVENTS = 1_500;

    private static final long SEED = 20260101;
    private static final JsonMapper JSON = new JsonMapper();

    private final ModelLedger model;
    private final RunningLedger ledger;

    /** Returns when all events are booked. */
    FinanceService() throws Exception {
        List<ConfettiEvent> all = new ArrayList<>(Samples.example());
        // The random run has persons and ids of its own.
        all.addAll(new RandomEvents(SEED, 20, 1_000).next(EVENTS - all.size()));
        List<SourceEvent> events = Samples.numbered(all);
        model = new ModelLedger(events);
        ledger = new RunningLedger(events);
    }

    /** What it must answer. */
    ModelLedger model() {
        return model;
    }

    /** What finance is answered below {@code /v1/ledger}. */
    JsonNode read(String path) throws Exception {
        return ledger.read(path);
    }

    List<Long> ids(String path) throws Exception {
        List<Long> ids = new ArrayList<>();
        read(path).path("entries").forEach(e -> ids.add(e.path("entryId").asLong()));
        return ids;
    }

    HttpResponse<String> get(String path, @Nullable String token)
            throws IOException, InterruptedException {
        return ledger.get(path, token);
    }

    /** Runs a statement as a person with all rights would. */
    void execute(String sql) throws SQLException {
        try (Connection connection =
                        LedgerDatabaseFixture.dataSource(ledger.postgres).getConnection();
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

    @Override
    public void close() {
        ledger.close();
    }
}

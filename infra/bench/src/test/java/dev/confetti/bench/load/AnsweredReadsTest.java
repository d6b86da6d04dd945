package dev.confetti.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.confetti.bench.report.Environment;
import dev.confetti.bench.report.Report;
import dev.confetti.bench.stage.BenchFailure;
import dev.confetti.demo.pace.Pace;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AnsweredReadsTest {
    private final Set<InetSocketAddress> callers = ConcurrentHashMap.newKeySet();
    private final Collection<String> tokens = new ConcurrentLinkedQueue<>();
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/fine", exchange -> answer(exchange, 200, "x".repeat(100_000)));
        server.createContext("/gone", exchange -> answer(exchange, 404, "no such board"));
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void asksOverOneConnectionAndCountsWhatIsAnsweredAfterTheWarmUp() throws IOException {
        Report report = report();
        reads().ask("reads", 10, () -> "/fine?q=1", report);
        assertThat(callers).hasSize(1);
        assertThat(tokens).hasSize(12).containsOnly("Bearer t");
        assertThat(report.table()).containsPattern("reads +10 ");
    }

    @Test
    void anAnswerThatIsNot200EndsItWithWhatItSays() {
        assertThatThrownBy(() -> reads().ask("reads", 10, () -> "/gone", report()))
                .isInstanceOf(BenchFailure.class)
                .hasMessage("/gone: expected 200, got 404 no such board");
    }

    private AnsweredReads reads() {
        return new AnsweredReads(
                "http://127.0.0.1:" + server.getAddress().getPort(), "t", Pace.SYSTEM);
    }

    private static Report report() {
        return new Report("reads", Environment.here(Instant.EPOCH, List.of()), Map.of());
    }

    private void answer(HttpExchange exchange, int status, String body) throws IOException {
        callers.add(exchange.getRemoteAddress());
        tokens.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}

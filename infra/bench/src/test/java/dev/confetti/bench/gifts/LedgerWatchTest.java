package dev.confetti.bench.gifts;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.confetti.demo.api.ConfettiApi;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class LedgerWatchTest {
    private static final long TIMEOUT_NANOS = 20_000_000_000L;

    @Test
    void aPositionIsThereWhenItOrALaterOneWasSeen() throws Exception {
        String[] answers = {
            "{\"entries\":[]}",
            "{\"entries\":[{\"position\":7}]}",
            "{\"entries\":[{\"position\":7}]}",
            "{\"entries\":[{\"position\":12}]}",
            "no ledger"
        };
        AtomicInteger asked = new AtomicInteger();
        HttpServer server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext(
                "/v1/ledger/entries",
                exchange -> {
                    boolean rightly =
                            "Bearer t"
                                            .equals(
                                                    exchange.getRequestHeaders()
                                                            .getFirst("Authorization"))
                                    && "order=desc&limit=1"
                                            .equals(exchange.getRequestURI().getQuery());
                    byte[] body =
                            answers[Math.min(asked.getAndIncrement(), answers.length - 1)].getBytes(
                                    StandardCharsets.UTF_8);
                    exchange.sendResponseHeaders(rightly ? 200 : 400, body.length);
                    exchange.getResponseBody().write(body);
                    exchange.close();
                });
        server.start();
        URI url = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        long before = System.nanoTime();
        try (ConfettiApi api = new ConfettiApi(url)) {
            LedgerWatch watch = LedgerWatch.open(api, "t");
            try (watch) {
                while (watch.failure().isEmpty() && System.nanoTime() - before < TIMEOUT_NANOS) {
                    Thread.onSpinWait();
                }
            }
            assertThat(watch.nanosOf(1)).isEqualTo(watch.nanosOf(7)).isGreaterThan(before);
            assertThat(watch.nanosOf(8))
                    .isEqualTo(watch.nanosOf(12))
                    .isGreaterThan(watch.nanosOf(7));
            assertThat(watch.nanosOf(13)).isEqualTo(Long.MIN_VALUE);
            assertThat(watch.failure().orElseThrow()).contains("expected JSON");
        } finally {
            server.stop(0);
        }
    }
}

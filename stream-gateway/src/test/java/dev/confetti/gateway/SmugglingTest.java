package dev.confetti.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confetti.gateway.fake.FakeControl;
import dev.confetti.gateway.fake.HttpTestClient;
import dev.confetti.gateway.fake.TestGateway;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Requests that one reader takes for one and another for two (RFC 9112, 11.2): where a proxy might
 * see a body, what is in it is not answered.
 */
class SmugglingTest {
    /** 33 bytes, which a proxy may take for a body. */
    private static final String HIDDEN = "GET /actuator/health HTTP/1.0\r\n\r\n";

    private static StreamGateway gateway;

    @BeforeAll
    static void start() throws Exception {
        gateway =
                StreamGateway.start(
                        TestGateway.config(TestGateway.idleLimits()),
                        new SimpleMeterRegistry(),
                        new FakeControl());
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    /** Everyone agrees that the body of the first is empty. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "\r\n",
                "Content-Length: 0\r\n\r\n",
                "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                "Transfer-Encoding: chunked\r\n\r\n0\r\nContent-Length: 33\r\n\r\n",
            })
    void twoRequestsAreTwo(String rest) throws Exception {
        assertThat(answers(rest)).startsWith("HTTP/1.1 404").contains("\"DOWN\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: 33\r\n\r\n",
                "content-length:33\r\n\r\n",
                "Content-Length: 033\r\n\r\n",
                "Content-Length: 33\n\n",
                "Content-Length: +33\r\n\r\n",
                "Content-Length: -1\r\n\r\n",
                "Content-Length: 0x21\r\n\r\n",
                "Content-Length: 3 3\r\n\r\n",
                "Content-Length: 33, 33\r\n\r\n",
                "Content-Length: 0, 33\r\n\r\n",
                "Content-Length: 0\r\nContent-Length: 33\r\n\r\n",
                "Content-Length: 33\r\nContent-Length: 0\r\n\r\n",
                "Content-Length : 33\r\n\r\n",
                "Content-Length\t: 33\r\n\r\n",
                "Content-Length\u0000: 33\r\n\r\n",
                "X: a\r\n Content-Length: 33\r\nContent-Length: 33\r\n\r\n",
                "X: a\rContent-Length: 33\r\n\r\n",
                "X: a\u0000\r\nContent-Length: 33\r\n\r\n",
                "Content-Length: 99999999999999999999\r\n\r\n",
                "Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n",
                "Transfer-Encoding:\u000bchunked\r\n\r\n0\r\n\r\n",
                "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
                "Transfer-Encoding: identity\r\n\r\n",
                "Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n",
                "Transfer-Encoding: identity\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
                "Transfer-Encoding: chunked\r\nContent-Length: 33\r\n\r\n0\r\n\r\n",
                "Content-Length: 33\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                "Transfer-Encoding: chunked\r\n\r\n-1\r\n",
                "Transfer-Encoding: chunked\r\n\r\n21;x=\n\r\n",
                "Transfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\n",
            })
    void whatMayBeABodyIsNotAnswered(String rest) throws Exception {
        String answers = answers(rest);
        assertThat(answers).startsWith("HTTP/1.1 400").doesNotContain("DOWN");
        assertThat(answers.split("HTTP/1\\.1 \\d", -1)).as("one answer").hasSize(2);
        assertThat(answers).contains("problems/malformed-request", "expected");
    }

    @Test
    void chunksOfAnOlderVersionAreNotAnswered() throws Exception {
        String request = "GET /nothing HTTP/1.0\r\nConnection: keep-alive\r\n";
        String chunked = "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n";
        try (HttpTestClient client =
                HttpTestClient.send(gateway.mediaPort(), request + chunked + HIDDEN)) {
            assertThat(client.head() + client.rest())
                    .startsWith("HTTP/1.1 400")
                    .doesNotContain("DOWN");
        }
    }

    /** Everything that is said until the connection is closed. */
    private static String answers(String rest) throws Exception {
        try (HttpTestClient client =
                HttpTestClient.send(
                        gateway.mediaPort(),
                        "GET /nothing HTTP/1.1\r\nHost: a\r\n" + rest + HIDDEN)) {
            return client.head() + client.rest();
        }
    }
}

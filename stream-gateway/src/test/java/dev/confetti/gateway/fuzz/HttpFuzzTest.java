package dev.confetti.gateway.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.DictionaryEntries;
import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.confetti.gateway.fake.Cues;
import dev.confetti.gateway.fake.TestMedia;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The bytes of an HTTP client, of a gateway on which {@code live1} is live. The first two say where
 * they are cut: cut or whole, the same is answered.
 */
class HttpFuzzTest {
    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.[01] (\\d{3}) [A-Za-z -]+\r\n");

    /** What is of the clock, and what is as long as that. */
    private static final Pattern OF_THE_CLOCK =
            Pattern.compile("\"since\":\"[^\"]+\"|\"(max|mean)\":[0-9.E-]+|content-length: \\d+");

    private static final String HEAD_END = "\r\n\r\n";
    private static final List<Integer> STATUSES =
            List.of(100, 101, 200, 204, 400, 401, 404, 405, 413, 417, 426, 503);

    private record Outcome(boolean open, String answers) {}

    @FuzzTest
    @DictionaryEntries({
        "GET ",
        "HEAD ",
        "OPTIONS ",
        "DELETE ",
        " HTTP/1.1\\x0d\\x0a",
        " HTTP/1.0\\x0d\\x0a",
        "/live/live1.flv",
        "/live/live1/gifts",
        "/live/live1/index.m3u8",
        "/live/live1/video.m3u8",
        "/live/live1/audio.m3u8?_HLS_msn=1000&_HLS_part=0&_HLS_skip=YES",
        "/v1/streams/live1",
        "/actuator/health",
        "Host: a\\x0d\\x0a",
        "Connection: close\\x0d\\x0a",
        "Content-Length: 1\\x0d\\x0a",
        "Transfer-Encoding: chunked\\x0d\\x0a",
        "Expect: 100-continue\\x0d\\x0a",
        "Upgrade: websocket\\x0d\\x0a",
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\\x0d\\x0a",
        "Sec-WebSocket-Version: 13\\x0d\\x0a",
        "Authorization: Bearer service-token\\x0d\\x0a",
        "http://a",
        "\\x0d\\x0a\\x0d\\x0a"
    })
    void bytes(byte[] input) {
        FuzzInput in = new FuzzInput(input);
        int seed = in.twoBytes();
        byte[] wire = in.rest();
        Oracles.withoutWarnings(
                () -> {
                    Outcome whole = receive(headAndRest(wire));
                    Outcome cut = receive(FuzzInput.pieces(wire, seed));
                    // Who upgrades must wait for the answer (RFC 6455, 4.1).
                    if (!whole.answers().contains("HTTP/1.1 101 ")) {
                        assertThat(cut).isEqualTo(whole);
                    }
                });
    }

    /** The first head, and what comes after it, such as frames of WebSocket. */
    private static List<byte[]> headAndRest(byte[] wire) {
        int end = new String(wire, StandardCharsets.ISO_8859_1).indexOf(HEAD_END);
        int cut = end < 0 ? wire.length : end + HEAD_END.length();
        return List.of(Arrays.copyOf(wire, cut), Arrays.copyOfRange(wire, cut, wire.length));
    }

    private static Outcome receive(List<byte[]> pieces) {
        try (FuzzGateway gateway = new FuzzGateway()) {
            publish(gateway);
            EmbeddedChannel client = gateway.http();
            StringBuilder answers = new StringBuilder();
            for (byte[] piece : pieces) {
                gateway.receive(client, piece);
            }
            // Before time goes on: a second request that has begun must come within its deadline,
            // and one that came along with the first has the longer one of an idle connection.
            boolean open = client.isOpen();
            gateway.gift("live1", Cues.rose(1));
            gateway.pass(1000);
            answers.append(new String(gateway.sent(client), StandardCharsets.ISO_8859_1));
            statuses(answers);
            return new Outcome(open, OF_THE_CLOCK.matcher(answers).replaceAll(""));
        }
    }

    private static void statuses(CharSequence answers) {
        assertThat(answers.isEmpty() || answers.toString().startsWith("HTTP/1."))
                .as("begins with a status")
                .isTrue();
        for (Matcher status = STATUS.matcher(answers); status.find(); ) {
            assertThat(Integer.parseInt(status.group(1))).isIn(STATUSES);
        }
    }

    private static void publish(FuzzGateway gateway) {
        EmbeddedChannel publisher = gateway.rtmp();
        gateway.receive(publisher, RtmpBytes.handshake());
        gateway.receive(publisher, RtmpBytes.publish("live", "", "live1?key=k"));
        gateway.receive(publisher, RtmpBytes.message(9, 0, TestMedia.videoConfig()));
        gateway.receive(publisher, RtmpBytes.message(8, 0, TestMedia.audioConfig()));
        gateway.receive(publisher, RtmpBytes.message(9, 0, TestMedia.keyFrame(1)));
        gateway.receive(publisher, RtmpBytes.message(8, 20, TestMedia.audio(2)));
        gateway.receive(publisher, RtmpBytes.message(9, 40, TestMedia.interFrame(3)));
        assertThat(gateway.streams.find("live1")).isNotNull();
    }
}

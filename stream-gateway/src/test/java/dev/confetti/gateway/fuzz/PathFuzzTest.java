package dev.confetti.gateway.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.DictionaryEntries;
import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.confetti.gateway.hls.HlsRequest;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names and URLs: three texts, each ended by a line's end, are the application, the server's URL
 * and the stream's name of an RTMP client; the first is the target of an HTTP request too, the
 * second and third a file of HLS and its query.
 */
class PathFuzzTest {
    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.1 (200|400|401|404|405) ");

    @FuzzTest
    @DictionaryEntries({
        "live",
        "/live/",
        "?key=",
        "&key=",
        "rtmp://h/",
        "http://h",
        "..",
        "%2f",
        "%2e",
        "\\\\",
        ".flv",
        "/gifts",
        "/index.m3u8",
        "video.m3u8",
        "audio.m3u8",
        "video-1.m4s",
        "audio-1.2.m4s",
        "video-init-1.mp4",
        "_HLS_msn=1",
        "&_HLS_part=1",
        "&_HLS_skip=YES",
        "/v1/streams",
        "/viewers",
        "/publisher",
        "#",
        "\\x0a"
    })
    void names(byte[] input) {
        String[] texts = (new String(input, StandardCharsets.UTF_8) + "\n\n\n").split("\n", -1);
        Oracles.withoutWarnings(
                () -> {
                    publish(texts[0], texts[1], texts[2]);
                    get(texts[0]);
                    file(texts[1], texts[2]);
                });
    }

    /** Whoever is asked about gets a live's name, or the client a reason. */
    private static void publish(String app, String tcUrl, String name) {
        try (FuzzGateway gateway = new FuzzGateway()) {
            EmbeddedChannel client = gateway.rtmp();
            gateway.receive(client, RtmpBytes.handshake());
            gateway.receive(client, RtmpBytes.publish(app, tcUrl, name));
            String answers = new String(gateway.sent(client), StandardCharsets.ISO_8859_1);
            if (gateway.asked.isEmpty()) {
                assertThat(answers).contains("expected");
            } else {
                assertThat(gateway.asked).hasSize(1);
                assertThat(answers).contains("NetStream.Publish.Start");
            }
        }
    }

    private static void get(String target) {
        String odd = target.replaceAll("[\\x00-\\x20\\x7f-\\uffff]", "");
        if (odd.isEmpty() || odd.length() > 3000) {
            return;
        }
        try (FuzzGateway gateway = new FuzzGateway()) {
            EmbeddedChannel client = gateway.http();
            String request =
                    "GET "
                            + odd
                            + " HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer "
                            + FuzzGateway.TOKEN
                            + "\r\n\r\n";
            gateway.receive(client, request.getBytes(StandardCharsets.US_ASCII));
            String answer = new String(gateway.sent(client), StandardCharsets.ISO_8859_1);
            Matcher status = STATUS.matcher(answer);
            assertThat(status.lookingAt()).as("%s", answer).isTrue();
            if (odd.contains("..") && status.group(1).equals("200")) {
                int query = odd.indexOf('?');
                assertThat(query).as("a query").isNotNegative();
                assertThat(odd.substring(0, query)).doesNotContain("..");
            }
        }
    }

    private static void file(String file, String query) {
        HlsRequest request = HlsRequest.parse(file, query);
        switch (request) {
            case null -> assertThat(file).isNotEqualTo("index.m3u8");
            case HlsRequest.Multivariant() -> assertThat(file).isEqualTo("index.m3u8");
            case HlsRequest.Playlist(var track, long msn, int part, boolean _) -> {
                assertThat(msn).isGreaterThanOrEqualTo(-1);
                assertThat(part).isGreaterThanOrEqualTo(-1);
                assertThat(part < 0 || msn >= 0).as("a part of a segment").isTrue();
                assertThat(file)
                        .isEqualTo(track.name().toLowerCase(java.util.Locale.ROOT) + ".m3u8");
            }
            case HlsRequest.Init(var _, long number) -> number(file, number);
            case HlsRequest.Segment(var _, long msn) -> number(file, msn);
            case HlsRequest.Part(var _, long msn, int part) -> {
                number(file, msn);
                number(file, part);
            }
            case HlsRequest.Malformed(String detail) -> assertThat(detail).contains("expected");
        }
    }

    private static void number(String file, long number) {
        assertThat(number).isNotNegative();
        assertThat(file).contains(Long.toString(number));
    }
}

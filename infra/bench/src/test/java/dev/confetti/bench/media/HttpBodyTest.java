package dev.confetti.bench.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

class HttpBodyTest {
    private static final String CHUNKED =
            String.join(
                    "\r\n",
                    "HTTP/1.1 200 OK",
                    "Content-Type: video/x-flv",
                    "Transfer-Encoding: chunked",
                    "",
                    "3",
                    "abc",
                    "0a;name=value",
                    "defghijklm",
                    "0",
                    "",
                    "");
    private static final String PLAIN = "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nabcdefghijklm";

    private static String read(String answer, long seed) {
        StringBuilder text = new StringBuilder();
        HttpBody body = new HttpBody(part -> text.append(StandardCharsets.US_ASCII.decode(part)));
        byte[] bytes = answer.getBytes(StandardCharsets.US_ASCII);
        Random random = new Random(seed);
        for (int at = 0; at < bytes.length; ) {
            int count = seed == 0 ? 1 : Math.min(bytes.length - at, 1 + random.nextInt(30));
            body.feed(ByteBuffer.wrap(bytes, at, count));
            at += count;
        }
        return text + (body.ended() ? "." : "");
    }

    @Test
    void readsAChunkedBodyInAnySplit() {
        for (long seed = 0; seed < 100; seed++) {
            assertThat(read(CHUNKED, seed)).as("seed %d", seed).isEqualTo("abcdefghijklm.");
        }
    }

    @Test
    void readsABodyThatEndsWithTheConnection() {
        for (long seed = 0; seed < 100; seed++) {
            assertThat(read(PLAIN, seed)).as("seed %d", seed).isEqualTo("abcdefghijklm");
        }
    }

    @Test
    void refusesOtherAnswers() {
        assertThatThrownBy(() -> read("HTTP/1.1 404 Not Found\r\n\r\n", 1))
                .hasMessage("expected HTTP/1.1 200, got HTTP/1.1 404 Not Found");
        assertThatThrownBy(() -> read("SSH-2.0-x\r\n\r\n", 1))
                .hasMessage("expected HTTP/1.1 200, got SSH-2.0-x");
        assertThatThrownBy(() -> read(CHUNKED.replace("\r\n3\r\n", "\r\nz\r\n"), 1))
                .hasMessage("expected the size of a chunk in hexadecimal, got z");
        assertThatThrownBy(() -> read("x".repeat(20_000), 1))
                .hasMessageStartingWith("expected the end of a line or head within 16384 bytes");
    }
}

package dev.confetti.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confetti.bench.media.Cues;
import dev.confetti.demo.flv.FlvReader;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;

/** A viewer of a stream over HTTP-FLV who looks for gifts in it. */
final class CueWatch implements AutoCloseable {
    private static final long PATIENCE_S = 60;

    private final HttpClient http = HttpClient.newHttpClient();
    private final InputStream flv;
    private final List<JsonNode> found = new ArrayList<>();
    private final FlvReader reader;

    private CueWatch(URI stream) throws IOException, InterruptedException {
        flv =
                http.send(HttpRequest.newBuilder(stream).build(), BodyHandlers.ofInputStream())
                        .body();
        Cues cues = new Cues();
        reader = new FlvReader(tag -> found.addAll(cues.in(tag)), true);
    }

    static CueWatch open(URI stream) throws IOException, InterruptedException {
        return new CueWatch(stream);
    }

    /** Reads on until a cue of this gift send comes by; its JSON. */
    String await(String giftSendId) throws IOException {
        byte[] buffer = new byte[8192];
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_S);
        while (System.nanoTime() < deadline) {
            int read = flv.read(buffer);
            assertThat(read).as("the stream goes on").isPositive();
            reader.feed(ByteBuffer.wrap(buffer, 0, read));
            for (JsonNode cue : found) {
                if (Cues.giftSendIds(cue).contains(giftSendId)) {
                    return cue.toString();
                }
            }
            found.clear();
        }
        throw new AssertionError(
                "no cue of " + giftSendId + " in the media within " + PATIENCE_S + " s");
    }

    @Override
    public void close() throws IOException {
        flv.close();
        http.close();
    }
}

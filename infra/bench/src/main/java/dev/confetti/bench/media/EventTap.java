package dev.confetti.bench.media;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One reader of server-sent events, on a thread of its own. */
public final class EventTap implements AutoCloseable {
    /** Gets events as they arrive, on the tap's thread. */
    public interface Listener {
        void arrived(String data, long nanoTime);
    }

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final CountDownLatch answered = new CountDownLatch(1);
    private final URI uri;
    private final Listener listener;
    private volatile boolean closed;
    private volatile @Nullable String failure;

    private EventTap(URI uri, Listener listener) {
        this.uri = uri;
        this.listener = listener;
    }

    /** Opens a stream of events and returns at once. */
    public static EventTap open(URI uri, Listener listener) {
        EventTap tap = new EventTap(uri, listener);
        Thread.ofPlatform().daemon().name("event-tap").start(tap::read);
        return tap;
    }

    /**
     * Waits until the server has answered; false when it does not, or with something else than
     * events.
     */
    public boolean awaitAnswer(long timeoutMs) throws InterruptedException {
        return answered.await(timeoutMs, TimeUnit.MILLISECONDS) && failure == null;
    }

    /** Why there are no more events; empty while there are, and after {@link #close}. */
    public Optional<String> failure() {
        return Optional.ofNullable(failure);
    }

    private void read() {
        HttpRequest request =
                HttpRequest.newBuilder(uri).header("Accept", "text/event-stream").build();
        try {
            HttpResponse<InputStream> response = http.send(request, BodyHandlers.ofInputStream());
            String type = response.headers().firstValue("Content-Type").orElse("none");
            if (response.statusCode() != 200 || !type.startsWith("text/event-stream")) {
                fail(
                        "expected 200 and text/event-stream, got "
                                + response.statusCode()
                                + " and "
                                + type);
                return;
            }
            answered.countDown();
            try (BufferedReader lines =
                    new BufferedReader(
                            new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
                events(lines);
            }
            fail("the server ended the stream");
        } catch (IOException e) {
            fail(e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void events(BufferedReader lines) throws IOException {
        StringBuilder data = new StringBuilder();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.startsWith("data:")) {
                data.append(line, line.startsWith("data: ") ? 6 : 5, line.length());
            } else if (line.isEmpty() && !data.isEmpty()) {
                listener.arrived(data.toString(), System.nanoTime());
                data.setLength(0);
            }
        }
    }

    private void fail(String reason) {
        if (!closed) {
            failure = ShownUrl.of(uri.toString()) + ": " + reason;
        }
        answered.countDown();
    }

    @Override
    public void close() {
        closed = true;
        http.shutdownNow();
    }
}

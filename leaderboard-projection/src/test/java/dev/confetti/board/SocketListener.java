package dev.confetti.board;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A listener by WebSocket that reads all it is sent. */
final class SocketListener implements WebSocket.Listener, AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final long PATIENCE_S = 90;

    private final BlockingQueue<String> messages = new LinkedBlockingQueue<>();
    private final CompletableFuture<Integer> closeCode = new CompletableFuture<>();
    private final StringBuilder message = new StringBuilder();

    @SuppressWarnings("NullAway.Init") // set by open, which is the only way to have one
    private WebSocket socket;

    static SocketListener open(HttpClient client, URI uri) {
        SocketListener listener = new SocketListener();
        listener.socket =
                client.newWebSocketBuilder()
                        .header("Origin", "https://elsewhere.example")
                        .buildAsync(uri, listener)
                        .join();
        return listener;
    }

    JsonNode nextEvent() throws InterruptedException {
        String next = messages.poll(PATIENCE_S, TimeUnit.SECONDS);
        if (next == null) {
            throw new AssertionError("no message came");
        }
        return JSON.readTree(next);
    }

    void say(String text) {
        socket.sendText(text, true).join();
    }

    int closeCode() {
        return closeCode.orTimeout(PATIENCE_S, TimeUnit.SECONDS).join();
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
        message.append(part);
        if (last) {
            messages.add(message.toString());
            message.setLength(0);
        }
        from.request(1);
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
        closeCode.complete(code);
        return null;
    }

    @Override
    public void onError(WebSocket from, Throwable trouble) {
        closeCode.completeExceptionally(trouble);
    }

    @Override
    public void close() {
        socket.abort();
    }
}

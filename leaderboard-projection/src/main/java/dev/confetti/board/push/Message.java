package dev.confetti.board.push;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.ObjectMapper;

/**
 * What all listeners of a view are sent, encoded once by whoever needs it first, and not at all
 * when nobody does. Thread-safe.
 */
final class Message {
    private final ObjectMapper json;
    private final String event;
    private final Object document;
    private @Nullable String encoded;
    private byte @Nullable [] eventBytes;
    private @Nullable String text;

    Message(ObjectMapper json, String event, Object document) {
        this.json = json;
        this.event = event;
        this.document = document;
    }

    /** As a server-sent event; not to be changed. */
    synchronized byte[] eventBytes() {
        byte[] bytes = eventBytes;
        if (bytes == null) {
            bytes =
                    ("event: " + event + "\ndata: " + encoded() + "\n\n")
                            .getBytes(StandardCharsets.UTF_8);
            eventBytes = bytes;
        }
        return bytes;
    }

    /** As a message of a WebSocket. */
    synchronized String text() {
        String found = text;
        if (found == null) {
            found = "{\"event\":\"" + event + "\",\"data\":" + encoded() + "}";
            text = found;
        }
        return found;
    }

    private String encoded() {
        String found = encoded;
        if (found == null) {
            found = json.writeValueAsString(document);
            encoded = found;
        }
        return found;
    }
}

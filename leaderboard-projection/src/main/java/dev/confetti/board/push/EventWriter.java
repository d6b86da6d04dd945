package dev.confetti.board.push;

import dev.confetti.board.view.BoardView;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.ObjectMapper;

/** Writes server-sent events. */
public final class EventWriter {
    static final byte[] HEARTBEAT = ": heartbeat\n\n".getBytes(StandardCharsets.UTF_8);

    private final ObjectMapper json;

    /**
     * A writer.
     *
     * @param json must write no line breaks
     */
    public EventWriter(ObjectMapper json) {
        this.json = json;
    }

    /** The event that carries a whole view. */
    byte[] standings(BoardView view) {
        return ("event: standings\ndata: " + json.writeValueAsString(view) + "\n\n")
                .getBytes(StandardCharsets.UTF_8);
    }
}

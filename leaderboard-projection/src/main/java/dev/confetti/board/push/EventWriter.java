package dev.confetti.board.push;

import dev.confetti.board.view.BoardView;
import tools.jackson.databind.ObjectMapper;

/** Makes the messages that listeners are sent. */
public final class EventWriter {
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
    Message standings(BoardView view) {
        return new Message(json, "standings", view);
    }

    /** The event that carries what changed since the version before. */
    Message changes(BoardChanges changes) {
        return new Message(json, "changes", changes);
    }
}

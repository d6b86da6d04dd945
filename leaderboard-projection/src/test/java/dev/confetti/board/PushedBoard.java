package dev.confetti.board;

import static org.assertj.core.api.Assertions.assertThat;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A board as a client keeps it, by the rule that the API states. */
final class PushedBoard {
    private ObjectNode board = JsonNodeFactory.instance.objectNode();

    /** The board after one more event. */
    JsonNode after(JsonNode event) {
        ObjectNode data = (ObjectNode) event.get("data").deepCopy();
        if (event.get("event").asString().equals("standings")) {
            board = data;
            return board;
        }
        assertThat(event.get("event").asString()).isEqualTo("changes");
        ArrayNode lines = (ArrayNode) board.get("standings");
        for (int i = data.get("removed").size() - 1; i >= 0; i--) {
            lines.remove(data.get("removed").get(i).asInt());
        }
        long first = data.path("first").asLong(1);
        for (JsonNode line : data.get("standings")) {
            lines.insert((int) (line.get("rank").asLong() - first), line);
        }
        for (int i = 0; i < lines.size(); i++) {
            ((ObjectNode) lines.get(i)).put("rank", first + i);
        }
        board.set("asOf", data.get("asOf"));
        if (data.has("place")) {
            board.set("place", data.get("place"));
        } else {
            board.remove("place");
        }
        return board;
    }
}

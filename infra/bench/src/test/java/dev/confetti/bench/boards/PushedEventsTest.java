package dev.confetti.bench.boards;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PushedEventsTest {
    private static final String STREAM =
            """
            event: standings
            data: {"board":"live/l","window":"all","asOf":"position:40","standings":[]}

            : heartbeat

            event: changes
            data: {"board":"live/l","window":"all","asOf":"position:123","first":1,"removed":[],\
            "standings":[{"rank":1,"member":"v","name":"%s","coins":5}]}

            event: standings
            data: {"board":"live/l","window":"all","asOf":"position:124","standings":[]}

            event: changes
            data: {"board":"live/l","window":"all","asOf":"position:125"
            """
                    .formatted("long ".repeat(200))
                    .stripTrailing();

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 100, 10_000})
    void eachEventIsReadOnceItIsWhole(int split) {
        List<String> seen = new ArrayList<>();
        PushedEvents events =
                new PushedEvents((whole, position) -> seen.add(whole + " " + position));
        byte[] bytes = STREAM.getBytes(StandardCharsets.UTF_8);
        for (int at = 0; at < bytes.length; at += split) {
            events.feed(ByteBuffer.wrap(bytes, at, Math.min(split, bytes.length - at)));
        }
        assertThat(seen).containsExactly("true 40", "false 123", "true 124");
    }
}

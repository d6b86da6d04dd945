package dev.confetti.gift.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confetti.events.ConfettiEvent;
import dev.confetti.events.EventCodec;
import dev.confetti.events.EventType;
import dev.confetti.events.LogRecord;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecordKeyTest {
    @ParameterizedTest
    @EnumSource
    void theKeyIsTheEventsOwn(EventType type) {
        ConfettiEvent event = Samples.of(type, "ann", "live-1", "carl");

        assertThat(RecordKey.of(type, row(type, EventCodec.encode(event)))).isEqualTo(event.key());
    }

    @Test
    void aPropertyOfAnInnerObjectIsNoKey() {
        byte[] json =
                "{\"lots\":[{\"liveId\":\"x\"}],\"o\":{\"liveId\":\"y\"},\"liveId\":\"z\"}"
                        .getBytes(StandardCharsets.UTF_8);

        assertThat(RecordKey.of(EventType.GIFT_SENT, row(EventType.GIFT_SENT, json)))
                .isEqualTo("z");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"liveId\":7}", "{\"liveId\":\"\"}", "[]", "", "{\"a\":"})
    void anEventWithoutItsKeyIsRefused(String json) {
        assertThatThrownBy(
                        () ->
                                RecordKey.of(
                                        EventType.GIFT_SENT,
                                        row(
                                                EventType.GIFT_SENT,
                                                json.getBytes(StandardCharsets.UTF_8))))
                .isInstanceOf(RelayRefusedException.class)
                .hasMessageContaining("position 7");
    }

    private static LogRecord row(EventType type, byte[] payload) {
        return new LogRecord(
                7,
                new UUID(0, 1),
                "wallet",
                "ann",
                0,
                type.typeName(),
                payload,
                Instant.EPOCH,
                Instant.EPOCH);
    }
}

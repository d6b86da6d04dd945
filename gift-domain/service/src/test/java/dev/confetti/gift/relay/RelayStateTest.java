package dev.confetti.gift.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confetti.events.LogRecord;
import dev.confetti.events.Topic;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RelayStateTest {
    private static final UUID ID = UUID.fromString("5f0c3a0e-1111-5222-8333-444455556666");

    @Test
    void aStepTellsThePreviousPositionOfEachPartitionAndLeavesItsOriginAlone() {
        RelayState before = RelayState.initial();
        RelayState.Step step = before.step();

        assertThat(step.advance(Topic.GIFTS, 11, 1)).isZero();
        assertThat(step.advance(Topic.COINS, 11, 2)).isZero();
        assertThat(step.advance(Topic.GIFTS, 11, 3)).isEqualTo(1);
        RelayState after = step.end(row(3));

        assertThat(after.position()).isEqualTo(3);
        assertThat(after.previous(Topic.GIFTS, 11)).isEqualTo(3);
        assertThat(after.previous(Topic.COINS, 11)).isEqualTo(2);
        assertThat(before.previous(Topic.GIFTS, 11)).isZero();
    }

    @Test
    void itsJsonComesBack() {
        RelayState.Step step = RelayState.initial().step();
        step.advance(Topic.LIVES, 4, 9_007_199_254_740_993L);
        RelayState state = step.end(row(9_007_199_254_740_993L));

        RelayState parsed = RelayState.parse(state.toJson());

        assertThat(parsed.position()).isEqualTo(9_007_199_254_740_993L);
        assertThat(parsed.eventId()).isEqualTo(ID);
        assertThat(parsed.previous(Topic.LIVES, 4)).isEqualTo(9_007_199_254_740_993L);
        assertThat(new String(parsed.toJson(), StandardCharsets.UTF_8))
                .startsWith(
                        "{\"position\":9007199254740993,\"eventId\":\"" + ID + "\",\"previous\":{")
                .contains("\"confetti.lives\":[0,0,0,0,9007199254740993,0,0,0,0,0,0,0]");
    }

    @Test
    void aTopicThatAnOlderBuildDidNotKnowIsEmpty() {
        RelayState parsed =
                RelayState.parse(
                        ("{\"position\":1,\"eventId\":\"" + ID + "\",\"previous\":{}}")
                                .getBytes(StandardCharsets.UTF_8));

        assertThat(parsed.previous(Topic.FINANCE, 0)).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "[]",
                "{\"position\":1}",
                "{\"position\":\"x\",\"eventId\":\"y\",\"previous\":{}}",
                "{\"position\":1,\"eventId\":\"5f0c3a0e-1111-5222-8333-444455556666\","
                        + "\"previous\":{\"confetti.gifts\":[1]}}"
            })
    void anythingElseIsRefused(String json) {
        assertThatThrownBy(() -> RelayState.parse(json.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(RelayRefusedException.class)
                .hasMessageContaining("confetti.relay");
    }

    private static LogRecord row(long position) {
        return new LogRecord(
                position,
                ID,
                "wallet",
                "ann",
                0,
                "confetti.coins-granted.v1",
                new byte[] {'{', '}'},
                Instant.EPOCH,
                Instant.EPOCH);
    }
}

package dev.confetti.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confetti.events.CoinEvent.CoinsGranted;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class EventCodecTest {
    private static final String GRANT = "confetti.coins-granted.v1";

    @Test
    void passesOverWhatALaterWriterAdds() {
        assertThat(
                        decode(
                                "{\"grantId\":\"0192f3a4-0000-5000-8000-000000000003\",\"viewerId\":\"v\",\"coins\":7,\"colour\":\"red\"}"))
                .isEqualTo(
                        new CoinsGranted(
                                UUID.fromString("0192f3a4-0000-5000-8000-000000000003"),
                                "v",
                                7,
                                null));
    }

    @Test
    void missingNumberIsAnErrorAndNotZero() {
        assertThatThrownBy(
                        () ->
                                decode(
                                        "{\"grantId\":\"0192f3a4-0000-5000-8000-000000000003\",\"viewerId\":\"v\"}"))
                .isInstanceOf(MalformedEventException.class)
                .hasMessageContaining(GRANT)
                .hasMessageContaining("coins");
    }

    @Test
    void fractionIsNoNumberOfCoins() {
        assertThatThrownBy(
                        () ->
                                decode(
                                        "{\"grantId\":\"0192f3a4-0000-5000-8000-000000000003\",\"viewerId\":\"v\",\"coins\":1.5}"))
                .isInstanceOf(MalformedEventException.class);
    }

    @Test
    void unknownTypeIsNamed() {
        assertThatThrownBy(() -> EventCodec.decode("confetti.gift-sent.v9", new byte[0]))
                .isInstanceOf(UnknownEventTypeException.class)
                .hasMessageContaining("confetti.gift-sent.v9");
    }

    @Test
    void everyTopicOfAnEventIsOneOfTheFive() {
        assertThat(Topic.names())
                .containsExactly(
                        "confetti.coins",
                        "confetti.gifts",
                        "confetti.creators",
                        "confetti.lives",
                        "confetti.finance");
    }

    private static ConfettiEvent decode(String json) {
        return EventCodec.decode(GRANT, json.getBytes(StandardCharsets.UTF_8));
    }
}

package dev.confetti.gift.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confetti.events.EventCodec;
import dev.confetti.events.EventType;
import dev.confetti.events.GiftEvent.GiftSent;
import dev.confetti.events.LiveEvent.LiveCreated;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExtraFieldsTest {
    @Test
    void propertiesGoInBeforeTheClosingBrace() {
        ExtraFields fields =
                ExtraFields.none().with("viewerName", "Ann").with("tags", List.of("a", "b"));

        assertThat(added(fields, "{\"coins\":5}"))
                .isEqualTo("{\"coins\":5,\"viewerName\":\"Ann\",\"tags\":[\"a\",\"b\"]}");
    }

    @Test
    void anEmptyObjectGetsNoComma() {
        ExtraFields fields = ExtraFields.none().with("tags", List.of());

        assertThat(added(fields, "{}")).isEqualTo("{\"tags\":[]}");
        assertThat(added(fields, "{ }")).isEqualTo("{ \"tags\":[]}");
    }

    @Test
    void blanksAfterTheObjectDoNotMatter() {
        assertThat(added(ExtraFields.none().with("n", "v"), "{\"a\":1 } \r\n\t"))
                .isEqualTo("{\"a\":1 ,\"n\":\"v\"}");
    }

    @Test
    void withoutFieldsTheEventIsTheSameBytes() {
        byte[] event = "{\"coins\":5}".getBytes(StandardCharsets.UTF_8);

        assertThat(ExtraFields.none().addedTo(event)).isSameAs(event);
    }

    @Test
    void controlCharactersQuotesAndBackslashesAreEscaped() {
        assertThat(added(ExtraFields.none().with("n", "\"\\\n\u0001}/é😀"), "{\"a\":1}"))
                .isEqualTo("{\"a\":1,\"n\":\"\\\"\\\\\\n\\u0001}/é😀\"}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\"},{\"",
                "\\",
                "\u0000\u001f\u007f\u2028\u2029",
                "\uD83D\uDE00 🎁 e\u0301 \u202Eabc",
                "\"viewerId\":\"eve\""
            })
    void anyNameComesBackAsItWas(String name) {
        byte[] sent = EventCodec.encode(Samples.of(EventType.GIFT_SENT, "ann", "l", "c"));
        byte[] published = ExtraFields.none().with("viewerName", name).addedTo(sent);

        GiftSent gift = (GiftSent) EventCodec.decode(EventType.GIFT_SENT, published);

        assertThat(gift.viewerName()).isEqualTo(name);
        assertThat(gift.viewerId()).isEqualTo("ann");
        byte[] created = EventCodec.encode(Samples.of(EventType.LIVE_CREATED, "ann", "l", "c"));
        LiveCreated live =
                (LiveCreated)
                        EventCodec.decode(
                                EventType.LIVE_CREATED,
                                ExtraFields.none()
                                        .with("tags", List.of(name, "x"))
                                        .addedTo(created));
        assertThat(live.tags()).containsExactly(name, "x");
    }

    @Test
    void halfASurrogatePairBecomesAQuestionMark() {
        assertThat(added(ExtraFields.none().with("n", "a\uD83Db"), "{}"))
                .isEqualTo("{\"n\":\"a?b\"}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "7", "[1]", "}"})
    void whatIsNoObjectIsRefused(String json) {
        assertThatThrownBy(() -> added(ExtraFields.none().with("n", "v"), json))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected a JSON object");
    }

    private static String added(ExtraFields fields, String json) {
        return new String(
                fields.addedTo(json.getBytes(StandardCharsets.UTF_8)), StandardCharsets.UTF_8);
    }
}

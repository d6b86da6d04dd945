package dev.confetti.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confetti.events.CreatorEvent.PayoutSettled;
import dev.confetti.events.GiftEvent.GiftReversed;
import dev.confetti.events.GiftEvent.GiftSent;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Events as earlier builds wrote them. */
class UpcastersTest {
    private static final String GIFT_SENT = "confetti.gift-sent.v1";

    @Test
    void aGiftSentBeforeCombosSaidTheirEndHasTheDefaultOfThatTime() throws IOException {
        LogRecord row =
                new LogRecord(
                        7,
                        new UUID(0, 7),
                        "wallet",
                        "viewer-42",
                        0,
                        GIFT_SENT,
                        golden(GIFT_SENT),
                        Instant.EPOCH,
                        Instant.EPOCH);

        assertThat(row.event())
                .isInstanceOfSatisfying(
                        GiftSent.class,
                        sent -> {
                            assertThat(sent.comboWindowMs()).isEqualTo(10_000);
                            assertThat(sent.coins()).isEqualTo(600);
                            assertThat(sent.comboCount()).isEqualTo(3);
                            assertThat(sent.diamonds()).hasToString("300.0000");
                        });
    }

    @Test
    void aPayoutSettledBeforeChargesWereReadHadNone() throws IOException {
        String type = EventType.PAYOUT_SETTLED.typeName();

        assertThat(EventCodec.decode(type, golden(type)))
                .isInstanceOfSatisfying(
                        PayoutSettled.class,
                        settled -> {
                            assertThat(settled.netMinor()).isEqualTo(335);
                            assertThat(settled.chargesMinor()).isZero();
                        });
    }

    @Test
    void anOldEventIsWrittenAgainAsACurrentOne() throws IOException {
        byte[] again = EventCodec.encode(EventCodec.decode(GIFT_SENT, golden(GIFT_SENT)));

        assertThat(new String(again, StandardCharsets.UTF_8))
                .isEqualTo(new String(golden(GIFT_SENT + ".r2"), StandardCharsets.UTF_8));
    }

    @Test
    void aReversalFromBeforeRefundsHasNoClosedLots() throws IOException {
        String type = EventType.GIFT_REVERSED.typeName();

        assertThat(EventCodec.decode(type, golden(type)))
                .isInstanceOfSatisfying(
                        GiftReversed.class,
                        reversed -> {
                            assertThat(reversed.closedLots()).isEmpty();
                            assertThat(reversed.debtLowered()).isZero();
                            assertThat(reversed.openLots()).isEqualTo(reversed.lots());
                        });
    }

    @Test
    void aReversalKeepsItsClosedLots() throws IOException {
        String type = EventType.GIFT_REVERSED.typeName();

        assertThat(EventCodec.decode(type, golden(type + ".r2")))
                .isInstanceOfSatisfying(
                        GiftReversed.class,
                        reversed -> {
                            assertThat(reversed.closedCoins()).isEqualTo(500);
                            assertThat(reversed.debtLowered()).isEqualTo(200);
                            assertThat(reversed.openLots()).isEmpty();
                            assertThat(reversed.sentPosition()).isZero();
                            assertThat(reversed.earningsReleased()).isFalse();
                        });
    }

    @Test
    void aReversalKeepsWhereItsGiftStood() throws IOException {
        String type = EventType.GIFT_REVERSED.typeName();

        assertThat(EventCodec.decode(type, golden(type + ".r3")))
                .isInstanceOfSatisfying(
                        GiftReversed.class,
                        reversed -> {
                            assertThat(reversed.sentPosition()).isEqualTo(7);
                            assertThat(reversed.earningsReleased()).isTrue();
                            assertThat(reversed.closedCoins()).isEqualTo(500);
                        });
    }

    @Test
    void aCurrentEventKeepsItsValue() throws IOException {
        String current =
                new String(golden(GIFT_SENT + ".r2"), StandardCharsets.UTF_8)
                        .replace("\"comboWindowMs\":10000", "\"comboWindowMs\":0");

        assertThat(EventCodec.decode(GIFT_SENT, current.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOfSatisfying(
                        GiftSent.class, sent -> assertThat(sent.comboWindowMs()).isZero());
    }

    @Test
    void aWrongValueIsNotReplacedByTheDefault() throws IOException {
        String wrong =
                new String(golden(GIFT_SENT + ".r2"), StandardCharsets.UTF_8)
                        .replace("\"comboWindowMs\":10000", "\"comboWindowMs\":1.5");

        assertThatThrownBy(
                        () -> EventCodec.decode(GIFT_SENT, wrong.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(MalformedEventException.class)
                .hasMessageContaining("1.5");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "null",
                "{}",
                "{\"giftSendId\":\"x\"}",
                "{\"comboWindowMs\":1.5}",
                "{\"comboWindowMs\":\"soon\"}"
            })
    void whatIsNoEventIsNoneAfterTheChainEither(String json) {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        assertThatThrownBy(() -> EventCodec.decode(GIFT_SENT, bytes))
                .isInstanceOf(MalformedEventException.class)
                .hasMessageStartingWith("event of type confetti.gift-sent.v1: expected its JSON");
    }

    private static byte[] golden(String name) throws IOException {
        try (InputStream in =
                Objects.requireNonNull(
                        UpcastersTest.class.getResourceAsStream("/golden/" + name + ".json"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .strip()
                    .getBytes(StandardCharsets.UTF_8);
        }
    }
}

package dev.confetti.gateway.cue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confetti.gateway.amf.AmfValue;
import dev.confetti.gateway.fake.Cues;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class StampedCueTest {
    private static final UUID COMBO = new UUID(2, 7);

    @Test
    void theJsonIsThatOfTheContract() {
        assertThat(json(StampedCue.at(Cues.rose(7), 1234, false)))
                .isEqualTo(
                        """
                        {"giftSendId":"00000000-0000-0001-0000-000000000007","giftId":"rose","giftName":"Rose",\
                        "animationUrl":"http://localhost:8080/gifts/rose.webp","tier":1,"quantity":1,\
                        "comboId":"00000000-0000-0002-0000-000000000007","comboCount":7,"viewerId":"viewer-1",\
                        "viewerName":"Zoë \\"<b>\\" 🎉","coins":5,"sentAt":"2026-11-22T10:00:00Z","ptsMs":1234}""");
    }

    @Test
    void mergedSendsAreAllNamedAndTheLastOneLast() {
        Cue merged = Cues.rose(7, COMBO, 5).mergedWith(Cues.rose(8, COMBO, 5));
        assertThat(json(StampedCue.at(merged, 0, false)))
                .startsWith(
                        """
                        {"giftSendId":"00000000-0000-0001-0000-000000000008",\
                        "giftSendIds":["00000000-0000-0001-0000-000000000007","00000000-0000-0001-0000-000000000008"],""");
    }

    @Test
    void theAmfObjectHasTheSameFields() {
        AmfValue.Obj amf = (AmfValue.Obj) StampedCue.at(Cues.rose(7), 1234, false).amf();
        assertThat(amf.properties())
                .containsEntry("giftId", AmfValue.of("rose"))
                .containsEntry("coins", AmfValue.of(5))
                .containsEntry("ptsMs", AmfValue.of(1234))
                .hasSize(13);
    }

    @Test
    void halfASurrogatePairAndAnEndlessNameAreBearable() {
        Cue rose = Cues.rose(7);
        Cue odd =
                new Cue(
                        rose.giftSendIds(),
                        "rose",
                        "R\ud83d",
                        "u",
                        1,
                        1,
                        COMBO,
                        1,
                        "v",
                        "x".repeat(100_000),
                        5,
                        rose.sentAt(),
                        1);
        assertThat(odd.giftName()).isEqualTo("R?");
        assertThat(odd.viewerName()).hasSize(256).endsWith("x…");
        assertThat(json(StampedCue.at(odd, 1, false))).contains("\"giftName\":\"R?\"");
    }

    private static String json(StampedCue cue) {
        ByteBuf out = Unpooled.buffer();
        cue.writeJson(out);
        return out.toString(StandardCharsets.UTF_8);
    }
}

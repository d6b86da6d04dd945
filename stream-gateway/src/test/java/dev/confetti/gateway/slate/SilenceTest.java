package dev.confetti.gateway.slate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confetti.gateway.codec.AacConfig;
import dev.confetti.gateway.codec.AudioConfig;
import dev.confetti.gateway.codec.OpusConfig;
import dev.confetti.gateway.fake.TestMedia;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;

class SilenceTest {
    @Test
    void plainAacKeepsItsConfiguration() {
        Silence stereo = Silence.of(aac("1210"));
        assertThat(ByteBufUtil.hexDump(stereo.packet())).isEqualTo("21000000001c");
        assertThat(stereo.config()).isEqualTo(aac("1210"));
        assertThat(stereo.atMs(0)).isZero();
        assertThat(stereo.atMs(1)).isEqualTo(23);
        assertThat(stereo.atMs(441)).as("441 packets of 1024 at 44.1 kHz").isEqualTo(10_240);
        Silence mono = Silence.of(aac("1188"));
        assertThat(ByteBufUtil.hexDump(mono.packet())).isEqualTo("00000007");
        assertThat(mono.atMs(3)).isEqualTo(64);
    }

    /** 5.1, and HE-AAC with the rate of its core. */
    @Test
    void otherAacBecomesPlainStereo() {
        for (String config : new String[] {"11b0", "2b118800"}) {
            Silence silence = Silence.of(aac(config));
            assertThat(silence.config()).isEqualTo(aac("1190"));
            assertThat(ByteBufUtil.hexDump(silence.packet())).isEqualTo("21000000001c");
        }
    }

    @Test
    void opusIsSilentInEachOfItsStreams() {
        String head = "4f707573486561640";
        assertThat(packet(opus(head + "1 01 3801 44ac0000 0000 00"))).isEqualTo("f8fffe");
        assertThat(packet(opus(head + "1 02 3801 44ac0000 0000 00"))).isEqualTo("fcfffe");
        // 5.1: two coupled streams and two single ones; all but the last say their two bytes
        assertThat(packet(opus(head + "1 06 3801 44ac0000 0000 01 04 02 000401020305")))
                .isEqualTo("fc02fffe" + "fc02fffe" + "f802fffe" + "f8fffe");
        assertThat(Silence.of(opus(head + "1 02 3801 44ac0000 0000 00")).atMs(3)).isEqualTo(60);
    }

    private static String packet(AudioConfig config) {
        return ByteBufUtil.hexDump(Silence.of(config).packet());
    }

    private static AacConfig aac(String hex) {
        return AacConfig.read(Unpooled.wrappedBuffer(TestMedia.hex(hex)));
    }

    private static OpusConfig opus(String hex) {
        return OpusConfig.read(Unpooled.wrappedBuffer(TestMedia.hex(hex)));
    }
}

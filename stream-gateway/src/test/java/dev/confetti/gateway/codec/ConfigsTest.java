package dev.confetti.gateway.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confetti.gateway.fake.TestMedia;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;

class ConfigsTest {
    @Test
    void readsAnAvcRecord() {
        AvcConfig config = avc(TestMedia.AVC_CONFIG);
        assertThat(config.profile()).isEqualTo(66);
        assertThat(config.level()).isEqualTo(13);
        assertThat(config.nalLengthBytes()).isEqualTo(4);
        assertThat(config.sequenceParameterSets()).isEqualTo(1);
        assertThat(config.pictureParameterSets()).isEqualTo(1);
    }

    @Test
    void everyTruncationOfAnAvcRecordIsRefused() {
        String whole = TestMedia.AVC_CONFIG;
        for (int length = 0; length < whole.length(); length += 2) {
            String cut = whole.substring(0, length);
            assertThatThrownBy(() -> avc(cut)).isInstanceOf(MalformedMediaException.class);
        }
    }

    @Test
    void badAvcRecordsAreRefused() {
        assertThatThrownBy(() -> avc("0242c00dffe00000")).hasMessageContaining("version 2");
        assertThatThrownBy(() -> avc("0142c00dfee000")).hasMessageContaining("3 bytes");
        assertThatThrownBy(() -> avc("0142c00dffe1ffff67 0100"))
                .hasMessageContaining("65535 bytes");
    }

    @Test
    void readsAnAacConfig() {
        AacConfig config = aac("1210");
        assertThat(config.objectType()).isEqualTo(2);
        assertThat(config.sampleRateHz()).isEqualTo(44_100);
        assertThat(config.channels()).isEqualTo(2);
    }

    @Test
    void readsAnExplicitSampleRate() {
        // 00010 1111 + 24 bits of 22050 + 0001
        AacConfig config = aac("17 80 2b11 08");
        assertThat(config.sampleRateHz()).isEqualTo(22_050);
        assertThat(config.channels()).isEqualTo(1);
    }

    @Test
    void badAacConfigsAreRefused() {
        assertThatThrownBy(() -> aac("12")).isInstanceOf(MalformedMediaException.class);
        assertThatThrownBy(() -> aac("1690")).hasMessageContaining("index 13");
        assertThatThrownBy(() -> aac("1780")).hasMessageContaining("too early");
    }

    private static AvcConfig avc(String hex) {
        return AvcConfig.read(Unpooled.wrappedBuffer(TestMedia.hex(hex)));
    }

    private static AacConfig aac(String hex) {
        return AacConfig.read(Unpooled.wrappedBuffer(TestMedia.hex(hex)));
    }
}

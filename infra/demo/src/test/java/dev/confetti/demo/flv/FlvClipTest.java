package dev.confetti.demo.flv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class FlvClipTest {
    @Test
    void numbersFramesOnFromLoopToLoop() {
        FlvClip clip = FlvBytes.clip();
        assertThat(clip.durationMs()).isEqualTo(80);
        assertThat(clip.frames()).isEqualTo(4);
        assertThat(
                        new long[] {
                            clip.timeMs(0),
                            clip.timeMs(3),
                            clip.timeMs(4),
                            clip.timeMs(7),
                            clip.timeMs(4_000_000_000L)
                        })
                .containsExactly(0, 40, 80, 120, 80_000_000_000L);
        assertThat(clip.frame(7).body()).isEqualTo(clip.frame(3).body());
    }

    @Test
    void findsTheKeyFrameToGoOnWith() {
        FlvClip clip = FlvBytes.clip();
        assertThat(clip.keyFrameAtOrAfter(0)).isZero();
        assertThat(clip.keyFrameAtOrAfter(1)).isEqualTo(4);
        assertThat(clip.keyFrameAtOrAfter(80)).isEqualTo(4);
        assertThat(clip.keyFrameAtOrAfter(8_000_001)).isEqualTo(400_004);
    }

    @Test
    void leavesOutTheEmptyPacketAtAFilesEnd() {
        FlvTag end = new FlvTag(FlvTag.VIDEO, 80, new byte[] {0x17, 2, 0, 0, 0});
        FlvClip clip =
                FlvClip.of(
                        FlvBytes.file(
                                List.of(
                                        FlvBytes.picture(0, true, 1),
                                        FlvBytes.picture(40, false, 2),
                                        end)));
        assertThat(clip.frames()).isEqualTo(2);
        assertThat(clip.durationMs()).isEqualTo(80);
    }

    @Test
    void refusesAClipThatIsCutOff() {
        byte[] whole = FlvBytes.file(List.of(FlvBytes.picture(0, true, 1)));
        assertThatThrownBy(() -> FlvClip.of(Arrays.copyOf(whole, whole.length - 5)))
                .isInstanceOf(FlvFormatException.class)
                .hasMessageContaining("ends inside a tag");
    }

    @Test
    void refusesAClipWithoutAKeyFrame() {
        assertThatThrownBy(() -> FlvClip.of(FlvBytes.file(List.of(FlvBytes.picture(0, false, 1)))))
                .isInstanceOf(FlvFormatException.class)
                .hasMessageContaining("key frame");
    }

    @Test
    void theDemoClipLoopsWithoutASeam() {
        FlvClip clip = FlvClip.demo();
        assertThat(clip.durationMs()).isEqualTo(24_000);
        // 24 s of 25 pictures a second, and of 48000/1024 sounds a second.
        assertThat(clip.frames()).isEqualTo(600 + 1125);
        assertThat(clip.longestGopMs()).hasValue(1000L);
        assertThat(clip.frame(0).isKeyFrame()).isTrue();
        assertThat(clip.headers().stream().filter(FlvTag::isSequenceHeader)).hasSize(2);
        for (long n = 0; n < 2L * clip.frames(); n++) {
            assertThat(clip.timeMs(n + 1) - clip.timeMs(n))
                    .as("gap after frame %d", n)
                    .isBetween(0L, 40L);
        }
    }
}

package dev.confetti.gateway.flv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confetti.gateway.codec.PictureFormat;
import dev.confetti.gateway.fake.TestMedia;
import dev.confetti.gateway.media.AccessUnit;
import dev.confetti.gateway.media.Frame;
import dev.confetti.gateway.slate.Slate;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SlateFileTest {
    private final ByteBuf file =
            Unpooled.buffer().writeBytes(TestMedia.hex("464c5601 05 00000009 00000000"));

    @Test
    void theBuiltInOneIsTwoSecondsOfTenPicturesWithAKeyFrameEach() {
        Slate slate = SlateFile.builtIn();
        PictureFormat format = slate.video().pictureFormat();
        assertThat(format.widthPx()).isEqualTo(640);
        assertThat(format.heightPx()).isEqualTo(360);
        assertThat(slate.durationMs()).isEqualTo(2000);
        assertThat(slate.audio()).isNull();
        assertThat(slate.units()).hasSize(20).allMatch(AccessUnit::video);
        assertThat(slate.units().stream().filter(SlateFileTest::key))
                .extracting(AccessUnit::dtsMs)
                .containsExactly(0L, 1000L);
        assertThat(slate.toString()).isEqualTo("Slate[avc1.4d401f, 2000 ms, sound off]");
    }

    @Test
    void timesCountFromTheFirstPicture() {
        tag(9, 100, TestMedia.videoConfig());
        tag(8, 100, TestMedia.audioConfig());
        tag(8, 480, TestMedia.audio(1)); // before the first picture
        tag(9, 500, TestMedia.keyFrame(1));
        tag(8, 500, TestMedia.audio(2));
        tag(9, 1000, TestMedia.interFrame(2));
        tag(8, 1400, TestMedia.audio(3));
        tag(9, 1500, TestMedia.interFrame(3));
        tag(8, 2000, TestMedia.audio(4)); // after the last one's end
        Slate slate = read();
        assertThat(slate.durationMs()).isEqualTo(1500);
        assertThat(slate.units())
                .extracting(AccessUnit::dtsMs, AccessUnit::video)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(0L, true),
                        org.assertj.core.groups.Tuple.tuple(0L, false),
                        org.assertj.core.groups.Tuple.tuple(500L, true),
                        org.assertj.core.groups.Tuple.tuple(900L, false),
                        org.assertj.core.groups.Tuple.tuple(1000L, true));
        assertThat(slate.audio()).isNotNull();
    }

    @Test
    void whatCannotBeShownIsRefusedWithWhatIsExpected() {
        refused("no pictures: expected H.264");
        tag(9, 0, TestMedia.videoConfig());
        refused("no pictures: expected H.264");
        file.markWriterIndex();
        tag(9, 0, TestMedia.interFrame(1));
        refused("the first picture is no key frame: expected one to begin with");
        file.resetWriterIndex();
        tag(9, 0, TestMedia.keyFrame(1));
        refused("length of 0 ms: expected 500 to 60000 ms");
        file.markWriterIndex();
        tag(9, 1001, TestMedia.interFrame(2));
        refused("pictures 1001 ms apart at 0 ms: expected at most 1000");
        file.resetWriterIndex();
        tag(9, 0, TestMedia.interFrame(2));
        refused("timestamp 0 ms after 0 ms: expected a later one");
        file.resetWriterIndex();
        tag(8, 0, TestMedia.hex("2e 0000")); // MP3
        refused("sound of another codec: expected AAC, or no sound");
        file.resetWriterIndex();
        tag(8, 0, TestMedia.hex("90 4f707573", TestMedia.OPUS_CONFIG));
        refused("audio codec OPUS: expected AAC, or no sound");
        file.resetWriterIndex();
        tag(9, 0, TestMedia.hex("90 68766331", TestMedia.HEVC_CONFIG));
        refused("video codec HEVC: expected H.264");
        file.resetWriterIndex();
        tag(9, 0, TestMedia.hex("22 00"));
        refused("video codec 2: expected 7 (H.264), 12 (H.265) or a FourCC");
        file.resetWriterIndex();
        for (int ms = 500; ms <= 10_500; ms += 500) {
            tag(9, ms, TestMedia.interFrame(1));
        }
        tag(9, 11_000, TestMedia.keyFrame(1));
        refused("key frames 11000 ms apart at 0 ms: expected at most 10000");
        for (int ms = 12_000; ms <= 60_000; ms += 1_000) {
            tag(9, ms, TestMedia.keyFrame(1));
        }
        refused("length of 60846 ms: expected 500 to 60000 ms"); // 71 of 845.07 ms and a last one
    }

    @Test
    void aBrokenFileIsRefusedAtItsPlace() {
        tag(9, 0, TestMedia.videoConfig());
        int configEnds = file.writerIndex();
        tag(9, 0, TestMedia.keyFrame(1));
        tag(9, 500, TestMedia.keyFrame(1));
        assertThat(read().durationMs()).isEqualTo(1000);
        byte[] whole = ByteBufUtil.getBytes(file);
        for (int length = 0; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> SlateFile.read(cut))
                    .as("the first %d of %d bytes", length, whole.length)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("expected");
        }
        file.setMedium(configEnds + 1, 0xffffff);
        refused("FLV tag of 16777215 bytes at byte " + configEnds + ": expected at most the 53");
        file.setMedium(configEnds + 1, 19).setByte(configEnds, 9 | 32);
        refused("FLV tag at byte " + configEnds + " is encrypted: expected a plain one");
        file.setByte(configEnds, 7);
        refused("FLV tag type 7: expected 8, 9 or 18");
        file.setByte(configEnds, 9).setInt(configEnds + 16, 1000);
        refused("broken tag before byte");
        file.setByte(0, 'f');
        refused("no FLV file: expected it to begin with FLV");
    }

    @Test
    void aFileThatIsNotThereOrTooBigIsRefused(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("slate.flv");
        assertThatThrownBy(() -> SlateFile.read(file))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("expected an FLV file that can be read, or off; found: ")
                .hasMessageContaining("NoSuchFile");
        Files.write(file, new byte[(8 << 20) + 1]);
        assertThatThrownBy(() -> SlateFile.read(file))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("file of more than 8388608 bytes: expected at most as many");
    }

    private static boolean key(AccessUnit unit) {
        return unit.frame() instanceof Frame.Video video && video.key();
    }

    private void tag(int type, int ms, byte[] body) {
        file.writeByte(type)
                .writeMedium(body.length)
                .writeMedium(ms & 0xffffff)
                .writeByte(ms >> 24)
                .writeMedium(0)
                .writeBytes(body)
                .writeInt(11 + body.length);
    }

    private Slate read() {
        return SlateFile.read(ByteBufUtil.getBytes(file));
    }

    private void refused(String message) {
        assertThatThrownBy(this::read)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }
}

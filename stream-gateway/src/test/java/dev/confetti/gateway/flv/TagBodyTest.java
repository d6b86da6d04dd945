package dev.confetti.gateway.flv;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.confetti.gateway.codec.AudioCodec;
import dev.confetti.gateway.codec.Av1Config;
import dev.confetti.gateway.codec.HevcConfig;
import dev.confetti.gateway.codec.OpusConfig;
import dev.confetti.gateway.codec.SeiUserData;
import dev.confetti.gateway.codec.VideoCodec;
import dev.confetti.gateway.codec.VideoConfig;
import dev.confetti.gateway.cue.StampedCue;
import dev.confetti.gateway.fake.Cues;
import dev.confetti.gateway.fake.TestMedia;
import dev.confetti.gateway.media.Frame;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class TagBodyTest {
    private static final List<StampedCue> CUES = List.of(StampedCue.at(Cues.rose(7), 80, false));

    @Test
    void newerCodecsAreWrittenWithTheirFourCc() {
        assertVideoConfig(
                HevcConfig.read(bytes(TestMedia.HEVC_CONFIG)),
                "90 68766331" + TestMedia.HEVC_CONFIG);
        assertVideoConfig(
                Av1Config.read(bytes(TestMedia.AV1_CONFIG)), "90 61763031" + TestMedia.AV1_CONFIG);
        assertVideo(VideoCodec.HEVC, 0, true, "93 68766331 00000003 260180");
        assertVideo(VideoCodec.HEVC, 40, false, "a1 68766331 000028 00000003 260180");
        assertVideo(VideoCodec.HEVC, -40, true, "91 68766331 ffffd8 00000003 260180");
        assertVideo(VideoCodec.AV1, 0, true, "91 61763031 00000003 260180");
        assertVideo(VideoCodec.AV1, 0, false, "a1 61763031 00000003 260180");
    }

    @Test
    void opusIsWrittenWithItsFourCc() {
        OpusConfig config = OpusConfig.read(bytes(TestMedia.OPUS_CONFIG));
        ByteBuf out = Unpooled.buffer();
        TagBody.writeAudioConfig(out, config);
        assertThat(out.readableBytes()).isEqualTo(TagBody.audioConfigBytes(config));
        assertHex(out, "90 4f707573" + TestMedia.OPUS_CONFIG);
        Frame.Audio packet = new Frame.Audio(AudioCodec.OPUS, 0, bytes("fc01"));
        out.clear();
        TagBody.writeAudio(out, packet);
        assertThat(out.readableBytes()).isEqualTo(TagBody.audioBytes(packet));
        assertHex(out, "91 4f707573 fc01");
    }

    @Test
    void theCueOfAnHevcPictureIsAPrefixSeiOfItsSlicesLayer() {
        // a delimiter, then a slice of temporal layer 2
        ByteBuf payload = bytes("00000003 460350 00000003 020380");
        Frame.Video frame = new Frame.Video(VideoCodec.HEVC, 0, false, payload, 4, 7);
        byte[] tag = write(frame, CUES);
        int sei = 5 + 7; // the header, the delimiter
        int seiBytes = Unpooled.wrappedBuffer(tag).getInt(sei);
        byte[] nal = Arrays.copyOfRange(tag, sei + 4, sei + 4 + seiBytes);
        assertThat(nal).startsWith(TestMedia.hex("4e03 05"));
        SeiUserData data = requireNonNull(SeiUserData.fromNalUnit(VideoCodec.HEVC, nal));
        assertThat(data.uuid()).isEqualTo(StampedCue.SEI_UUID);
        assertThat(TestMedia.contains(data.data(), "\"ptsMs\":80}")).isTrue();
        assertThat(Arrays.copyOf(tag, sei)).isEqualTo(TestMedia.hex("a3 68766331 00000003 460350"));
        assertThat(Arrays.copyOfRange(tag, sei + 4 + seiBytes, tag.length))
                .isEqualTo(TestMedia.hex("00000003 020380"));
    }

    @Test
    void av1PicturesAreAsTheyCameWhateverCuesThereAre() {
        Frame.Video frame = new Frame.Video(VideoCodec.AV1, 0, true, bytes("3203100080"), 0, -1);
        assertThat(write(frame, CUES)).isEqualTo(TestMedia.hex("91 61763031 3203100080"));
    }

    private static void assertVideoConfig(VideoConfig config, String expected) {
        ByteBuf out = Unpooled.buffer();
        TagBody.writeVideoConfig(out, config);
        assertThat(out.readableBytes()).isEqualTo(TagBody.videoConfigBytes(config));
        assertHex(out, expected);
    }

    private static void assertVideo(VideoCodec codec, int ctsMs, boolean key, String expected) {
        Frame.Video frame = new Frame.Video(codec, ctsMs, key, bytes("00000003 260180"), 4, 0);
        assertHex(Unpooled.wrappedBuffer(write(frame, List.of())), expected);
    }

    private static byte[] write(Frame.Video frame, List<StampedCue> cues) {
        ByteBuf out = Unpooled.buffer();
        TagBody.writeVideo(out, frame, cues);
        assertThat(out.readableBytes()).isEqualTo(TagBody.videoBytes(frame, cues));
        return ByteBufUtil.getBytes(out);
    }

    private static void assertHex(ByteBuf out, String expected) {
        assertThat(ByteBufUtil.hexDump(out)).isEqualTo(expected.replace(" ", ""));
    }

    private static ByteBuf bytes(String hex) {
        return Unpooled.wrappedBuffer(TestMedia.hex(hex));
    }
}

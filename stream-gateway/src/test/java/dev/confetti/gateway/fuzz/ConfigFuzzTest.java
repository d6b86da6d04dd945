package dev.confetti.gateway.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.confetti.gateway.cmaf.InitSegment;
import dev.confetti.gateway.codec.AacConfig;
import dev.confetti.gateway.codec.AudioConfig;
import dev.confetti.gateway.codec.Av1Config;
import dev.confetti.gateway.codec.AvcConfig;
import dev.confetti.gateway.codec.HevcConfig;
import dev.confetti.gateway.codec.MalformedMediaException;
import dev.confetti.gateway.codec.OpusConfig;
import dev.confetti.gateway.codec.PictureFormat;
import dev.confetti.gateway.codec.VideoConfig;
import dev.confetti.gateway.fake.Mp4;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.function.Function;

/**
 * Configuration records with their parameter sets and sequence headers are refused, or say
 * something that makes sense. The first byte chooses the codec.
 */
class ConfigFuzzTest {
    private static final int MOST_SIDE_PX = 32_768;

    @FuzzTest
    void records(byte[] input) {
        FuzzInput in = new FuzzInput(input);
        int codec = in.oneByte() % 5;
        byte[] bytes = in.rest();
        Oracles.inMemoryOf(input, 200, () -> read(codec, bytes));
    }

    private static void read(int codec, byte[] bytes) {
        try {
            switch (codec) {
                case 0 -> video(AvcConfig::read, bytes);
                case 1 -> video(HevcConfig::read, bytes);
                case 2 -> video(Av1Config::read, bytes);
                case 3 -> audio(AacConfig::read, bytes);
                default -> audio(OpusConfig::read, bytes);
            }
        } catch (MalformedMediaException e) {
            Oracles.saysWhatWasExpected(e);
        }
    }

    private static void video(Function<ByteBuf, VideoConfig> read, byte[] bytes) {
        VideoConfig config = read.apply(Unpooled.wrappedBuffer(bytes));
        PictureFormat format = config.pictureFormat();
        if (!format.equals(PictureFormat.UNKNOWN)) {
            assertThat(format.widthPx()).isBetween(1, MOST_SIDE_PX);
            assertThat(format.heightPx()).isBetween(1, MOST_SIDE_PX);
            assertThat(format.framesPerSecond()).isBetween(0.0, 1000.0);
        }
        assertThat(config.nalLengthBytes()).isIn(0, 1, 2, 4);
        assertThat(config.codecString()).matches("(avc1|hvc1|av01)\\.[0-9A-Za-z.]+");
        ByteBuf written = Unpooled.buffer();
        config.writeTo(written);
        same(written, config.sizeBytes(), bytes);
        assertThat(read.apply(written)).isEqualTo(config).hasSameHashCodeAs(config);
        ByteBuf header = Unpooled.buffer();
        InitSegment.write(header, config);
        assertThat(Mp4.read(ByteBufUtil.getBytes(header)).boxes()).containsExactly("ftyp", "moov");
    }

    private static void audio(Function<ByteBuf, AudioConfig> read, byte[] bytes) {
        AudioConfig config = read.apply(Unpooled.wrappedBuffer(bytes));
        assertThat(config.sampleRateHz()).isBetween(1, (1 << 24) - 1);
        assertThat(config.channels()).isBetween(0, 255);
        assertThat(config.codecString()).matches("mp4a\\.40\\.\\d+|opus");
        ByteBuf written = Unpooled.buffer();
        config.writeTo(written);
        same(written, config.sizeBytes(), bytes);
        assertThat(read.apply(written)).isEqualTo(config).hasSameHashCodeAs(config);
        ByteBuf header = Unpooled.buffer();
        InitSegment.write(header, config);
        assertThat(Mp4.read(ByteBufUtil.getBytes(header)).boxes()).containsExactly("ftyp", "moov");
        if (config instanceof OpusConfig opus) {
            mapping(opus);
        }
    }

    /** RFC 7845, 5.1.1: each channel is of a stream that is there, or silent (255). */
    private static void mapping(OpusConfig opus) {
        byte[] mapping = opus.mapping();
        if (opus.mappingFamily() == 0) {
            assertThat(mapping).isEmpty();
            return;
        }
        int streams = mapping[0] & 0xff;
        int coupled = mapping[1] & 0xff;
        assertThat(streams).isPositive();
        assertThat(coupled).isLessThanOrEqualTo(streams);
        assertThat(streams + coupled).isLessThanOrEqualTo(255);
        for (int i = 2; i < mapping.length; i++) {
            int index = mapping[i] & 0xff;
            assertThat(index == 255 || index < streams + coupled).as("index %d", index).isTrue();
        }
    }

    private static void same(ByteBuf written, int sizeBytes, byte[] bytes) {
        assertThat(ByteBufUtil.getBytes(written)).isEqualTo(bytes);
        assertThat(sizeBytes).isEqualTo(bytes.length);
    }
}

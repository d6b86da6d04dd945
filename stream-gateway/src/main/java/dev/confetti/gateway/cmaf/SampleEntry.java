package dev.confetti.gateway.cmaf;

import dev.confetti.gateway.codec.AacConfig;
import dev.confetti.gateway.codec.AvcConfig;
import dev.confetti.gateway.codec.PictureSize;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * What a track says of its codec: the sample entry with the decoder's configuration (ISO/IEC
 * 14496-14 and -15) and the name in playlists (RFC 6381). The one place that tells codecs apart.
 */
public final class SampleEntry {
    private static final int DOTS_PER_INCH_72 = 0x0048_0000;
    private static final int DEPTH_24_BIT = 0x18;
    private static final int COMPRESSOR_NAME_BYTES = 32;
    private static final int BITS_PER_SOUND_SAMPLE = 16;
    private static final int MAX_RATE_HZ = 65_535;

    // MPEG-4 descriptors: ISO/IEC 14496-1, 7.2.2.1
    private static final int ES_DESCRIPTOR = 3;
    private static final int DECODER_CONFIG_DESCRIPTOR = 4;
    private static final int DECODER_SPECIFIC_INFO = 5;
    private static final int SL_CONFIG_DESCRIPTOR = 6;
    private static final int MPEG4_AUDIO = 0x40;
    private static final int AUDIO_STREAM = 0x15;
    private static final int SL_FOR_MP4 = 2;

    private SampleEntry() {}

    /** Such as {@code avc1.64001f}. */
    public static String codec(AvcConfig config) {
        return "avc1.%02x%02x%02x"
                .formatted(config.profile(), config.constraints(), config.level());
    }

    /** Such as {@code mp4a.40.2}. */
    public static String codec(AacConfig config) {
        return "mp4a.40." + config.objectType();
    }

    /** For the playlist's CHANNELS; 0 where the configuration does not say it in short. */
    public static int channels(AacConfig config) {
        return config.channels() == 7 ? 8 : config.channels();
    }

    static void write(ByteBuf out, AvcConfig config) {
        @Nullable PictureSize size = config.pictureSize();
        int entry = Box.begin(out, "avc1");
        out.writeZero(6).writeShort(1).writeZero(16);
        out.writeShort(size == null ? 0 : size.width());
        out.writeShort(size == null ? 0 : size.height());
        out.writeInt(DOTS_PER_INCH_72).writeInt(DOTS_PER_INCH_72).writeInt(0);
        out.writeShort(1).writeZero(COMPRESSOR_NAME_BYTES).writeShort(DEPTH_24_BIT).writeShort(-1);
        int avcc = Box.begin(out, "avcC");
        config.writeTo(out);
        Box.end(out, avcc);
        Box.end(out, entry);
    }

    static void write(ByteBuf out, AacConfig config) {
        int entry = Box.begin(out, "mp4a");
        out.writeZero(6).writeShort(1).writeZero(8);
        out.writeShort(channels(config) == 0 ? 2 : channels(config));
        out.writeShort(BITS_PER_SOUND_SAMPLE).writeZero(4);
        out.writeShort(config.sampleRateHz() > MAX_RATE_HZ ? 0 : config.sampleRateHz());
        out.writeShort(0);
        int esds = Box.begin(out, "esds", 0, 0);
        int specific = descriptorBytes(config.sizeBytes());
        int decoder = descriptorBytes(13 + specific);
        int sl = descriptorBytes(1);
        descriptor(out, ES_DESCRIPTOR, 3 + decoder + sl);
        out.writeShort(0).writeByte(0); // no id, no dependence
        descriptor(out, DECODER_CONFIG_DESCRIPTOR, 13 + specific);
        out.writeByte(MPEG4_AUDIO).writeByte(AUDIO_STREAM).writeMedium(0).writeInt(0).writeInt(0);
        descriptor(out, DECODER_SPECIFIC_INFO, config.sizeBytes());
        config.writeTo(out);
        descriptor(out, SL_CONFIG_DESCRIPTOR, 1);
        out.writeByte(SL_FOR_MP4);
        Box.end(out, esds);
        Box.end(out, entry);
    }

    private static int descriptorBytes(int contentBytes) {
        return 1 + (contentBytes < 128 ? 1 : 2) + contentBytes;
    }

    /** A tag, and the length in groups of seven bits; 14 are enough for any configuration. */
    private static void descriptor(ByteBuf out, int tag, int contentBytes) {
        out.writeByte(tag);
        if (contentBytes >= 128) {
            out.writeByte(0x80 | contentBytes >> 7);
        }
        out.writeByte(contentBytes & 0x7f);
    }
}

package dev.confetti.gateway.cmaf;

import dev.confetti.gateway.codec.AacConfig;
import dev.confetti.gateway.codec.AudioConfig;
import dev.confetti.gateway.codec.Av1Config;
import dev.confetti.gateway.codec.AvcConfig;
import dev.confetti.gateway.codec.HevcConfig;
import dev.confetti.gateway.codec.OpusConfig;
import dev.confetti.gateway.codec.PictureFormat;
import dev.confetti.gateway.codec.VideoConfig;
import io.netty.buffer.ByteBuf;

/**
 * What a track says of its codec: the sample entry with the decoder's configuration (ISO/IEC
 * 14496-14 and -15, and the bindings of AV1 and Opus). The one place of CMAF that tells codecs
 * apart.
 */
final class SampleEntry {
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

    static void write(ByteBuf out, VideoConfig config) {
        PictureFormat format = config.pictureFormat();
        int entry = Box.begin(out, sampleEntry(config));
        out.writeZero(6).writeShort(1).writeZero(16);
        out.writeShort(format.widthPx()).writeShort(format.heightPx());
        out.writeInt(DOTS_PER_INCH_72).writeInt(DOTS_PER_INCH_72).writeInt(0);
        out.writeShort(1).writeZero(COMPRESSOR_NAME_BYTES).writeShort(DEPTH_24_BIT).writeShort(-1);
        int box = Box.begin(out, configurationBox(config));
        config.writeTo(out);
        Box.end(out, box);
        Box.end(out, entry);
    }

    /** Those whose parameter sets are in the configuration only. */
    private static String sampleEntry(VideoConfig config) {
        return switch (config) {
            case AvcConfig _ -> "avc1";
            case HevcConfig _ -> "hvc1";
            case Av1Config _ -> "av01";
        };
    }

    private static String configurationBox(VideoConfig config) {
        return switch (config) {
            case AvcConfig _ -> "avcC";
            case HevcConfig _ -> "hvcC";
            case Av1Config _ -> "av1C";
        };
    }

    static void write(ByteBuf out, AudioConfig config) {
        switch (config) {
            case AacConfig aac -> write(out, aac);
            case OpusConfig opus -> write(out, opus);
        }
    }

    private static int soundEntry(ByteBuf out, String type, AudioConfig config) {
        int entry = Box.begin(out, type);
        out.writeZero(6).writeShort(1).writeZero(8);
        out.writeShort(config.channels() == 0 ? 2 : config.channels());
        out.writeShort(BITS_PER_SOUND_SAMPLE).writeZero(4);
        out.writeShort(config.sampleRateHz() > MAX_RATE_HZ ? 0 : config.sampleRateHz());
        out.writeShort(0);
        return entry;
    }

    /** Encapsulation of Opus in ISOBMFF, 4.3.2: OpusHead again, but with big-endian numbers. */
    private static void write(ByteBuf out, OpusConfig config) {
        int entry = soundEntry(out, "Opus", config);
        int dops = Box.begin(out, "dOps");
        out.writeByte(0).writeByte(config.channels()).writeShort(config.preSkipSamples());
        out.writeInt((int) config.inputSampleRateHz()).writeShort(config.outputGain());
        out.writeByte(config.mappingFamily()).writeBytes(config.mapping());
        Box.end(out, dops);
        Box.end(out, entry);
    }

    private static void write(ByteBuf out, AacConfig config) {
        int entry = soundEntry(out, "mp4a", config);
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

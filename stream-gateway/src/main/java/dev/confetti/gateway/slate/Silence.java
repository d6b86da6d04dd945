package dev.confetti.gateway.slate;

import dev.confetti.gateway.codec.AacConfig;
import dev.confetti.gateway.codec.AudioCodec;
import dev.confetti.gateway.codec.AudioConfig;
import dev.confetti.gateway.codec.OpusConfig;
import dev.confetti.gateway.media.Frame;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.HexFormat;

/**
 * Packets of silence for a sound track: a browser stops at the end of the sound that it has, also
 * when there are further pictures. Immutable.
 *
 * @param config what a decoder must know; the live's own wherever there is silence for it
 * @param samples of one packet, at the rate of the configuration
 */
record Silence(AudioConfig config, ByteBuf packet, int samples) {
    private static final int AAC_LC = 2;

    /** FLV's sound format 10, with the rate, size and channels that E.4.2.1 asks for. */
    private static final int AAC_FLAGS = 0xaf;

    private static final int AAC_SAMPLES = 1024;
    private static final int OPUS_SAMPLES = 960;

    /** AAC-LC, 48 kHz, stereo: ISO/IEC 14496-3, 1.6.2.1. */
    private static final String PLAIN_AAC = "1190";

    /**
     * A raw_data_block (ISO/IEC 14496-3, 4.4.2.1) of one single_channel_element with global_gain 0
     * and max_sfb 0, so that no spectrum follows, and ID_END.
     */
    private static final String AAC_MONO = "00000007";

    /** The same with a channel_pair_element whose channels have their window in common. */
    private static final String AAC_STEREO = "21000000001c";

    /** 20 ms of CELT in full band, one frame (RFC 6716, 3.1); in stereo a bit more is set. */
    private static final int OPUS_TOC = 0xf8;

    private static final int OPUS_STEREO = 0x04;

    /** A range coder's beginning whose first symbol is CELT's silence flag: 4.3. */
    private static final int OPUS_SILENT_FRAME = 0xfffe;

    /** Silence for those who hear a track. */
    static Silence of(AudioConfig live) {
        return switch (live) {
            case AacConfig aac -> aac(aac);
            case OpusConfig opus -> new Silence(opus, opusPacket(opus), OPUS_SAMPLES);
        };
    }

    /** Other than the plain profile in one or two channels, a track changes to that. */
    private static Silence aac(AacConfig live) {
        boolean plain = live.objectType() == AAC_LC && live.channels() >= 1 && live.channels() <= 2;
        AacConfig config = plain ? live : AacConfig.read(hex(PLAIN_AAC));
        return new Silence(
                config, hex(config.channels() == 1 ? AAC_MONO : AAC_STEREO), AAC_SAMPLES);
    }

    /** One packet for each stream; all but the last say their length (RFC 6716, appendix B). */
    private static ByteBuf opusPacket(OpusConfig live) {
        byte[] mapping = live.mapping();
        int streams = mapping.length == 0 ? 1 : mapping[0] & 0xff;
        int coupled = mapping.length == 0 ? live.channels() - 1 : mapping[1] & 0xff;
        ByteBuf out = Unpooled.buffer();
        for (int i = 0; i < streams; i++) {
            out.writeByte(i < coupled ? OPUS_TOC | OPUS_STEREO : OPUS_TOC);
            if (i < streams - 1) {
                out.writeByte(Short.BYTES);
            }
            out.writeShort(OPUS_SILENT_FRAME);
        }
        return out;
    }

    private static ByteBuf hex(String bytes) {
        return Unpooled.wrappedBuffer(HexFormat.of().parseHex(bytes));
    }

    /** When a packet begins, counted from 0. */
    long atMs(long number) {
        return number * samples * 1000 / config.sampleRateHz();
    }

    Frame.Audio frame() {
        int flags = config.codec() == AudioCodec.AAC ? AAC_FLAGS : 0;
        return new Frame.Audio(config.codec(), flags, packet.retainedDuplicate());
    }
}

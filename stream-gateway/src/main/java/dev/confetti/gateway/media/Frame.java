package dev.confetti.gateway.media;

import dev.confetti.gateway.amf.AmfValue;
import dev.confetti.gateway.codec.AudioCodec;
import dev.confetti.gateway.codec.VideoCodec;
import io.netty.buffer.ByteBuf;
import java.util.List;

/** One coded picture, one packet of sound, or one data message; owns one reference to its bytes. */
public sealed interface Frame {

    /** Bytes that a cache must count for it. */
    int sizeBytes();

    void release();

    /**
     * A coded picture: an access unit of H.264 or H.265, or a temporal unit of AV1.
     *
     * @param ctsMs presentation minus decoding time, may be negative
     * @param key whether decoding can start here
     * @param payload length-prefixed NAL units, without cues; for AV1, OBUs with their sizes
     * @param nalLengthBytes 1, 2 or 4; 0 for AV1
     * @param cueOffset where in the payload an SEI NAL unit may be put in, before the first slice;
     *     -1 for nowhere
     */
    record Video(
            VideoCodec codec,
            int ctsMs,
            boolean key,
            ByteBuf payload,
            int nalLengthBytes,
            int cueOffset)
            implements Frame {
        @Override
        public int sizeBytes() {
            return payload.readableBytes();
        }

        @Override
        public void release() {
            payload.release();
        }
    }

    /**
     * A packet of sound.
     *
     * @param soundFlags format, rate, size and channels as in FLV's SoundFormat byte; 0 where FLV
     *     names the codec by a FourCC
     * @param payload the raw packet
     */
    record Audio(AudioCodec codec, int soundFlags, ByteBuf payload) implements Frame {
        @Override
        public int sizeBytes() {
            return payload.readableBytes();
        }

        @Override
        public void release() {
            payload.release();
        }
    }

    /**
     * A publisher's own data message, such as {@code onTextData}; never {@code onGift}.
     *
     * @param bytes of the message as it came, for the books
     */
    record Data(String name, List<AmfValue> values, int bytes) implements Frame {
        public Data {
            values = List.copyOf(values);
        }

        @Override
        public int sizeBytes() {
            return bytes;
        }

        @Override
        public void release() {
            // holds no buffer
        }
    }
}

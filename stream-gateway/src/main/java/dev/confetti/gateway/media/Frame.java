package dev.confetti.gateway.media;

import dev.confetti.gateway.amf.AmfValue;
import io.netty.buffer.ByteBuf;
import java.util.List;

/** One coded picture, one packet of sound, or one data message; owns one reference to its bytes. */
public sealed interface Frame {

    /** Bytes that a cache must count for it. */
    int sizeBytes();

    void release();

    /**
     * An H.264 access unit.
     *
     * @param ctsMs presentation minus decoding time, may be negative
     * @param key whether decoding can start here
     * @param payload length-prefixed NAL units, without cues
     * @param nalLengthBytes 1, 2 or 4
     * @param cueOffset where in the payload an SEI NAL unit may be put in; -1 for nowhere
     */
    record Video(int ctsMs, boolean key, ByteBuf payload, int nalLengthBytes, int cueOffset)
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
     * @param soundFlags format, rate, size and channels as in FLV's SoundFormat byte
     * @param payload the raw packet
     */
    record Audio(int soundFlags, ByteBuf payload) implements Frame {
        private static final int SOUND_FORMAT_AAC = 10;

        public boolean aac() {
            return soundFlags >> 4 == SOUND_FORMAT_AAC;
        }

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

package dev.confetti.gateway.codec;

import io.netty.buffer.ByteBuf;

/** The units of AV1: AV1 Bitstream and Decoding Process Specification, 5.3. */
public final class Obus {
    /** Type 2 with a size, and the size 0. */
    private static final int TEMPORAL_DELIMITER = 0x1200;

    private Obus() {}

    /**
     * Passes over temporal delimiters, which containers with timestamps leave out (AV1 Codec ISO
     * Media File Format Binding, 2.4), but some encoders send.
     */
    public static void skipTemporalDelimiters(ByteBuf in) {
        while (in.readableBytes() >= 2
                && in.getUnsignedShort(in.readerIndex()) == TEMPORAL_DELIMITER) {
            in.skipBytes(2);
        }
    }
}

package dev.confetti.gateway.codec;

import io.netty.buffer.ByteBuf;

/** What a decoder must know before the first picture of a track. Immutable; equal by its bytes. */
public sealed interface VideoConfig permits AvcConfig, HevcConfig, Av1Config {

    VideoCodec codec();

    /** The codec and its parameters as RFC 6381 and the codec's own file format write them. */
    String codecString();

    /**
     * What the parameter sets or the sequence header say of the pictures; {@link
     * PictureFormat#UNKNOWN} where there is none or it cannot be read. The gateway decodes nothing,
     * so that is no reason to refuse a track.
     */
    PictureFormat pictureFormat();

    /** Bytes of the length before each NAL unit: 1, 2 or 4; 0 for AV1, which has none. */
    int nalLengthBytes();

    /** Bytes that {@link #writeTo} writes. */
    int sizeBytes();

    /** Writes the record as it came: {@code avcC}, {@code hvcC} or {@code av1C} without a box. */
    void writeTo(ByteBuf out);
}

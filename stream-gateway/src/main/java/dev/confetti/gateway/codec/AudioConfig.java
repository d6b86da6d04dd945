package dev.confetti.gateway.codec;

import io.netty.buffer.ByteBuf;

/** What a decoder must know before the first packet of sound. Immutable; equal by its bytes. */
public sealed interface AudioConfig permits AacConfig, OpusConfig {

    AudioCodec codec();

    /** The codec and its parameters as RFC 6381 writes them. */
    String codecString();

    int sampleRateHz();

    /** How many channels there are; 0 when they are described elsewhere. */
    int channels();

    /** Bytes that {@link #writeTo} writes. */
    int sizeBytes();

    /** Writes the record as it came: AudioSpecificConfig, or Opus's identification header. */
    void writeTo(ByteBuf out);
}

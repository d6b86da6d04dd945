package dev.confetti.gateway.codec;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The configuration of an Opus track: the identification header, RFC 7845, 5.1. Immutable. */
public final class OpusConfig implements AudioConfig {
    private static final byte[] MAGIC = "OpusHead".getBytes(StandardCharsets.US_ASCII);
    private static final int HEADER_BYTES = 19;

    /** Two bytes and a byte for each of at most 255 channels may follow. */
    private static final int MAX_HEADER_BYTES = HEADER_BYTES + 2 + 255;

    /** Instead of a decoded channel. */
    private static final int SILENCE = 255;

    /** Opus is always decoded at this rate; what was encoded may have had another. */
    private static final int DECODED_HZ = 48_000;

    private final byte[] header;

    private OpusConfig(byte[] header) {
        this.header = header;
    }

    /**
     * Reads a whole header.
     *
     * @throws MalformedMediaException when it is cut short, has another version, or its channels do
     *     not go with its mapping
     */
    public static OpusConfig read(ByteBuf in) {
        byte[] bytes = ByteBufUtil.getBytes(in);
        if (bytes.length < HEADER_BYTES || bytes.length > MAX_HEADER_BYTES) {
            throw new MalformedMediaException(
                    "Opus header of "
                            + bytes.length
                            + " bytes: expected "
                            + HEADER_BYTES
                            + " to "
                            + MAX_HEADER_BYTES);
        }
        if (!Arrays.equals(bytes, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
            throw new MalformedMediaException("Opus header: expected it to begin with OpusHead");
        }
        if ((bytes[8] & 0xf0) != 0) {
            throw new MalformedMediaException(
                    "Opus header of version " + (bytes[8] & 0xff) + ": expected 0 to 15");
        }
        int channels = bytes[9] & 0xff;
        int mapping = bytes[18] & 0xff;
        int most = mapping == 0 ? 2 : 255;
        if (channels < 1 || channels > most) {
            throw new MalformedMediaException(
                    "Opus with "
                            + channels
                            + " channels in mapping family "
                            + mapping
                            + ": expected 1 to "
                            + most);
        }
        if (mapping != 0 && bytes.length < HEADER_BYTES + 2 + channels) {
            throw new MalformedMediaException(
                    "Opus header of "
                            + bytes.length
                            + " bytes: expected a mapping of "
                            + channels
                            + " channels after byte 21");
        }
        if (mapping != 0) {
            checkMapping(bytes, channels);
        }
        return new OpusConfig(bytes);
    }

    /** A decoder makes so many streams, and takes each channel from one of them (5.1.1). */
    private static void checkMapping(byte[] bytes, int channels) {
        int streams = bytes[HEADER_BYTES] & 0xff;
        int coupled = bytes[HEADER_BYTES + 1] & 0xff;
        int decoded = streams + coupled;
        if (streams < 1 || coupled > streams || decoded > 255) {
            throw new MalformedMediaException(
                    "Opus of "
                            + streams
                            + " streams, "
                            + coupled
                            + " of them coupled: expected 1 to 255 decoded channels, and no more"
                            + " coupled streams than streams");
        }
        for (int channel = 0; channel < channels; channel++) {
            int index = bytes[HEADER_BYTES + 2 + channel] & 0xff;
            if (index >= decoded && index != SILENCE) {
                throw new MalformedMediaException(
                        "Opus channel "
                                + channel
                                + " taken from decoded channel "
                                + index
                                + ": expected 0 to "
                                + (decoded - 1)
                                + ", or 255 for silence");
            }
        }
    }

    @Override
    public AudioCodec codec() {
        return AudioCodec.OPUS;
    }

    @Override
    public String codecString() {
        return "opus";
    }

    @Override
    public int sampleRateHz() {
        return DECODED_HZ;
    }

    @Override
    public int channels() {
        return header[9] & 0xff;
    }

    /** Samples at 48 kHz that a decoder throws away at the beginning. */
    public int preSkipSamples() {
        return littleEndian().getShort(10) & 0xffff;
    }

    /** Of what was encoded; 0 when not said. */
    public long inputSampleRateHz() {
        return littleEndian().getInt(12) & 0xffff_ffffL;
    }

    /** Gain to apply when decoding, in 1/256 dB. */
    public int outputGain() {
        return littleEndian().getShort(16);
    }

    /** 0 for mono and stereo; else a table of streams and channels follows in {@link #mapping}. */
    public int mappingFamily() {
        return header[18] & 0xff;
    }

    /** Stream count, coupled count and one byte for each channel; empty for family 0. */
    public byte[] mapping() {
        return mappingFamily() == 0
                ? new byte[0]
                : Arrays.copyOfRange(header, HEADER_BYTES, HEADER_BYTES + 2 + channels());
    }

    private ByteBuffer littleEndian() {
        return ByteBuffer.wrap(header).order(ByteOrder.LITTLE_ENDIAN);
    }

    @Override
    public int sizeBytes() {
        return header.length;
    }

    @Override
    public void writeTo(ByteBuf out) {
        out.writeBytes(header);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof OpusConfig opus && Arrays.equals(header, opus.header);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(header);
    }
}

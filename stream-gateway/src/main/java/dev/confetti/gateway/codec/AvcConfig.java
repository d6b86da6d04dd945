package dev.confetti.gateway.codec;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The configuration of an H.264 track: AVCDecoderConfigurationRecord, ISO/IEC 14496-15, 5.3.3.1.
 * Immutable.
 */
public final class AvcConfig implements VideoConfig {
    /** A real record has some tens of bytes; 31 parameter sets of 2 KB each would still fit. */
    static final int MAX_RECORD_BYTES = 65_535;

    private final byte[] configRecord;
    private final int nalLengthBytes;
    private final List<ByteSpan> sequenceParameterSets;
    private final List<ByteSpan> pictureParameterSets;
    private final PictureFormat pictureFormat;

    private record ByteSpan(int offset, int length) {}

    private AvcConfig(
            byte[] configRecord,
            int nalLengthBytes,
            List<ByteSpan> sequenceParameterSets,
            List<ByteSpan> pictureParameterSets,
            PictureFormat pictureFormat) {
        this.configRecord = configRecord;
        this.nalLengthBytes = nalLengthBytes;
        this.sequenceParameterSets = sequenceParameterSets;
        this.pictureParameterSets = pictureParameterSets;
        this.pictureFormat = pictureFormat;
    }

    /**
     * Reads a whole record; what follows the parameter sets (chroma format and such) is kept as it
     * is.
     *
     * @throws MalformedMediaException when a length points outside the record
     */
    public static AvcConfig read(ByteBuf in) {
        if (in.readableBytes() < 7 || in.readableBytes() > MAX_RECORD_BYTES) {
            throw new MalformedMediaException(
                    "H.264 configuration of "
                            + in.readableBytes()
                            + " bytes: expected 7 to "
                            + MAX_RECORD_BYTES);
        }
        byte[] bytes = ByteBufUtil.getBytes(in);
        if (bytes[0] != 1) {
            throw new MalformedMediaException(
                    "H.264 configuration of version " + bytes[0] + ": expected 1");
        }
        int nalLengthBytes = (bytes[4] & 3) + 1;
        if (nalLengthBytes == 3) {
            throw new MalformedMediaException("NAL length of 3 bytes: expected 1, 2 or 4");
        }
        List<ByteSpan> sps = new ArrayList<>();
        int at = parameterSets(bytes, 6, bytes[5] & 31, sps);
        if (at >= bytes.length) {
            throw new MalformedMediaException(
                    "H.264 configuration of "
                            + bytes.length
                            + " bytes: expected picture parameter sets after byte "
                            + at);
        }
        List<ByteSpan> pps = new ArrayList<>();
        parameterSets(bytes, at + 1, bytes[at] & 0xff, pps);
        return new AvcConfig(bytes, nalLengthBytes, sps, pps, format(bytes, sps));
    }

    private static PictureFormat format(byte[] bytes, List<ByteSpan> sets) {
        if (sets.isEmpty()) {
            return PictureFormat.UNKNOWN;
        }
        ByteSpan sps = sets.getFirst();
        try {
            return AvcSps.read(
                    Arrays.copyOfRange(bytes, sps.offset(), sps.offset() + sps.length()));
        } catch (MalformedMediaException e) {
            return PictureFormat.UNKNOWN;
        }
    }

    private static int parameterSets(byte[] bytes, int start, int count, List<ByteSpan> sets) {
        int at = start;
        for (int i = 0; i < count; i++) {
            if (at + 2 > bytes.length) {
                throw new MalformedMediaException(
                        "H.264 configuration of "
                                + bytes.length
                                + " bytes: expected "
                                + count
                                + " parameter sets, it ends inside number "
                                + (i + 1));
            }
            int length = (bytes[at] & 0xff) << 8 | (bytes[at + 1] & 0xff);
            if (at + 2 + length > bytes.length) {
                throw new MalformedMediaException(
                        "H.264 parameter set of "
                                + length
                                + " bytes: expected at most the "
                                + (bytes.length - at - 2)
                                + " that are left in the record");
            }
            sets.add(new ByteSpan(at + 2, length));
            at += 2 + length;
        }
        return at;
    }

    @Override
    public int nalLengthBytes() {
        return nalLengthBytes;
    }

    @Override
    public VideoCodec codec() {
        return VideoCodec.AVC;
    }

    /** RFC 6381, 3.3, such as {@code avc1.64001f}: profile, constraints and level. */
    @Override
    public String codecString() {
        return "avc1.%02x%02x%02x".formatted(configRecord[1], configRecord[2], configRecord[3]);
    }

    @Override
    public PictureFormat pictureFormat() {
        return pictureFormat;
    }

    public int profile() {
        return configRecord[1] & 0xff;
    }

    public int level() {
        return configRecord[3] & 0xff;
    }

    public int sequenceParameterSets() {
        return sequenceParameterSets.size();
    }

    public int pictureParameterSets() {
        return pictureParameterSets.size();
    }

    @Override
    public int sizeBytes() {
        return configRecord.length;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof AvcConfig config
                && Arrays.equals(configRecord, config.configRecord);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(configRecord);
    }

    @Override
    public void writeTo(ByteBuf out) {
        out.writeBytes(configRecord);
    }
}

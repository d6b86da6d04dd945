package dev.confetti.gateway.codec;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The configuration of an AV1 track: AV1CodecConfigurationRecord, AV1 Codec ISO Media File Format
 * Binding 1.2, 2.3. Immutable.
 */
public final class Av1Config implements VideoConfig {
    static final int MAX_RECORD_BYTES = 65_535;

    private static final int HEADER_BYTES = 4;
    private static final int MARKER_AND_VERSION = 0x81;

    private final byte[] configRecord;
    private final PictureFormat pictureFormat;

    private Av1Config(byte[] configRecord, PictureFormat pictureFormat) {
        this.configRecord = configRecord;
        this.pictureFormat = pictureFormat;
    }

    /**
     * Reads a whole record. The OBUs in it are kept as they are: a sequence header that cannot be
     * read leaves the size unknown.
     *
     * @throws MalformedMediaException when it has another version or is too short
     */
    public static Av1Config read(ByteBuf in) {
        if (in.readableBytes() < HEADER_BYTES || in.readableBytes() > MAX_RECORD_BYTES) {
            throw new MalformedMediaException(
                    "AV1 configuration of "
                            + in.readableBytes()
                            + " bytes: expected "
                            + HEADER_BYTES
                            + " to "
                            + MAX_RECORD_BYTES);
        }
        byte[] bytes = ByteBufUtil.getBytes(in);
        if ((bytes[0] & 0xff) != MARKER_AND_VERSION) {
            throw new MalformedMediaException(
                    "AV1 configuration begins with %02x: expected 81 (version 1)"
                            .formatted(bytes[0]));
        }
        return new Av1Config(bytes, format(Arrays.copyOfRange(bytes, HEADER_BYTES, bytes.length)));
    }

    private static PictureFormat format(byte[] obus) {
        try {
            return Av1SequenceHeader.read(obus);
        } catch (MalformedMediaException e) {
            return PictureFormat.UNKNOWN;
        }
    }

    @Override
    public VideoCodec codec() {
        return VideoCodec.AV1;
    }

    /** AV1 Codec ISO Media File Format Binding 1.2, 5, such as {@code av01.0.04M.08}. */
    @Override
    public String codecString() {
        int profile = (configRecord[1] & 0xff) >> 5;
        boolean highBitDepth = (configRecord[2] & 0x40) != 0;
        boolean twelveBit = (configRecord[2] & 0x20) != 0;
        int bitDepth = !highBitDepth ? 8 : profile == 2 && twelveBit ? 12 : 10;
        return "av01.%d.%02d%s.%02d"
                .formatted(
                        profile,
                        configRecord[1] & 31,
                        (configRecord[2] & 0x80) == 0 ? "M" : "H",
                        bitDepth);
    }

    @Override
    public PictureFormat pictureFormat() {
        return pictureFormat;
    }

    @Override
    public int nalLengthBytes() {
        return 0;
    }

    @Override
    public int sizeBytes() {
        return configRecord.length;
    }

    @Override
    public void writeTo(ByteBuf out) {
        out.writeBytes(configRecord);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Av1Config config
                && Arrays.equals(configRecord, config.configRecord);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(configRecord);
    }
}

package dev.confetti.gateway.codec;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The configuration of an H.265 track: HEVCDecoderConfigurationRecord, ISO/IEC 14496-15, 8.3.3.1.
 * Immutable.
 */
public final class HevcConfig implements VideoConfig {
    static final int MAX_RECORD_BYTES = 65_535;

    private static final int HEADER_BYTES = 23;
    private static final String[] PROFILE_SPACES = {"", "A", "B", "C"};

    private final byte[] configRecord;
    private final PictureFormat pictureFormat;

    private HevcConfig(byte[] configRecord, PictureFormat pictureFormat) {
        this.configRecord = configRecord;
        this.pictureFormat = pictureFormat;
    }

    /**
     * Reads a whole record.
     *
     * @throws MalformedMediaException when a length points outside the record
     */
    public static HevcConfig read(ByteBuf in) {
        if (in.readableBytes() < HEADER_BYTES || in.readableBytes() > MAX_RECORD_BYTES) {
            throw new MalformedMediaException(
                    "H.265 configuration of "
                            + in.readableBytes()
                            + " bytes: expected "
                            + HEADER_BYTES
                            + " to "
                            + MAX_RECORD_BYTES);
        }
        byte[] bytes = ByteBufUtil.getBytes(in);
        // Drafts of the format, which some encoders still write, say 0.
        if (bytes[0] != 1 && bytes[0] != 0) {
            throw new MalformedMediaException(
                    "H.265 configuration of version " + bytes[0] + ": expected 1");
        }
        if ((bytes[21] & 3) == 2) {
            throw new MalformedMediaException("NAL length of 3 bytes: expected 1, 2 or 4");
        }
        return new HevcConfig(bytes, parameterSets(bytes));
    }

    /** Walks all parameter sets; the first SPS says the format. */
    private static PictureFormat parameterSets(byte[] bytes) {
        PictureFormat format = null;
        int at = HEADER_BYTES;
        for (int array = 0; array < (bytes[22] & 0xff); array++) {
            if (at + 3 > bytes.length) {
                throw new MalformedMediaException(
                        "H.265 configuration of "
                                + bytes.length
                                + " bytes: expected "
                                + (bytes[22] & 0xff)
                                + " arrays, it ends before number "
                                + (array + 1));
            }
            int type = bytes[at] & 63;
            int count = (bytes[at + 1] & 0xff) << 8 | (bytes[at + 2] & 0xff);
            at += 3;
            for (int i = 0; i < count; i++) {
                int length =
                        at + 2 > bytes.length
                                ? bytes.length
                                : (bytes[at] & 0xff) << 8 | (bytes[at + 1] & 0xff);
                if (at + 2 + length > bytes.length) {
                    throw new MalformedMediaException(
                            "H.265 parameter set of "
                                    + length
                                    + " bytes: expected at most the "
                                    + Math.max(0, bytes.length - at - 2)
                                    + " that are left in the record");
                }
                if (type == HevcSps.NAL_TYPE && format == null) {
                    format = format(Arrays.copyOfRange(bytes, at + 2, at + 2 + length));
                }
                at += 2 + length;
            }
        }
        return format == null ? PictureFormat.UNKNOWN : format;
    }

    private static PictureFormat format(byte[] sps) {
        try {
            return HevcSps.read(sps);
        } catch (MalformedMediaException e) {
            return PictureFormat.UNKNOWN;
        }
    }

    @Override
    public int nalLengthBytes() {
        return (configRecord[21] & 3) + 1;
    }

    @Override
    public VideoCodec codec() {
        return VideoCodec.HEVC;
    }

    /** ISO/IEC 14496-15, E.3, such as {@code hvc1.1.6.L93.B0}. */
    @Override
    public String codecString() {
        int profile = configRecord[1] & 0xff;
        int compatibility =
                (configRecord[2] & 0xff) << 24
                        | (configRecord[3] & 0xff) << 16
                        | (configRecord[4] & 0xff) << 8
                        | (configRecord[5] & 0xff);
        StringBuilder text =
                new StringBuilder("hvc1.")
                        .append(PROFILE_SPACES[profile >> 6])
                        .append(profile & 31)
                        .append('.')
                        .append(hex(Integer.reverse(compatibility)))
                        .append((profile & 32) == 0 ? ".L" : ".H")
                        .append(configRecord[12] & 0xff);
        int last = 11;
        while (last >= 6 && configRecord[last] == 0) {
            last--;
        }
        for (int i = 6; i <= last; i++) {
            text.append('.').append(hex(configRecord[i] & 0xff));
        }
        return text.toString();
    }

    private static String hex(int value) {
        return "%X".formatted(value);
    }

    @Override
    public PictureFormat pictureFormat() {
        return pictureFormat;
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
        return other instanceof HevcConfig config
                && Arrays.equals(configRecord, config.configRecord);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(configRecord);
    }
}

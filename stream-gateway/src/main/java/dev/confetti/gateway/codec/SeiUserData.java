package dev.confetti.gateway.codec;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An SEI NAL unit that holds one {@code user_data_unregistered} message: ITU-T H.264, 7.3.2.3 and
 * D.1.7; ITU-T H.265, 7.3.2.4 and D.2.7. The two differ in the header alone.
 *
 * @param uuid says whose data it is
 * @param data free bytes
 */
@SuppressWarnings("ArrayRecordComponent") // raw bytes; equality is not used
public record SeiUserData(UUID uuid, byte[] data) {
    private static final int PAYLOAD_TYPE_USER_DATA_UNREGISTERED = 5;
    private static final int UUID_BYTES = 16;

    /** What comes after the NAL unit's header, with emulation prevention. */
    public byte[] toNalPayload() {
        int payloadBytes = UUID_BYTES + data.length;
        ByteBuffer rbsp = ByteBuffer.allocate(2 + payloadBytes / 255 + payloadBytes + 1);
        rbsp.put((byte) PAYLOAD_TYPE_USER_DATA_UNREGISTERED);
        int left = payloadBytes;
        for (; left >= 255; left -= 255) {
            rbsp.put((byte) 255);
        }
        rbsp.put((byte) left);
        rbsp.put(bytes(uuid)).put(data);
        rbsp.put((byte) 0x80);
        return EmulationPrevention.add(rbsp.array());
    }

    /**
     * Reads a NAL unit whose first SEI message is {@code user_data_unregistered}; null when it is
     * something else or is cut short.
     */
    public static @Nullable SeiUserData fromNalUnit(VideoCodec codec, byte[] nalUnit) {
        int headerBytes = NalUnits.headerBytes(codec);
        if (nalUnit.length < headerBytes || !NalUnits.isSei(codec, nalUnit[0])) {
            return null;
        }
        byte[] rbsp = EmulationPrevention.remove(nalUnit, headerBytes);
        if (rbsp.length < 2 || rbsp[0] != PAYLOAD_TYPE_USER_DATA_UNREGISTERED) {
            return null;
        }
        int at = 1;
        int payloadBytes = 0;
        while (at < rbsp.length && (rbsp[at] & 0xff) == 255) {
            payloadBytes += 255;
            at++;
        }
        if (at >= rbsp.length) {
            return null;
        }
        payloadBytes += rbsp[at++] & 0xff;
        if (payloadBytes < UUID_BYTES || at + payloadBytes > rbsp.length) {
            return null;
        }
        ByteBuffer id = ByteBuffer.wrap(rbsp, at, UUID_BYTES);
        return new SeiUserData(
                new UUID(id.getLong(), id.getLong()),
                Arrays.copyOfRange(rbsp, at + UUID_BYTES, at + payloadBytes));
    }

    static byte[] bytes(UUID uuid) {
        return ByteBuffer.allocate(UUID_BYTES)
                .putLong(uuid.getMostSignificantBits())
                .putLong(uuid.getLeastSignificantBits())
                .array();
    }
}

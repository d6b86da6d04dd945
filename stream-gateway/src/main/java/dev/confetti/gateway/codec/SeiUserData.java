package dev.confetti.gateway.codec;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An SEI NAL unit that holds one {@code user_data_unregistered} message: ITU-T H.264, 7.3.2.3 and
 * D.1.7.
 *
 * @param uuid says whose data it is
 * @param data free bytes
 */
@SuppressWarnings("ArrayRecordComponent") // raw bytes; equality is not used
public record SeiUserData(UUID uuid, byte[] data) {
    private static final int NAL_TYPE_SEI = 6;
    private static final int PAYLOAD_TYPE_USER_DATA_UNREGISTERED = 5;
    private static final int UUID_BYTES = 16;

    /** The NAL unit with emulation prevention, without start code or length. */
    public byte[] toNalUnit() {
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
        byte[] payload = EmulationPrevention.add(rbsp.array());
        return ByteBuffer.allocate(1 + payload.length)
                .put((byte) NAL_TYPE_SEI)
                .put(payload)
                .array();
    }

    /**
     * Reads a NAL unit whose first SEI message is {@code user_data_unregistered}; null when it is
     * something else or is cut short.
     */
    public static @Nullable SeiUserData fromNalUnit(byte[] nalUnit) {
        if (nalUnit.length < 1 || (nalUnit[0] & 31) != NAL_TYPE_SEI) {
            return null;
        }
        byte[] rbsp = EmulationPrevention.remove(nalUnit, 1);
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

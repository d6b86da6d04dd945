package dev.confetti.gift.log;

import dev.confetti.events.LogRecord;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The chain over the log: each row's hash covers the hash before it and the row, so that a changed
 * byte anywhere breaks every hash from there on.
 *
 * <p>A row's hash is SHA-256 over these bytes, one after the other, numbers big-endian:
 *
 * <pre>
 *  1  version of this encoding, 1
 * 32  hash of the row before; zeros before position 1
 *  8  position
 * 16  event_id
 *  *  stream_type    each of variable length is its length in 4 bytes, then its bytes;
 *  *  stream_id      text is UTF-8; null is the length −1
 *  8  sequence
 *  *  type
 *  *  payload
 *  *  metadata
 *  8  occurred_at    microseconds since 1970-01-01T00:00:00Z
 *  8  recorded_at    likewise
 * </pre>
 *
 * <p>Not thread-safe: it reuses its buffers.
 */
final class LogHash {
    static final int BYTES = 32;

    private static final byte VERSION = 1;

    private final MessageDigest sha256;
    private ByteBuffer scratch = ByteBuffer.allocate(1_024);

    LogHash() {
        try {
            sha256 = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** The hash that stands before position 1. */
    static byte[] genesis() {
        return new byte[BYTES];
    }

    /** The hash of a row that follows the row with the given hash. */
    byte[] next(byte[] previous, LogRecord row, byte @Nullable [] metadata) {
        byte[] streamType = row.streamType().getBytes(StandardCharsets.UTF_8);
        byte[] streamId = row.streamId().getBytes(StandardCharsets.UTF_8);
        byte[] type = row.type().getBytes(StandardCharsets.UTF_8);
        int texts = streamType.length + streamId.length + type.length;
        int blobs = row.payload().length + (metadata == null ? 0 : metadata.length);
        ByteBuffer bytes = scratch(1 + BYTES + 8 + 16 + 8 + 8 + 8 + 5 * 4 + texts + blobs);
        bytes.put(VERSION).put(previous).putLong(row.position());
        bytes.putLong(row.eventId().getMostSignificantBits());
        bytes.putLong(row.eventId().getLeastSignificantBits());
        put(bytes, streamType);
        put(bytes, streamId);
        bytes.putLong(row.sequence());
        put(bytes, type);
        put(bytes, row.payload());
        put(bytes, metadata);
        bytes.putLong(micros(row.occurredAt())).putLong(micros(row.recordedAt()));
        sha256.update(bytes.flip());
        return sha256.digest();
    }

    /** Microseconds since 1970; what is finer is cut off, as PostgreSQL does not keep it. */
    static long micros(Instant instant) {
        return Math.addExact(
                Math.multiplyExact(instant.getEpochSecond(), 1_000_000L),
                instant.getNano() / 1_000);
    }

    private ByteBuffer scratch(int bytes) {
        if (scratch.capacity() < bytes) {
            scratch = ByteBuffer.allocate(Math.max(bytes, 2 * scratch.capacity()));
        }
        return scratch.clear();
    }

    private static void put(ByteBuffer to, byte @Nullable [] bytes) {
        if (bytes == null) {
            to.putInt(-1);
        } else {
            to.putInt(bytes.length).put(bytes);
        }
    }
}

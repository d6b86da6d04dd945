package dev.confetti.ledger.journal;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.UUID;

/** Rows in the binary format of PostgreSQL's COPY. Not thread-safe. */
final class CopyBuffer {
    private static final byte[] HEADER = {
        'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xff, '\r', '\n', 0, 0, 0, 0, 0, 0, 0, 0, 0
    };
    private static final int BIGINT_OID = 20;

    /** Seconds from 1970 to 2000, where PostgreSQL's time starts. */
    private static final long POSTGRES_EPOCH_SECONDS = 946_684_800L;

    private ByteBuffer bytes = ByteBuffer.allocate(1 << 12);

    CopyBuffer() {
        bytes.put(HEADER);
    }

    void row(int columns) {
        room(Short.BYTES).putShort((short) columns);
    }

    void nothing() {
        room(Integer.BYTES).putInt(-1);
    }

    void bigint(long value) {
        room(Integer.BYTES + Long.BYTES).putInt(Long.BYTES).putLong(value);
    }

    void smallint(int value) {
        room(Integer.BYTES + Short.BYTES).putInt(Short.BYTES).putShort((short) value);
    }

    void uuid(UUID value) {
        room(Integer.BYTES + 2 * Long.BYTES)
                .putInt(2 * Long.BYTES)
                .putLong(value.getMostSignificantBits())
                .putLong(value.getLeastSignificantBits());
    }

    void instant(Instant value) {
        bigint(EntryHasher.micros(value) - POSTGRES_EPOCH_SECONDS * 1_000_000L);
    }

    void text(String value) {
        bytea(value.getBytes(StandardCharsets.UTF_8));
    }

    void bytea(byte[] value) {
        room(Integer.BYTES + value.length).putInt(value.length).put(value);
    }

    /** One dimension, no nulls, indexes from 1. */
    void bigints(long[] values) {
        int each = Integer.BYTES + Long.BYTES;
        int size = 5 * Integer.BYTES + each * values.length;
        room(Integer.BYTES + size)
                .putInt(size)
                .putInt(1)
                .putInt(0)
                .putInt(BIGINT_OID)
                .putInt(values.length)
                .putInt(1);
        for (long value : values) {
            bytes.putInt(Long.BYTES).putLong(value);
        }
    }

    /** Ends the rows and hands all bytes over. */
    void finish(OutputStream target) throws IOException {
        room(Short.BYTES).putShort((short) -1);
        target.write(bytes.array(), 0, bytes.position());
    }

    private ByteBuffer room(int more) {
        if (bytes.remaining() < more) {
            int size = Math.max(Math.multiplyExact(2, bytes.capacity()), bytes.position() + more);
            bytes = ByteBuffer.wrap(Arrays.copyOf(bytes.array(), size)).position(bytes.position());
        }
        return bytes;
    }
}

package dev.confetti.ledger.journal;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;

/** Rows in the binary format of PostgreSQL's COPY. Not thread-safe. */
final class CopyBuffer {
    private static final byte[] HEADER = {
        'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xff, '\r', '\n', 0, 0, 0, 0, 0, 0, 0, 0, 0
    };
    private static final int BIGINT_OID = 20;

    /** Seconds from 1970 to 2000, where PostgreSQL's time starts. */
    private static final long POSTGRES_EPOCH_SECONDS = 946_684_800L;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(1 << 16);
    private final DataOutputStream out = new DataOutputStream(bytes);

    CopyBuffer() {
        write(o -> o.write(HEADER));
    }

    void row(int columns) {
        write(o -> o.writeShort(columns));
    }

    void nothing() {
        write(o -> o.writeInt(-1));
    }

    void bigint(long value) {
        write(
                o -> {
                    o.writeInt(Long.BYTES);
                    o.writeLong(value);
                });
    }

    void smallint(int value) {
        write(
                o -> {
                    o.writeInt(Short.BYTES);
                    o.writeShort(value);
                });
    }

    void uuid(UUID value) {
        write(
                o -> {
                    o.writeInt(2 * Long.BYTES);
                    o.writeLong(value.getMostSignificantBits());
                    o.writeLong(value.getLeastSignificantBits());
                });
    }

    void instant(Instant value) {
        bigint(EntryHasher.micros(value) - POSTGRES_EPOCH_SECONDS * 1_000_000L);
    }

    void text(String value) {
        bytea(value.getBytes(StandardCharsets.UTF_8));
    }

    void bytea(byte[] value) {
        write(
                o -> {
                    o.writeInt(value.length);
                    o.write(value);
                });
    }

    /** One dimension, no nulls, indexes from 1. */
    void bigints(long[] values) {
        write(
                o -> {
                    o.writeInt(20 + 12 * values.length);
                    o.writeInt(1);
                    o.writeInt(0);
                    o.writeInt(BIGINT_OID);
                    o.writeInt(values.length);
                    o.writeInt(1);
                    for (long value : values) {
                        o.writeInt(Long.BYTES);
                        o.writeLong(value);
                    }
                });
    }

    /** Ends the rows and hands all bytes over. */
    void finish(OutputStream target) throws IOException {
        out.writeShort(-1);
        bytes.writeTo(target);
    }

    private void write(Write write) {
        try {
            write.to(out);
        } catch (IOException e) {
            throw new UncheckedIOException("expected memory to take every byte", e);
        }
    }

    @FunctionalInterface
    private interface Write {
        void to(DataOutputStream out) throws IOException;
    }
}

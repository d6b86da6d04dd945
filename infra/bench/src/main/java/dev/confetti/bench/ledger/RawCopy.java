package dev.confetti.bench.ledger;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/**
 * The limit of the database: ten narrow rows a gift by binary COPY (PostgreSQL 18, "COPY", Binary
 * Format), ten thousand gifts a commit, without an index or anything that follows from them.
 */
final class RawCopy {
    private static final int GIFTS_A_COMMIT = 10_000;
    private static final int POSTINGS_A_GIFT = 10;
    private static final int ROW_BYTES = 2 + 4 + 8 + 4 + 8 + 4 + 2 + 4 + 8;
    private static final byte[] SIGNATURE =
            "PGCOPY\n\u00ff\r\n\0".getBytes(StandardCharsets.ISO_8859_1);
    private static final int FLAGS_AND_EXTENSION_BYTES = 8;
    private static final short TRAILER = -1;
    private static final short COLUMNS = 4;

    private final Connection connection;
    private final ByteBuffer rows =
            ByteBuffer.allocate(GIFTS_A_COMMIT * POSTINGS_A_GIFT * ROW_BYTES);
    private long gifts;

    RawCopy(Connection connection) throws SQLException {
        this.connection = connection;
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.execute(
                    "create table raw_posting (entry_id bigint, account_id bigint, side smallint,"
                            + " amount bigint)");
        }
        connection.commit();
    }

    /** Commits the next ten thousand gifts; returns how many there are now. */
    long commitBatch() throws SQLException {
        rows.clear();
        for (int gift = 0; gift < GIFTS_A_COMMIT; gift++) {
            gifts++;
            for (int posting = 0; posting < POSTINGS_A_GIFT; posting++) {
                rows.putShort(COLUMNS);
                rows.putInt(Long.BYTES).putLong(gifts);
                rows.putInt(Long.BYTES).putLong(posting);
                rows.putInt(Short.BYTES).putShort((short) (posting & 1));
                rows.putInt(Long.BYTES).putLong(gifts % 99 + 1);
            }
        }
        CopyIn copy =
                connection
                        .unwrap(PGConnection.class)
                        .getCopyAPI()
                        .copyIn("copy raw_posting from stdin (format binary)");
        copy.writeToCopy(header(), 0, SIGNATURE.length + FLAGS_AND_EXTENSION_BYTES);
        copy.writeToCopy(rows.array(), 0, rows.position());
        copy.writeToCopy(
                ByteBuffer.allocate(Short.BYTES).putShort(TRAILER).array(), 0, Short.BYTES);
        copy.endCopy();
        connection.commit();
        return gifts;
    }

    private static byte[] header() {
        return ByteBuffer.allocate(SIGNATURE.length + FLAGS_AND_EXTENSION_BYTES)
                .put(SIGNATURE)
                .array();
    }
}

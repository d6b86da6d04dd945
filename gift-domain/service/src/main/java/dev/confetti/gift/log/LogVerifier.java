package dev.confetti.gift.log;

import dev.confetti.events.LogRecord;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Proves the event log: positions without gaps, recorded times that never step back, the chain of
 * hashes from the first row to the head, and the seals of closed months.
 *
 * <p>It reads page by page, without a transaction over the whole, so that it holds nothing up and
 * rows may be appended meanwhile.
 */
public final class LogVerifier {
    private static final int PAGE_ROWS = 5_000;
    private static final String PAGE =
            "select position, event_id, stream_type, stream_id, sequence, type, payload,"
                    + " occurred_at, recorded_at, metadata, hash from domain.event_log"
                    + " where position >= ? and position <= ? order by position limit "
                    + PAGE_ROWS;
    private static final String BEYOND_HEAD =
            "select min(position) from domain.event_log where position < 1 or position >"
                    + " (select position from domain.log_head)";

    private final DataSource database;

    public LogVerifier(DataSource database) {
        this.database = database;
    }

    /**
     * What the verifier found.
     *
     * @param rows how many rows hold, from position 1
     * @param headHash the hash of the last of them, in hexadecimal; tells any two logs apart
     * @param fault the first that does not hold
     */
    public record Report(long rows, String headHash, Optional<Fault> fault) {
        public boolean holds() {
            return fault.isEmpty();
        }
    }

    /**
     * The first place where the log does not hold.
     *
     * @param position the position that was looked at
     * @param what what was found there and what was expected
     */
    public record Fault(long position, String what) {}

    /** Verifies up to the head as of now. */
    public Report verify() throws SQLException {
        try (Connection connection = database.getConnection()) {
            return verify(connection);
        }
    }

    private static Report verify(Connection connection) throws SQLException {
        Walk walk = new Walk();
        long head = head(connection);
        Fault fault = null;
        while (fault == null && walk.position < head) {
            try (PreparedStatement query = connection.prepareStatement(PAGE)) {
                query.setLong(1, walk.position + 1);
                query.setLong(2, head);
                try (ResultSet row = query.executeQuery()) {
                    boolean any = false;
                    while (fault == null && row.next()) {
                        any = true;
                        fault = walk.step(row, connection);
                    }
                    if (!any) {
                        fault =
                                new Fault(
                                        walk.position + 1,
                                        "no row: expected rows up to the head at " + head);
                    }
                }
            }
        }
        if (fault == null) {
            fault = beyondHead(connection);
        }
        return new Report(
                walk.position, HexFormat.of().formatHex(walk.hash), Optional.ofNullable(fault));
    }

    private static long head(Connection connection) throws SQLException {
        try (PreparedStatement query =
                        connection.prepareStatement("select position from domain.log_head");
                ResultSet row = query.executeQuery()) {
            if (!row.next()) {
                throw new SQLException("domain.log_head is empty: expected its one row");
            }
            return row.getLong(1);
        }
    }

    private static @Nullable Fault beyondHead(Connection connection) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(BEYOND_HEAD);
                ResultSet row = query.executeQuery()) {
            row.next();
            long position = row.getLong(1);
            return row.wasNull()
                    ? null
                    : new Fault(position, "a row: expected none beyond the head in log_head");
        }
    }

    /** How far the verification has come. */
    private static final class Walk {
        private final LogHash chain = new LogHash();
        private long position;
        private byte[] hash = LogHash.genesis();
        private Instant recordedAt = Instant.MIN;

        private @Nullable Fault step(ResultSet row, Connection connection) throws SQLException {
            LogRecord record = LogQueries.record(row);
            if (record.position() != position + 1) {
                return new Fault(
                        position + 1, "no row: expected one before position " + record.position());
            }
            if (record.recordedAt().isBefore(recordedAt)) {
                return new Fault(
                        record.position(),
                        "recorded at "
                                + record.recordedAt()
                                + ": expected "
                                + recordedAt
                                + " or later");
            }
            byte[] expected = chain.next(hash, record, row.getBytes("metadata"));
            if (!Arrays.equals(expected, row.getBytes("hash"))) {
                return new Fault(
                        record.position(),
                        "its hash does not follow from the row before and its own content: one of"
                                + " its bytes was changed");
            }
            String broken = Seals.fault(connection, record);
            if (broken != null) {
                return new Fault(record.position(), broken);
            }
            position = record.position();
            hash = expected;
            recordedAt = record.recordedAt();
            return null;
        }
    }
}

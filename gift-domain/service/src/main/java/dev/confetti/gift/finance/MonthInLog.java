package dev.confetti.gift.finance;

import dev.confetti.gift.log.GiftDatabase;
import dev.confetti.gift.log.LogUnavailableException;
import dev.confetti.gift.log.Rows;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Where a month ends in the log.
 *
 * @param nothingBefore whatever is appended from now on is recorded at this instant or after it
 * @param throughPosition the last position that was recorded before the month's end; 0 for none
 * @param logHash the log's hash there, in hexadecimal
 * @param firstMonth in which the log begins; null while it is empty
 */
record MonthInLog(
        Instant nothingBefore,
        long throughPosition,
        String logHash,
        @Nullable YearMonth firstMonth) {

    /**
     * The log's time moves up to ours, under the lock that all appends take: once that is past the
     * month's end, nothing can be recorded in the month any more, whatever other instances' clocks
     * say.
     */
    private static final String NOTHING_BEFORE =
            """
            update domain.log_head set recorded_at = greatest(recorded_at, ?)
            returning position, recorded_at
            """;

    private static final String RECORDED_AT =
            "select recorded_at from domain.event_log where position = ?";
    private static final String HASH =
            "select encode(hash, 'hex') from domain.event_log where position = ?";

    /** The hash that stands before position 1. */
    private static final String GENESIS = "0".repeat(64);

    /**
     * Looks for it.
     *
     * @param now by our clock
     * @throws LogUnavailableException when the database fails
     */
    static MonthInLog find(GiftDatabase database, YearMonth month, Instant now) {
        try (Connection connection = database.dataSource().getConnection()) {
            Head head =
                    Rows.read(connection, NOTHING_BEFORE, Head::of, now.atOffset(ZoneOffset.UTC))
                            .getFirst();
            long through = lastBefore(connection, Months.end(month), head.position());
            return new MonthInLog(
                    head.recordedAt(),
                    through,
                    through == 0
                            ? GENESIS
                            : one(Rows.read(connection, HASH, row -> row.getString(1), through)),
                    head.position() == 0 ? null : Months.of(recordedAt(connection, 1)));
        } catch (SQLException e) {
            throw new LogUnavailableException("the log's months cannot be read", false, e);
        }
    }

    private record Head(long position, Instant recordedAt) {
        static Head of(ResultSet row) throws SQLException {
            return new Head(
                    row.getLong("position"),
                    Objects.requireNonNull(Rows.instant(row, "recorded_at")));
        }
    }

    /** By halves: recorded times never decrease with positions, and no position is missing. */
    private static long lastBefore(Connection connection, Instant end, long head)
            throws SQLException {
        long before = 0;
        long notBefore = head + 1;
        while (notBefore - before > 1) {
            long middle = before + (notBefore - before) / 2;
            if (recordedAt(connection, middle).isBefore(end)) {
                before = middle;
            } else {
                notBefore = middle;
            }
        }
        return before;
    }

    private static Instant recordedAt(Connection connection, long position) throws SQLException {
        return one(
                Rows.read(
                        connection,
                        RECORDED_AT,
                        row -> Objects.requireNonNull(Rows.instant(row, "recorded_at")),
                        position));
    }

    private static <T> T one(List<T> rows) throws SQLException {
        if (rows.size() != 1) {
            throw new SQLException("domain.event_log: expected one row, found " + rows.size());
        }
        return rows.getFirst();
    }
}

package dev.confetti.ledger.journal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/**
 * The month that is being booked: sees that each month's partition is there before the first entry
 * of it. For the one writer; not thread-safe.
 */
final class OpenMonth {
    private Instant ends = Instant.MIN;

    /** Starts from what the database has. */
    void forget() {
        ends = Instant.MIN;
    }

    /** The partitions that these entries need and may find missing. */
    List<First> begun(List<JournalEntry> entries) {
        // Times never decrease, so one look tells of the usual batch that it needs none.
        if (entries.isEmpty() || entries.getLast().recordedAt().isBefore(ends)) {
            return List.of();
        }
        List<First> begun = new ArrayList<>();
        for (JournalEntry entry : entries) {
            if (!entry.recordedAt().isBefore(ends)) {
                YearMonth month = YearMonth.from(entry.recordedAt().atOffset(ZoneOffset.UTC));
                begun.add(new First(month, entry.position()));
                ends = beginOf(month.plusMonths(1)).toInstant();
            }
        }
        return begun;
    }

    /** An entry that may be the first of its month. */
    record First(YearMonth month, long entryId) {
        /**
         * Makes the month's partition unless it is there; to be committed before an entry is
         * written into it, or a reader may see a position whose entries it misses.
         */
        void makePartition(Connection connection) throws SQLException {
            call(connection, "select make_journal_month(?, ?)");
        }

        /** Tells, with the entry itself, which one the month begins with. */
        void begin(Connection connection) throws SQLException {
            call(connection, "select begin_journal_month(?, ?)");
        }

        private void call(Connection connection, String sql) throws SQLException {
            try (PreparedStatement call = connection.prepareStatement(sql)) {
                call.setObject(1, beginOf(month));
                call.setLong(2, entryId);
                call.execute();
            }
        }
    }

    private static OffsetDateTime beginOf(YearMonth month) {
        return month.atDay(1).atStartOfDay().atOffset(ZoneOffset.UTC);
    }
}

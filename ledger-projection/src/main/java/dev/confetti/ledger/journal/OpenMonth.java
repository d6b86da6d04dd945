package dev.confetti.ledger.journal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;

/**
 * The month that is being written: sees that each month's partition is there before the first entry
 * of it. For the one writer; not thread-safe.
 */
final class OpenMonth {
    private Instant ends = Instant.MIN;
    private Instant endsNext = Instant.MIN;

    /** Starts from what the database has. */
    void forget() {
        ends = Instant.MIN;
        endsNext = Instant.MIN;
    }

    /** Makes the partitions that these entries need, within the transaction that writes them. */
    void make(Connection connection, List<JournalEntry> entries) throws SQLException {
        endsNext = ends;
        // Times never decrease, so one look tells of the usual batch that it needs none.
        if (entries.isEmpty() || entries.getLast().recordedAt().isBefore(ends)) {
            return;
        }
        for (JournalEntry entry : entries) {
            if (!entry.recordedAt().isBefore(endsNext)) {
                YearMonth month = YearMonth.from(entry.recordedAt().atOffset(ZoneOffset.UTC));
                make(connection, month, entry.position());
                endsNext = begin(month.plusMonths(1)).toInstant();
            }
        }
    }

    /** What was made is committed. */
    void written() {
        ends = endsNext;
    }

    private static void make(Connection connection, YearMonth month, long firstEntry)
            throws SQLException {
        try (PreparedStatement make =
                connection.prepareStatement("select make_journal_month(?, ?)")) {
            make.setObject(1, begin(month));
            make.setLong(2, firstEntry);
            make.execute();
        }
    }

    private static OffsetDateTime begin(YearMonth month) {
        return month.atDay(1).atStartOfDay().atOffset(ZoneOffset.UTC);
    }
}

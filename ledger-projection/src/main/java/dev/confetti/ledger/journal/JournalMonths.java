package dev.confetti.ledger.journal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;

/**
 * The months in which something was recorded, each a partition of the journal: says which of them a
 * range of entries is in, so that a query names the others' times as out of question and the
 * database leaves their partitions alone. As of one transaction.
 */
public final class JournalMonths {
    private final List<Month> months;

    private JournalMonths(List<Month> months) {
        this.months = months;
    }

    private record Month(OffsetDateTime begins, long firstEntry) {}

    /**
     * Recorded times that all entries of a range are within.
     *
     * @param from within; {@link OffsetDateTime#MIN} is the database's {@code -infinity}
     * @param before no longer within; {@link OffsetDateTime#MAX} is {@code infinity}
     */
    public record Bounds(OffsetDateTime from, OffsetDateTime before) {}

    public static JournalMonths read(Connection connection) throws SQLException {
        List<Month> months = new ArrayList<>();
        try (PreparedStatement query =
                        connection.prepareStatement(
                                "select begins, first_entry from journal_month order by begins");
                ResultSet row = query.executeQuery()) {
            while (row.next()) {
                months.add(new Month(row.getObject(1, OffsetDateTime.class), row.getLong(2)));
            }
        }
        return new JournalMonths(months);
    }

    /** What entries above {@code after} and up to {@code through} are recorded within. */
    public Bounds bounds(long after, long through) {
        OffsetDateTime from = OffsetDateTime.MIN;
        OffsetDateTime before = OffsetDateTime.MAX;
        for (Month month : months) {
            if (month.firstEntry - 1 <= after) {
                from = month.begins;
            } else if (month.firstEntry > through) {
                before = month.begins;
                break;
            }
        }
        return new Bounds(from, before);
    }

    /** The same cut into months, in order; empty when no month has such entries. */
    List<Bounds> each(long after, long through) {
        List<Bounds> each = new ArrayList<>();
        for (int i = 0; i < months.size() && months.get(i).firstEntry <= through; i++) {
            boolean last = i + 1 == months.size();
            if (last || months.get(i + 1).firstEntry - 1 > after) {
                each.add(
                        new Bounds(
                                months.get(i).begins,
                                last ? OffsetDateTime.MAX : months.get(i + 1).begins));
            }
        }
        return each;
    }
}

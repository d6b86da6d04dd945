package dev.confetti.gift.finance;

import dev.confetti.events.EventType;
import dev.confetti.events.FinanceEvent.PeriodClosed;
import dev.confetti.events.LogRecord;
import dev.confetti.gift.log.GiftDatabase;
import dev.confetti.gift.log.InlineProjection;
import dev.confetti.gift.log.OneRow;
import dev.confetti.gift.log.Rows;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** The table {@code domain.closed_period}, as new as the log. Thread-safe. */
public final class PeriodTable implements InlineProjection {
    private static final String CLOSED =
            """
            insert into domain.closed_period
                (period, through_position, log_hash, closed_by, closed_at, position)
            values (?, ?, ?, ?, ?, ?)
            """;
    private static final String READ = "select * from domain.closed_period ";
    private static final String FIND = READ + "where period = ?";
    private static final String PAGE = READ + "where position < ? order by position desc limit ?";

    private final GiftDatabase database;

    public PeriodTable(GiftDatabase database) {
        this.database = database;
    }

    /**
     * A closed month.
     *
     * @param throughPosition the last position that was recorded in it or before it; 0 for none
     * @param logHash hash of the log at that position: it seals all that is before
     * @param position of the close itself
     */
    public record Closed(
            String period,
            String status,
            long throughPosition,
            String logHash,
            String closedBy,
            Instant closedAt,
            long position) {}

    @Override
    public void apply(Connection connection, List<LogRecord> appended) throws SQLException {
        for (LogRecord row : appended) {
            if (row.type().equals(EventType.PERIOD_CLOSED.typeName())
                    && row.event() instanceof PeriodClosed closed) {
                OneRow.write(
                        connection,
                        CLOSED,
                        closed.period(),
                        closed.throughPosition(),
                        closed.logHash(),
                        closed.closedBy(),
                        row.occurredAt().atOffset(ZoneOffset.UTC),
                        row.position());
            }
        }
    }

    Optional<Closed> find(YearMonth month) {
        return Rows.read(database, "closed periods", FIND, PeriodTable::closed, month.toString())
                .stream()
                .findFirst();
    }

    /** As it is within a transaction, such as that of an append. */
    static boolean isClosed(Connection connection, String period) throws SQLException {
        return !Rows.read(connection, FIND, PeriodTable::closed, period).isEmpty();
    }

    /** Closed months, latest first. */
    List<Closed> page(long before, int limit) {
        return Rows.read(database, "closed periods", PAGE, PeriodTable::closed, before, limit);
    }

    private static Closed closed(ResultSet row) throws SQLException {
        return new Closed(
                row.getString("period"),
                "closed",
                row.getLong("through_position"),
                row.getString("log_hash"),
                row.getString("closed_by"),
                Objects.requireNonNull(Rows.instant(row, "closed_at")),
                row.getLong("position"));
    }
}

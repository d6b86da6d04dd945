package dev.confetti.gift.log;

import dev.confetti.events.EventType;
import dev.confetti.events.FinanceEvent.PeriodClosed;
import dev.confetti.events.LogRecord;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Proves that closed months end where they were closed, and by the hash that sealed them. */
final class Seals {
    private static final String AROUND =
            """
            select position, recorded_at, encode(hash, 'hex') as hash from domain.event_log
            where position between ? and ? + 1 order by position
            """;

    private Seals() {}

    private record Row(long position, Instant recordedAt, String hash) {
        static Row of(ResultSet row) throws SQLException {
            return new Row(
                    row.getLong("position"),
                    Objects.requireNonNull(Rows.instant(row, "recorded_at")),
                    row.getString("hash"));
        }
    }

    /**
     * What is wrong with a seal; null when nothing is, or the record is none.
     *
     * @param connection to the log, whose rows through the record hold
     */
    static @Nullable String fault(Connection connection, LogRecord record) throws SQLException {
        if (!record.type().equals(EventType.PERIOD_CLOSED.typeName())
                || !(record.event() instanceof PeriodClosed closed)) {
            return null;
        }
        Instant end =
                YearMonth.parse(closed.period())
                        .plusMonths(1)
                        .atDay(1)
                        .atStartOfDay(ZoneOffset.UTC)
                        .toInstant();
        long through = closed.throughPosition();
        String hash = HexFormat.of().formatHex(LogHash.genesis());
        List<Row> rows = Rows.read(connection, AROUND, Row::of, through, through);
        for (Row row : rows) {
            boolean isBefore = row.recordedAt().isBefore(end);
            if (isBefore != (row.position() <= through)) {
                return closed
                        + ": expected the last position before "
                        + end
                        + ", but position "
                        + row.position()
                        + " was recorded at "
                        + row.recordedAt();
            }
            if (row.position() == through) {
                hash = row.hash();
            }
        }
        return hash.equals(closed.logHash())
                ? null
                : closed + ": expected the hash at its position, " + hash;
    }
}

package dev.confetti.gift.finance;

import dev.confetti.events.EventType;
import dev.confetti.events.FinanceEvent.BreakageRecognised;
import dev.confetti.events.LogRecord;
import dev.confetti.gift.log.GiftDatabase;
import dev.confetti.gift.log.InlineProjection;
import dev.confetti.gift.log.OutdatedAppendException;
import dev.confetti.gift.log.Rows;
import dev.confetti.gift.vault.KeyTable;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The table {@code domain.breakage}: estimates that wait for the second person, and those that
 * became events; their reasons are sealed by the key of the books. Thread-safe.
 */
public final class BreakageTable implements InlineProjection {
    private static final String TABLE = "breakage";
    private static final String RECOGNISED =
            """
            update domain.breakage set status = 'recognised', decided_by = ?, decided_at = ?,
                position = ?
            where breakage_id = ? and status = 'requested'
            """;
    private static final String TOTAL =
            """
            select coalesce(sum(amount_micros), 0) from domain.breakage
            where currency = ? and status = 'recognised'
            """;
    private final GiftDatabase database;
    private final ProposalTable<ShownBreakage> proposals;

    public BreakageTable(GiftDatabase database, KeyTable keys) {
        this.database = database;
        this.proposals = new ProposalTable<>(database, keys, TABLE, BreakageTable::shown);
    }

    ProposalTable<ShownBreakage> proposals() {
        return proposals;
    }

    /** Where a reason is kept, as its seal knows it. */
    public static String place(UUID breakageId) {
        return ProposalTable.place(TABLE, breakageId);
    }

    /** What was decided a moment before is checked here once more, under the log's lock. */
    @Override
    public void apply(Connection connection, List<LogRecord> appended) throws SQLException {
        for (LogRecord row : appended) {
            if (row.type().equals(EventType.BREAKAGE_RECOGNISED.typeName())
                    && row.event() instanceof BreakageRecognised recognised) {
                recognise(connection, row, recognised);
            }
        }
    }

    private static void recognise(
            Connection connection, LogRecord row, BreakageRecognised recognised)
            throws SQLException {
        int rows =
                Rows.update(
                        connection,
                        RECOGNISED,
                        recognised.recognisedBy(),
                        row.occurredAt().atOffset(ZoneOffset.UTC),
                        row.position(),
                        recognised.breakageId());
        if (rows != 1
                || PeriodTable.isClosed(connection, recognised.period())
                || total(connection, recognised.currency()) < 0) {
            throw new OutdatedAppendException(
                    recognised
                            + ": expected an estimate that waits, an open month, and no less"
                            + " recognised in all than 0");
        }
    }

    /** What is recognised in all, in 0.000001 of a currency. */
    long total(String currency) {
        return Rows.read(database, "breakage", TOTAL, row -> row.getLong(1), currency).getFirst();
    }

    private static long total(Connection connection, String currency) throws SQLException {
        return Rows.read(connection, TOTAL, row -> row.getLong(1), currency).getFirst();
    }

    /** An estimate. */
    public Optional<ShownBreakage> find(UUID breakageId) {
        return proposals.find(breakageId);
    }

    private static ShownBreakage shown(ResultSet row, @Nullable String reason) throws SQLException {
        return new ShownBreakage(
                row.getObject("breakage_id", UUID.class),
                row.getString("status"),
                row.getString("period"),
                row.getString("currency"),
                new BookAmount(row.getLong("amount_micros")).decimal(),
                // Earlier versions kept it in plain text, until it is sealed.
                reason == null ? row.getString("reason") : reason,
                row.getString("requested_by"),
                Objects.requireNonNull(Rows.instant(row, "requested_at")),
                row.getString("decided_by"),
                Rows.instant(row, "decided_at"),
                row.getObject("position", Long.class),
                row.getLong("requested"));
    }
}

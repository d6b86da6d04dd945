package dev.confetti.gift.finance;

import dev.confetti.events.EventType;
import dev.confetti.events.FinanceEvent.BreakageRecognised;
import dev.confetti.events.LogRecord;
import dev.confetti.gift.log.GiftDatabase;
import dev.confetti.gift.log.InlineProjection;
import dev.confetti.gift.log.LogUnavailableException;
import dev.confetti.gift.log.OutdatedAppendException;
import dev.confetti.gift.log.Rows;
import dev.confetti.gift.vault.BrokenSealException;
import dev.confetti.gift.vault.DataKey;
import dev.confetti.gift.vault.KeyOwner;
import dev.confetti.gift.vault.KeyTable;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The table {@code domain.breakage}: estimates that wait for the second person, and those that
 * became events; their reasons are sealed by the key of the books. Thread-safe.
 */
public final class BreakageTable implements InlineProjection {
    private static final Logger LOG = LoggerFactory.getLogger(BreakageTable.class);
    private static final String REQUESTED =
            """
            insert into domain.breakage (breakage_id, period, currency, amount_micros, key_id,
                sealed, requested_by, requested_at)
            values (?, ?, ?, ?, ?, ?, ?, ?) on conflict (breakage_id) do nothing
            """;
    private static final String REJECTED =
            """
            update domain.breakage set status = 'rejected', decided_by = ?, decided_at = ?
            where breakage_id = ? and status = 'requested'
            """;
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
    private static final String READ =
            "select "
                    + KeyTable.COLUMNS
                    + ", b.* from domain.breakage b"
                    + " left join domain.person_key k on k.key_id = b.key_id ";
    private static final String FIND = READ + "where breakage_id = ?";
    private static final String PAGE = READ + "where requested < ? order by requested desc limit ?";

    private final GiftDatabase database;
    private final KeyTable keys;

    public BreakageTable(GiftDatabase database, KeyTable keys) {
        this.database = database;
        this.keys = keys;
    }

    /** Where a reason is kept, as its seal knows it. */
    public static String place(UUID breakageId) {
        return breakageId + " breakage";
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

    /** Keeps an estimate; false when one of its name is there. */
    boolean add(UUID breakageId, RequestBreakageRequest request, String requestedBy, Instant now) {
        try (Connection connection = database.dataSource().getConnection()) {
            DataKey key = keys.toSealWith(connection, KeyOwner.BOOKS);
            return Rows.update(
                            connection,
                            REQUESTED,
                            breakageId,
                            request.period(),
                            request.currency(),
                            request.amountMicros(),
                            key.keyId(),
                            key.seal(request.reason(), place(breakageId)),
                            requestedBy,
                            now.atOffset(ZoneOffset.UTC))
                    == 1;
        } catch (SQLException e) {
            throw new LogUnavailableException("an estimate cannot be kept", false, e);
        }
    }

    /** Drops an estimate; false when it does not wait any more. */
    boolean reject(UUID breakageId, String rejectedBy, Instant now) {
        return Rows.update(
                        database,
                        "breakage",
                        REJECTED,
                        rejectedBy,
                        now.atOffset(ZoneOffset.UTC),
                        breakageId)
                == 1;
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
        return Rows.read(database, "breakage", FIND, this::shown, breakageId).stream().findFirst();
    }

    /** Estimates, latest first. */
    List<ShownBreakage> page(long before, int limit) {
        return Rows.read(database, "breakage", PAGE, this::shown, before, limit);
    }

    private ShownBreakage shown(ResultSet row) throws SQLException {
        return new ShownBreakage(
                row.getObject("breakage_id", UUID.class),
                row.getString("status"),
                row.getString("period"),
                row.getString("currency"),
                new BookAmount(row.getLong("amount_micros")).decimal(),
                reason(row),
                row.getString("requested_by"),
                Objects.requireNonNull(Rows.instant(row, "requested_at")),
                row.getString("decided_by"),
                Rows.instant(row, "decided_at"),
                row.getObject("position", Long.class),
                row.getLong("requested"));
    }

    private @Nullable String reason(ResultSet row) throws SQLException {
        byte[] sealed = row.getBytes("sealed");
        if (sealed == null) {
            return row.getString("reason");
        }
        UUID breakageId = row.getObject("breakage_id", UUID.class);
        try {
            DataKey key = keys.read(row, 1);
            return key == null ? null : key.open(sealed, place(breakageId));
        } catch (BrokenSealException e) {
            // The amount can still be decided on.
            LOG.error("the reason of breakage {} is lost: {}", breakageId, e.getMessage());
            return null;
        }
    }
}

package dev.confetti.gift.finance;

import dev.confetti.gift.log.GiftDatabase;
import dev.confetti.gift.log.LogUnavailableException;
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
 * The table {@code domain.revaluation}: new rates that wait for the second person, and how far
 * those that have one are carried out; reasons are sealed by the key of the books. Thread-safe.
 */
public final class RevaluationTable {
    private static final Logger LOG = LoggerFactory.getLogger(RevaluationTable.class);
    private static final String REQUESTED =
            """
            insert into domain.revaluation (revaluation_id, creator_id, currency, rate_micros,
                key_id, sealed, requested_by, requested_at)
            values (?, ?, ?, ?, ?, ?, ?, ?) on conflict (revaluation_id) do nothing
            """;
    private static final String APPROVED =
            """
            update domain.revaluation set status = 'approved', decided_by = ?, decided_at = ?,
                approved = nextval('domain.revaluation_approved'), head = ?
            where revaluation_id = ? and status = 'requested'
            """;
    private static final String REJECTED =
            """
            update domain.revaluation set status = 'rejected', decided_by = ?, decided_at = ?
            where revaluation_id = ? and status = 'requested'
            """;
    private static final String ADVANCED =
            """
            update domain.revaluation set done_through = ?, creators = creators + ?
            where revaluation_id = ? and status = 'approved' and done_through = ?
            """;
    private static final String DONE =
            "update domain.revaluation set status = 'done'"
                    + " where revaluation_id = ? and status = 'approved'";
    private static final String UNDER_WAY =
            """
            select revaluation_id, creator_id, currency, rate_micros, requested_by, decided_by,
                head, done_through
            from domain.revaluation where status = 'approved' order by approved limit 1
            """;
    private static final String READ =
            "select "
                    + KeyTable.COLUMNS
                    + ", r.* from domain.revaluation r"
                    + " left join domain.person_key k on k.key_id = r.key_id ";
    private static final String FIND = READ + "where revaluation_id = ?";
    private static final String PAGE = READ + "where requested < ? order by requested desc limit ?";

    private final GiftDatabase database;
    private final KeyTable keys;

    public RevaluationTable(GiftDatabase database, KeyTable keys) {
        this.database = database;
        this.keys = keys;
    }

    /**
     * One that is being carried out.
     *
     * @param creatorId null: all creators
     * @param head earnings up to this position get the new rate
     * @param doneThrough the last creator who was looked at; empty for none
     */
    record UnderWay(
            UUID revaluationId,
            @Nullable String creatorId,
            String currency,
            long rateMicros,
            String requestedBy,
            String approvedBy,
            long head,
            String doneThrough) {}

    private static String place(UUID revaluationId) {
        return revaluationId + " revaluation";
    }

    /** Keeps a request; false when one of its name is there. */
    boolean add(
            UUID revaluationId,
            RequestRevaluationRequest request,
            String requestedBy,
            Instant now) {
        try (Connection connection = database.dataSource().getConnection()) {
            DataKey key = keys.toSealWith(connection, KeyOwner.BOOKS);
            return Rows.update(
                            connection,
                            REQUESTED,
                            revaluationId,
                            request.creatorId(),
                            request.currency(),
                            request.rateMicros(),
                            key.keyId(),
                            key.seal(request.reason(), place(revaluationId)),
                            requestedBy,
                            now.atOffset(ZoneOffset.UTC))
                    == 1;
        } catch (SQLException e) {
            throw new LogUnavailableException("a revaluation cannot be kept", false, e);
        }
    }

    /**
     * A second person agrees; false when it does not wait any more.
     *
     * @param head of the log
     */
    boolean approve(UUID revaluationId, String approvedBy, Instant now, long head) {
        return update(APPROVED, approvedBy, now.atOffset(ZoneOffset.UTC), head, revaluationId);
    }

    /** A second person does not; false when it does not wait any more. */
    boolean reject(UUID revaluationId, String rejectedBy, Instant now) {
        return update(REJECTED, rejectedBy, now.atOffset(ZoneOffset.UTC), revaluationId);
    }

    /**
     * Some more creators were looked at, unless another instance was faster.
     *
     * @param creators how many of them got the new rate
     */
    void advance(UnderWay from, String doneThrough, long creators) {
        update(ADVANCED, doneThrough, creators, from.revaluationId(), from.doneThrough());
    }

    /** All creators were looked at. */
    void done(UnderWay revaluation) {
        update(DONE, revaluation.revaluationId());
    }

    private boolean update(String sql, @Nullable Object... values) {
        return Rows.update(database, "a revaluation", sql, values) == 1;
    }

    /** The one to go on with: one after the other, in the order in which they were approved. */
    Optional<UnderWay> underWay() {
        return Rows.read(
                        database,
                        "revaluations",
                        UNDER_WAY,
                        row ->
                                new UnderWay(
                                        row.getObject(1, UUID.class),
                                        row.getString(2),
                                        row.getString(3),
                                        row.getLong(4),
                                        row.getString(5),
                                        row.getString(6),
                                        row.getLong(7),
                                        row.getString(8)))
                .stream()
                .findFirst();
    }

    Optional<ShownRevaluation> find(UUID revaluationId) {
        return Rows.read(database, "revaluations", FIND, this::shown, revaluationId).stream()
                .findFirst();
    }

    /** Latest first. */
    List<ShownRevaluation> page(long before, int limit) {
        return Rows.read(database, "revaluations", PAGE, this::shown, before, limit);
    }

    private ShownRevaluation shown(ResultSet row) throws SQLException {
        return new ShownRevaluation(
                row.getObject("revaluation_id", UUID.class),
                row.getString("status"),
                row.getString("creator_id"),
                row.getString("currency"),
                row.getLong("rate_micros"),
                reason(row),
                row.getString("requested_by"),
                Objects.requireNonNull(Rows.instant(row, "requested_at")),
                row.getString("decided_by"),
                Rows.instant(row, "decided_at"),
                row.getLong("creators"),
                row.getLong("requested"));
    }

    private @Nullable String reason(ResultSet row) throws SQLException {
        UUID revaluationId = row.getObject("revaluation_id", UUID.class);
        try {
            DataKey key = keys.read(row, 1);
            return key == null ? null : key.open(row.getBytes("sealed"), place(revaluationId));
        } catch (BrokenSealException e) {
            // The rate can still be decided on.
            LOG.error("the reason of revaluation {} is lost: {}", revaluationId, e.getMessage());
            return null;
        }
    }
}

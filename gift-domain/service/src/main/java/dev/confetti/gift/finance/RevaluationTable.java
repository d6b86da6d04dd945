package dev.confetti.gift.finance;

import dev.confetti.gift.log.GiftDatabase;
import dev.confetti.gift.log.Rows;
import dev.confetti.gift.vault.KeyTable;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The table {@code domain.revaluation}: new rates that wait for the second person, and how far
 * those that have one are carried out; reasons are sealed by the key of the books. Thread-safe.
 */
public final class RevaluationTable {
    private static final String APPROVED =
            """
            update domain.revaluation set status = 'approved', decided_by = ?, decided_at = ?,
                approved = nextval('domain.revaluation_approved'), head = ?
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
    private final GiftDatabase database;
    private final ProposalTable<ShownRevaluation> proposals;

    public RevaluationTable(GiftDatabase database, KeyTable keys) {
        this.database = database;
        this.proposals =
                new ProposalTable<>(database, keys, "revaluation", RevaluationTable::shown);
    }

    ProposalTable<ShownRevaluation> proposals() {
        return proposals;
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

    /**
     * A second person agrees; false when it does not wait any more.
     *
     * @param head of the log
     */
    boolean approve(UUID revaluationId, String approvedBy, Instant now, long head) {
        return update(APPROVED, approvedBy, now.atOffset(ZoneOffset.UTC), head, revaluationId);
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

    private static ShownRevaluation shown(ResultSet row, @Nullable String reason)
            throws SQLException {
        return new ShownRevaluation(
                row.getObject("revaluation_id", UUID.class),
                row.getString("status"),
                row.getString("creator_id"),
                row.getString("currency"),
                row.getLong("rate_micros"),
                reason,
                row.getString("requested_by"),
                Objects.requireNonNull(Rows.instant(row, "requested_at")),
                row.getString("decided_by"),
                Rows.instant(row, "decided_at"),
                row.getLong("creators"),
                row.getLong("requested"));
    }
}

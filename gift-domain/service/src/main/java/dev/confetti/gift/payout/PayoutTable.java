package dev.confetti.gift.payout;

import dev.confetti.events.ConfettiEvent;
import dev.confetti.events.CreatorEvent.PayoutApproved;
import dev.confetti.events.CreatorEvent.PayoutFailed;
import dev.confetti.events.CreatorEvent.PayoutRejected;
import dev.confetti.events.CreatorEvent.PayoutRequested;
import dev.confetti.events.CreatorEvent.PayoutResolutionRequested;
import dev.confetti.events.CreatorEvent.PayoutReturned;
import dev.confetti.events.CreatorEvent.PayoutSent;
import dev.confetti.events.CreatorEvent.PayoutSettled;
import dev.confetti.events.CreatorEvent.PayoutWithdrawn;
import dev.confetti.events.CreatorEvent.PayoutsHeld;
import dev.confetti.events.CreatorEvent.PayoutsResumed;
import dev.confetti.events.EventType;
import dev.confetti.events.FinanceEvent.PayoutBatchCreated;
import dev.confetti.events.LogRecord;
import dev.confetti.gift.log.InlineProjection;
import dev.confetti.gift.log.OneRow;
import dev.confetti.gift.log.OutdatedAppendException;
import dev.confetti.gift.log.Rows;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Writes the tables {@code domain.payout}, {@code domain.payout_hold} and {@code
 * domain.payout_batch} in the transactions of the payouts' events.
 *
 * <p>A batch is decided a moment before it is appended. Here, under the log's lock, one is refused
 * some of whose payouts another batch has, or whose creators are held by now; and so is a
 * withdrawal of a payout that a batch has by now.
 */
public final class PayoutTable implements InlineProjection {
    private static final Set<String> TYPES =
            Set.of(
                    EventType.PAYOUT_REQUESTED.typeName(),
                    EventType.PAYOUT_APPROVED.typeName(),
                    EventType.PAYOUT_REJECTED.typeName(),
                    EventType.PAYOUT_WITHDRAWN.typeName(),
                    EventType.PAYOUT_SENT.typeName(),
                    EventType.PAYOUT_RESOLUTION_REQUESTED.typeName(),
                    EventType.PAYOUT_SETTLED.typeName(),
                    EventType.PAYOUT_FAILED.typeName(),
                    EventType.PAYOUT_RETURNED.typeName(),
                    EventType.PAYOUTS_HELD.typeName(),
                    EventType.PAYOUTS_RESUMED.typeName(),
                    EventType.PAYOUT_BATCH_CREATED.typeName());
    private static final String REQUESTED =
            """
            insert into domain.payout (payout_id, creator_id, diamonds, amount_minor, currency,
                status, requested_position, requested_at)
            values (?, ?, ?, ?, ?, 'requested', ?, ?)
            """;
    private static final String APPROVED =
            """
            update domain.payout set status = 'approved', withholding_minor = ?, fee_minor = ?,
                decided_by = ?, decided_at = ?
            where payout_id = ?
            """;
    private static final String REJECTED =
            """
            update domain.payout set status = 'rejected', decided_by = ?, decided_at = ?
            where payout_id = ?
            """;
    private static final String WITHDRAWN =
            """
            update domain.payout set status = 'withdrawn', decided_by = ?, decided_at = ?
            where payout_id = ? and batch_id is null
            """;
    private static final String SENT =
            "update domain.payout set status = 'sent', sent_at = ? where payout_id = ?";
    private static final String SETTLED =
            """
            update domain.payout set status = 'settled', settled_at = ?, bank_charges_minor = ?,
                resolution_id = null
            where payout_id = ?
            """;
    private static final String GIVEN_BACK =
            """
            update domain.payout set status = ?, bank_reason = ?,
                bank_charges_minor = coalesce(bank_charges_minor, 0) + ?, given_back_at = ?,
                resolution_id = null
            where payout_id = ?
            """;
    private static final String RESOLUTION =
            """
            update domain.payout set resolution_id = ?, resolution_outcome = ?,
                resolution_charges_minor = ?, resolution_by = ?, resolution_at = ?
            where payout_id = ?
            """;
    private static final String HELD =
            "insert into domain.payout_hold (creator_id, held_by, held_at) values (?, ?, ?)";
    private static final String BATCH =
            """
            insert into domain.payout_batch (batch_id, payouts, created_by, created_at, position)
            values (?, ?, ?, ?, ?)
            """;
    private static final String CLAIM =
            """
            update domain.payout p set batch_id = ?, batch_line = claimed.line
            from unnest(?::uuid[]) with ordinality as claimed (payout_id, line)
            where p.payout_id = claimed.payout_id and p.status = 'approved' and p.batch_id is null
                and not exists (select from domain.payout_hold h where h.creator_id = p.creator_id)
            """;
    private static final String RESUMED = "delete from domain.payout_hold where creator_id = ?";

    @Override
    public void apply(Connection connection, List<LogRecord> appended) throws SQLException {
        for (LogRecord row : appended) {
            if (TYPES.contains(row.type())) {
                apply(connection, row, row.event(), row.occurredAt().atOffset(ZoneOffset.UTC));
            }
        }
    }

    private static void apply(
            Connection connection, LogRecord row, ConfettiEvent event, OffsetDateTime at)
            throws SQLException {
        switch (event) {
            case PayoutRequested requested ->
                    OneRow.write(
                            connection,
                            REQUESTED,
                            requested.payoutId(),
                            requested.creatorId(),
                            requested.diamonds().tenThousandths(),
                            requested.amountMinor(),
                            requested.currency(),
                            row.position(),
                            at);
            case PayoutApproved approved ->
                    OneRow.write(
                            connection,
                            APPROVED,
                            approved.withholdingMinor(),
                            approved.feeMinor(),
                            approved.approvedBy(),
                            at,
                            approved.payoutId());
            case PayoutRejected rejected ->
                    OneRow.write(
                            connection, REJECTED, rejected.rejectedBy(), at, rejected.payoutId());
            case PayoutWithdrawn withdrawn -> withdraw(connection, withdrawn, at);
            case PayoutSent sent -> OneRow.write(connection, SENT, at, sent.payoutId());
            case PayoutSettled settled ->
                    OneRow.write(
                            connection, SETTLED, at, settled.chargesMinor(), settled.payoutId());
            case PayoutFailed failed ->
                    giveBack(connection, "failed", failed.bankReason(), 0, at, failed.payoutId());
            case PayoutReturned returned ->
                    giveBack(
                            connection,
                            "returned",
                            returned.bankReason(),
                            returned.chargesMinor(),
                            at,
                            returned.payoutId());
            case PayoutResolutionRequested request ->
                    OneRow.write(
                            connection,
                            RESOLUTION,
                            request.resolutionId(),
                            request.outcome().text(),
                            request.chargesMinor(),
                            request.requestedBy(),
                            at,
                            request.payoutId());
            case PayoutsHeld held ->
                    OneRow.write(connection, HELD, held.creatorId(), held.heldBy(), at);
            case PayoutsResumed resumed -> OneRow.write(connection, RESUMED, resumed.creatorId());
            case PayoutBatchCreated batch -> claim(connection, batch, row.position(), at);
            default -> throw new IllegalStateException(row.type() + " holds " + event);
        }
    }

    private static void claim(
            Connection connection, PayoutBatchCreated batch, long position, OffsetDateTime at)
            throws SQLException {
        int payouts = batch.payoutIds().size();
        OneRow.write(connection, BATCH, batch.batchId(), payouts, batch.createdBy(), at, position);
        try (PreparedStatement claim = connection.prepareStatement(CLAIM)) {
            claim.setObject(1, batch.batchId());
            claim.setArray(2, connection.createArrayOf("uuid", batch.payoutIds().toArray()));
            int claimed = claim.executeUpdate();
            if (claimed != payouts) {
                throw new OutdatedAppendException(
                        "batch "
                                + batch.batchId()
                                + " of "
                                + payouts
                                + " payouts: only "
                                + claimed
                                + " of them are approved, in no batch and not held");
            }
        }
    }

    private static void withdraw(
            Connection connection, PayoutWithdrawn withdrawn, OffsetDateTime at)
            throws SQLException {
        int rows =
                Rows.update(
                        connection, WITHDRAWN, withdrawn.withdrawnBy(), at, withdrawn.payoutId());
        if (rows != 1) {
            throw new OutdatedAppendException(
                    "payout "
                            + withdrawn.payoutId()
                            + " cannot be withdrawn: a batch has it by now");
        }
    }

    private static void giveBack(
            Connection connection,
            String status,
            @Nullable String bankReason,
            long chargesMinor,
            OffsetDateTime at,
            UUID payoutId)
            throws SQLException {
        OneRow.write(connection, GIVEN_BACK, status, bankReason, chargesMinor, at, payoutId);
    }
}

package dev.confetti.gift.settlement;

import dev.confetti.gift.log.OneRow;
import dev.confetti.gift.log.Rows;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Writes {@code domain.settlement_line} before the settlement itself is recorded: so many lines
 * under the log's lock would hold up every gift. A row of {@code domain.settlement_claim} says that
 * they are down; whoever records the settlement takes it away. Lines count once it is recorded.
 */
final class SettlementLines {
    private static final int BATCH = 1_000;

    /** Lines that are matched, and their movements in memory, at once. */
    private static final int AT_ONCE = 10_000;

    /**
     * Under the turn, who has a claim gave up, or comes too late: one statement, so that its append
     * finds the claim or no lines of it are taken.
     */
    private static final String GIVE_UP =
            """
            with given_up as (delete from domain.settlement_claim returning settlement_id)
            delete from domain.settlement_line
            where settlement_id in (select settlement_id from given_up)
            """;

    private static final String CLAIM =
            "insert into domain.settlement_claim (settlement_id, lines, receivable_minor)"
                    + " values (?, ?, ?)";

    private static final String INSERT =
            """
            insert into domain.settlement_line (settlement_id, line, movement_id, kind, reference,
                gross_minor, fee_minor, net_minor, receivable_minor, commission_minor,
                suspense_minor, finding)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """;

    private SettlementLines() {}

    /**
     * Puts a settlement's lines down, in a transaction of its own.
     *
     * @param connection of the settlement's turn
     * @throws dev.confetti.gift.problem.RefusedException {@code settlement-out-of-range}
     */
    static SettledSums put(Connection connection, UUID settlementId, String provider, Report report)
            throws SQLException {
        giveUp(connection);
        connection.setAutoCommit(false);
        try {
            SettledSums sums = SettledSums.NOTHING;
            for (int from = 0; from < report.lines().size(); from += AT_ONCE) {
                int to = Math.min(from + AT_ONCE, report.lines().size());
                List<SettledLine> lines =
                        match(connection, settlementId, provider, report.lines().subList(from, to));
                insert(connection, settlementId, lines);
                sums = sums.plus(lines);
            }
            Room.require(connection, report, sums);
            OneRow.write(connection, CLAIM, settlementId, sums.lines(), sums.receivableMinor());
            connection.commit();
            return sums;
        } catch (SQLException | RuntimeException | Error e) {
            connection.rollback();
            throw e;
        } finally {
            connection.setAutoCommit(true);
        }
    }

    /** What lines before these have settled is in the table by now. */
    private static List<SettledLine> match(
            Connection connection, UUID settlementId, String provider, List<ReportLine> lines)
            throws SQLException {
        Set<String> references =
                lines.stream().map(ReportLine::reference).collect(Collectors.toSet());
        return Matching.match(
                lines, ProviderMovements.named(connection, settlementId, provider, references));
    }

    /** Takes away what others put down and did not record. */
    static void giveUp(Connection connection) throws SQLException {
        Rows.update(connection, GIVE_UP);
    }

    private static void insert(Connection connection, UUID settlementId, List<SettledLine> lines)
            throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
            int waiting = 0;
            for (SettledLine each : lines) {
                ReportLine line = each.line();
                Movement movement = each.movement();
                insert.setObject(1, settlementId);
                insert.setInt(2, line.number());
                insert.setObject(3, movement == null ? null : movement.movementId());
                insert.setString(4, line.kind().text());
                insert.setString(5, line.reference());
                insert.setLong(6, line.grossMinor());
                insert.setLong(7, line.feeMinor());
                insert.setLong(8, line.netMinor());
                insert.setLong(9, each.receivableMinor());
                insert.setLong(10, each.commissionMinor());
                insert.setLong(11, each.suspenseMinor());
                insert.setString(12, each.finding().text());
                insert.addBatch();
                if (++waiting % BATCH == 0) {
                    insert.executeBatch();
                }
            }
            insert.executeBatch();
        }
    }
}

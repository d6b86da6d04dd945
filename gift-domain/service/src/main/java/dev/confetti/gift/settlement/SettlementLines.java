package dev.confetti.gift.settlement;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Writes {@code domain.settlement_line} before the settlement itself is recorded: a hundred
 * thousand lines under the log's lock would hold up every gift. Lines count once their settlement
 * is recorded; those of one that never was are in nobody's way.
 */
final class SettlementLines {
    private static final int BATCH = 1_000;

    /**
     * Under the turn, a settlement that is not recorded was given up, or will find its lines gone.
     */
    private static final String GIVE_UP =
            """
            delete from domain.settlement_line l
            where (l.settlement_id = ? or l.movement_id = any(?::uuid[]))
                and not exists (select from domain.provider_settlement s
                    where s.settlement_id = l.settlement_id)
            """;

    private static final String INSERT =
            """
            insert into domain.settlement_line (settlement_id, line, movement_id, kind, reference,
                gross_minor, fee_minor, net_minor, receivable_minor, commission_minor,
                suspense_minor, finding)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """;

    private SettlementLines() {}

    /** Puts a settlement's lines down, in a transaction of its own. */
    static void put(Connection connection, UUID settlementId, List<SettledLine> lines)
            throws SQLException {
        connection.setAutoCommit(false);
        try {
            giveUp(connection, settlementId, lines);
            insert(connection, settlementId, lines);
            connection.commit();
        } catch (SQLException | RuntimeException | Error e) {
            connection.rollback();
            throw e;
        } finally {
            connection.setAutoCommit(true);
        }
    }

    private static void giveUp(Connection connection, UUID settlementId, List<SettledLine> lines)
            throws SQLException {
        UUID[] movements =
                lines.stream()
                        .map(SettledLine::movement)
                        .flatMap(Stream::ofNullable)
                        .map(Movement::movementId)
                        .toArray(UUID[]::new);
        try (PreparedStatement delete = connection.prepareStatement(GIVE_UP)) {
            delete.setObject(1, settlementId);
            delete.setArray(2, connection.createArrayOf("uuid", movements));
            delete.executeUpdate();
        }
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

package dev.confetti.gift.settlement;

import dev.confetti.gift.log.GiftDatabase;
import dev.confetti.gift.log.LogUnavailableException;
import dev.confetti.gift.log.Rows;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;

/**
 * Tells movements which settlement has settled them, a moment after it is recorded, so that what is
 * owed is found without a look at all that ever was. A settlement may have a million lines: under
 * the log's lock, where it is recorded, that would hold up every gift. Thread-safe; twice has no
 * effect.
 */
public final class SettledMarks {
    private static final String TO_MARK =
            """
            select settlement_id from domain.provider_settlement where not marked
            order by position limit 1
            """;
    private static final String MARK =
            """
            update domain.provider_movement m set settlement_id = l.settlement_id
            from domain.settlement_line l
            where l.settlement_id = ? and l.movement_id = m.movement_id and m.settlement_id is null
            """;
    private static final String MARKED =
            "update domain.provider_settlement set marked = true where settlement_id = ?";

    private final GiftDatabase database;

    public SettledMarks(GiftDatabase database) {
        this.database = database;
    }

    /** Marks what recorded settlements have settled. */
    public void catchUp() {
        try (Connection connection = database.dataSource().getConnection()) {
            connection.setAutoCommit(false);
            try {
                while (markNext(connection)) {
                    connection.commit();
                }
            } finally {
                connection.rollback();
                connection.setAutoCommit(true);
            }
        } catch (SQLException e) {
            throw new LogUnavailableException("settled movements cannot be marked", false, e);
        }
    }

    private static boolean markNext(Connection connection) throws SQLException {
        List<UUID> next = Rows.read(connection, TO_MARK, row -> row.getObject(1, UUID.class));
        if (next.isEmpty()) {
            return false;
        }
        Rows.update(connection, MARK, next.getFirst());
        Rows.update(connection, MARKED, next.getFirst());
        return true;
    }
}

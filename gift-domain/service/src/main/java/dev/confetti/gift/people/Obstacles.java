package dev.confetti.gift.people;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * Why a person cannot be forgotten now.
 *
 * @param openPayouts requested, approved or sent: their bank details are still needed
 * @param openDisputes of purchases, in which the platform must still answer
 * @param openLives that have not ended
 */
record Obstacles(long openPayouts, long openDisputes, long openLives) {
    private static final String COUNT =
            """
            select
                (select count(*) from domain.payout
                    where creator_id = ? and status in ('requested', 'approved', 'sent')),
                (select count(*) from domain.purchase_standing s
                    join domain.event_log e on e.event_id = s.purchase_id
                    where s.chargeback_state = 'open'
                        and e.stream_type = 'wallet' and e.stream_id = ?),
                (select count(*) from domain.live where creator_id = ? and state <> 'ended')
            """;

    boolean areNone() {
        return openPayouts == 0 && openDisputes == 0 && openLives == 0;
    }

    /** As the tables say within the connection's transaction. */
    static Obstacles of(Connection connection, String personId) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(COUNT)) {
            query.setString(1, personId);
            query.setString(2, personId);
            query.setString(3, personId);
            try (ResultSet row = query.executeQuery()) {
                row.next();
                return new Obstacles(row.getLong(1), row.getLong(2), row.getLong(3));
            }
        }
    }
}

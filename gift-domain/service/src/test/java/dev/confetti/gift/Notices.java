package dev.confetti.gift;

import dev.confetti.gift.log.GiftDatabase;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;

/** Looks at what payment providers told the service. */
final class Notices {
    private Notices() {}

    /** How many notices of a purchase are in a state. */
    static int count(GiftDatabase database, UUID purchaseId, String state) throws SQLException {
        try (Connection connection = database.dataSource().getConnection();
                PreparedStatement query =
                        connection.prepareStatement(
                                "select count(*) from domain.payment_notice"
                                        + " where purchase_id = ? and state = ?")) {
            query.setObject(1, purchaseId);
            query.setString(2, state);
            try (ResultSet row = query.executeQuery()) {
                row.next();
                return row.getInt(1);
            }
        }
    }
}

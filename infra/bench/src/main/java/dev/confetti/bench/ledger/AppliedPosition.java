package dev.confetti.bench.ledger;

import dev.confetti.bench.stage.BenchFailure;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Reads how far the ledger's commits are. */
final class AppliedPosition {
    private final Connection connection;

    AppliedPosition(Connection connection) {
        this.connection = connection;
    }

    long read() {
        try (PreparedStatement query =
                        connection.prepareStatement(
                                "select coalesce(max(position), 0) from ledger.source_position");
                ResultSet row = query.executeQuery()) {
            row.next();
            return row.getLong(1);
        } catch (SQLException e) {
            throw new BenchFailure("PostgreSQL: " + e.getMessage(), e);
        }
    }
}

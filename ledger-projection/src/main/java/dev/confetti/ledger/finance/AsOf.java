package dev.confetti.ledger.finance;

import dev.confetti.ledger.journal.LedgerPosition;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * The state of the ledger that an answer is about.
 *
 * @param position everything up to it is in the answer, nothing after it
 * @param applied how far the ledger itself is
 */
record AsOf(long position, long applied) {

    static AsOf of(Connection connection, LedgerPosition applied, @Nullable Moment moment)
            throws SQLException {
        long position =
                switch (moment) {
                    case null -> applied.position();
                    case Moment.Position p -> Range.applied(p.position(), applied);
                    case Moment.Time t -> {
                        long found = Moment.positionAt(connection, t.instant());
                        // After the last entry nothing was posted, so this is the latest state.
                        yield found == lastEntry(connection) ? applied.position() : found;
                    }
                };
        return new AsOf(position, applied.position());
    }

    private static long lastEntry(Connection connection) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement("select last_entry()");
                ResultSet row = query.executeQuery()) {
            row.next();
            return row.getLong(1);
        }
    }
}

package dev.confetti.gift.earning;

import dev.confetti.events.CreatorEvent.Worth;
import dev.confetti.events.Diamonds;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Finds pending earnings whose hold is over. */
final class DueEarnings {
    /** Released at once, at most; the next ones follow a second later. */
    private static final int MOST_DUE = 20_000;

    private static final String DUE =
            """
            select creator_id, currency, min(from_position), max(through_position), sum(diamonds),
                sum(micros)
            from domain.pending_earnings where slot_end <= ?
            group by creator_id, currency order by creator_id, currency limit ?
            """;

    private DueEarnings() {}

    /**
     * Earnings of slots that ended by then.
     *
     * @param slotEnd the last end that counts
     * @param position how far the book is
     */
    static List<Due> of(Connection connection, Instant slotEnd, long position) throws SQLException {
        Map<String, Due> due = new LinkedHashMap<>();
        int rows = 0;
        String last = "";
        try (PreparedStatement query = connection.prepareStatement(DUE)) {
            query.setObject(1, slotEnd.atOffset(ZoneOffset.UTC));
            query.setInt(2, MOST_DUE);
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    rows++;
                    last = row.getString(1);
                    Due ofCurrency =
                            new Due(
                                    row.getString(1),
                                    row.getLong(3),
                                    row.getLong(4),
                                    new Diamonds(row.getLong(5)),
                                    List.of(new Worth(row.getString(2), row.getLong(6))),
                                    position);
                    due.merge(ofCurrency.creatorId(), ofCurrency, Due::with);
                }
            }
        }
        if (rows == MOST_DUE) {
            // It may have more currencies than were read.
            due.remove(last);
        }
        List<Due> withEarnings = new ArrayList<>();
        for (Due each : due.values()) {
            if (each.diamonds().tenThousandths() > 0) {
                withEarnings.add(each);
            } else {
                // All of it was reversed: there is nothing to release.
                EarningsRows.forget(connection, each.creatorId(), each.throughPosition());
            }
        }
        return withEarnings;
    }
}

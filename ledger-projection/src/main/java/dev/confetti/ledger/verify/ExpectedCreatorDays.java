package dev.confetti.ledger.verify;

import dev.confetti.ledger.journal.CreatorDay;
import dev.confetti.ledger.journal.CreatorDays;
import dev.confetti.ledger.journal.JournalEntry;
import dev.confetti.ledger.posting.Accounts;
import dev.confetti.ledger.posting.Asset;
import dev.confetti.ledger.posting.Leg;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What creators earned by day, added up again from the entries that touch their diamonds. */
final class ExpectedCreatorDays {
    private final Findings findings;
    private final Map<Key, CreatorDay> expected = new HashMap<>();

    private record Key(String creatorId, LocalDate day, String asset) {
        @Override
        public String toString() {
            return "creator_day of " + creatorId + " on " + day + " in " + asset;
        }
    }

    ExpectedCreatorDays(Findings findings) {
        this.findings = findings;
    }

    void add(JournalEntry entry) {
        String creatorId = creatorOf(entry);
        if (creatorId != null) {
            CreatorDays.changes(entry)
                    .forEach(
                            (asset, change) ->
                                    expected.merge(
                                            new Key(creatorId, change.day(), asset.code()),
                                            change,
                                            CreatorDay::plus));
        }
    }

    private static @Nullable String creatorOf(JournalEntry entry) {
        for (Leg leg : entry.legs()) {
            String debit = Accounts.earnerOf(leg.debit());
            String creatorId = debit == null ? Accounts.earnerOf(leg.credit()) : debit;
            if (creatorId != null) {
                return creatorId;
            }
        }
        return null;
    }

    void compare(Connection connection) throws SQLException {
        try (PreparedStatement query =
                        connection.prepareStatement(
                                """
                                select c.creator_id, c.day, coalesce(s.code, 'asset id ' || c.asset_id), coalesce(s.scale, 0),
                                    c.gifts, c.coins, c.earned, c.reversals, c.coins_back, c.reversed, c.released,
                                    c.pending, c.available
                                from creator_day c left join asset s using (asset_id)
                                order by c.creator_id, c.day, c.asset_id
                                """);
                ResultSet row = query.executeQuery()) {
            while (row.next()) {
                findings.examined(LedgerVerifier.REPORTS);
                LocalDate day = row.getObject(2, LocalDate.class);
                Key key = new Key(row.getString(1), day, row.getString(3));
                CreatorDay found =
                        new CreatorDay(
                                day,
                                new Asset(row.getString(3), row.getInt(4)),
                                row.getLong(5),
                                row.getLong(6),
                                row.getLong(7),
                                row.getLong(8),
                                row.getLong(9),
                                row.getLong(10),
                                row.getLong(11),
                                row.getLong(12),
                                row.getLong(13));
                findings.same(LedgerVerifier.REPORTS, key.toString(), expected.remove(key), found);
            }
        }
        expected.forEach(
                (key, day) -> findings.same(LedgerVerifier.REPORTS, key.toString(), day, null));
    }
}

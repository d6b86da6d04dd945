package dev.confetti.ledger.journal;

import dev.confetti.events.EventType;
import dev.confetti.ledger.posting.BookedGift;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Finds a sent gift's entry again. */
final class StoredGifts {
    private StoredGifts() {}

    static Optional<BookedGift> find(Connection connection, UUID giftSendId) throws SQLException {
        List<StoredEntry> found =
                StoredEntries.read(
                        connection,
                        "where e.reference = ? order by e.entry_id",
                        query -> query.setObject(1, giftSendId));
        List<JournalEntry> entries = StoredEntries.named(connection, found, new AccountNames());
        boolean reversed =
                entries.stream().anyMatch(e -> e.type().equals(EventType.GIFT_REVERSED.typeName()));
        return entries.stream()
                .filter(e -> e.type().equals(EventType.GIFT_SENT.typeName()))
                .findFirst()
                .map(e -> new BookedGift(e.legs(), e.lotUses(), reversed));
    }
}

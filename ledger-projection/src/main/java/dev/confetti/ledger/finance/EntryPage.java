package dev.confetti.ledger.finance;

import dev.confetti.ledger.journal.JournalEntry;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Some of the entries that a query finds, in its order.
 *
 * @param last the position after which the next page goes on; null when there is nothing more
 */
record EntryPage(List<JournalEntry> entries, @Nullable Long last) {
    EntryPage {
        entries = List.copyOf(entries);
    }

    @Nullable String nextCursor() {
        return last == null ? null : Parameters.cursorOf(Long.toString(last));
    }
}

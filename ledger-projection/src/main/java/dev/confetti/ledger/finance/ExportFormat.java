package dev.confetti.ledger.finance;

import dev.confetti.ledger.journal.JournalEntry;
import dev.confetti.ledger.posting.Asset;
import java.util.List;

/** A way to write the journal as text. */
interface ExportFormat {
    /** What stands before the first entry. */
    void begin(StringBuilder text, List<Asset> assets);

    void entry(StringBuilder text, JournalEntry entry);
}

package dev.confetti.ledger.journal;

import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * What a batch changes in one of the tables that follow the journal: worked out event by event, by
 * the thread that books them, then written by the one that writes. Not thread-safe.
 */
interface TableBatch {
    /**
     * Takes in the next event of the batch.
     *
     * @param entry what it was booked as; null when it posts nothing
     */
    void add(SourceEvent source, @Nullable JournalEntry entry);

    /** Writes all that it took in, in the transaction of the batch. */
    void write(Connection connection) throws SQLException;
}

package dev.confetti.gift.relay;

import dev.confetti.events.LogRecord;
import java.sql.SQLException;
import java.util.Collections;
import java.util.List;

/**
 * What events get on top when they are published: names and free texts, which the log itself does
 * not hold. Called by the relay's thread, for a batch at a time.
 */
@FunctionalInterface
public interface Enrichment {

    /**
     * Looks up what to add.
     *
     * @param batch in the order of positions, at least one
     * @return for each record of the batch, in the same order; {@link ExtraFields#none()} to
     *     publish it as it is
     * @throws SQLException when it cannot be looked up now: the batch is tried again
     */
    List<ExtraFields> enrich(List<LogRecord> batch) throws SQLException;

    /** Adds nothing. */
    static Enrichment nothing() {
        return batch -> Collections.nCopies(batch.size(), ExtraFields.none());
    }
}

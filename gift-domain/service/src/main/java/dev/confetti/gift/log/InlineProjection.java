package dev.confetti.gift.log;

import dev.confetti.events.LogRecord;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/**
 * A table that is always as new as the log, because it is written in the appends' own transactions.
 *
 * <p>Called by the log's one writer thread, which holds up every append: a statement or two for the
 * whole batch, no waiting. A batch that fails is taken apart and each append is tried by itself, so
 * the same records may come again; what the failed transaction did is rolled back.
 */
public interface InlineProjection {

    /**
     * Brings the table up to the appended records.
     *
     * @param connection in the transaction of the append; neither to be committed nor closed
     * @param appended in the order of their positions, at least one; the rows are inserted already
     * @throws SQLException when it cannot: the append then fails, too
     * @throws OutdatedAppendException when an append rests on something that is not so any more
     */
    void apply(Connection connection, List<LogRecord> appended) throws SQLException;
}

package dev.confetti.ledger.projector;

import dev.confetti.events.LogReader;
import dev.confetti.ledger.journal.Delivery;
import dev.confetti.ledger.journal.JournalWriter;
import java.sql.SQLException;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;

/** Books from the event log itself what Kafka no longer has. */
final class LogCatchUp {
    private final LogPages log;
    private final JournalWriter writer;

    LogCatchUp(LogReader log, JournalWriter writer) {
        this.log = new LogPages(log);
        this.writer = writer;
    }

    /**
     * Books all that the log has now.
     *
     * @param position where the ledger stands
     * @param applied told of each step that is committed
     * @return where the ledger then stands
     */
    long run(long position, BooleanSupplier closing, LongConsumer applied) throws SQLException {
        long head = log.head();
        long reached = position;
        while (reached < head && !closing.getAsBoolean()) {
            List<Delivery> page = log.read(reached, JournalWriter.roomAfter(reached));
            writer.submit(page);
            reached += page.size();
            applied.accept(writer.written().position());
        }
        return writer.settled().position();
    }
}

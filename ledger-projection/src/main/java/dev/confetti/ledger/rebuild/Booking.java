package dev.confetti.ledger.rebuild;

import dev.confetti.events.LogReader;
import dev.confetti.ledger.journal.Delivery;
import dev.confetti.ledger.journal.JournalWriter;
import dev.confetti.ledger.journal.LedgerTransactions;
import dev.confetti.ledger.projector.LogPages;
import dev.confetti.ledger.seal.SealKey;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.LongConsumer;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Books the event log into a ledger that is not live: while one page is written the next one is
 * worked out, and the one after it read and decoded. Its commits do not wait for the disk: what a
 * crash takes is built again, and the switch, which waits, brings everything before it to the disk
 * too. For one thread.
 */
final class Booking implements AutoCloseable {
    private final String schema;
    private final LogPages log;
    private final JournalWriter writer;
    private final ExecutorService reader =
            Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().factory());
    private long position = -1;

    Booking(DataSource database, String schema, LogReader log, @Nullable SealKey sealKey) {
        this.schema = schema;
        this.log = new LogPages(log);
        this.writer =
                new JournalWriter(
                        new LedgerTransactions(database, schema).withoutWaitingForTheDisk(),
                        sealKey);
    }

    String schema() {
        return schema;
    }

    /**
     * Books what follows, up to a position of the log.
     *
     * @param booked told of each page that is committed
     * @throws RebuildException when this ledger is past it already, or the log ends before it
     */
    void upTo(long through, LongConsumer booked) throws SQLException, InterruptedException {
        if (position < 0) {
            position = writer.load().position().position();
        }
        if (position > through) {
            throw new RebuildException(
                    "schema "
                            + schema
                            + " is at position "
                            + position
                            + ": expected the live ledger, at "
                            + through
                            + ", to be there too; try again when it has caught up");
        }
        Future<List<Delivery>> next = read(position, through);
        while (position < through) {
            List<Delivery> page = result(next);
            if (page.isEmpty()) {
                throw new RebuildException(
                        "event log: expected position " + through + ", it ends at " + position);
            }
            position += page.size();
            next = read(position, through);
            writer.submit(page);
            booked.accept(writer.written().position());
        }
        booked.accept(writer.settled().position());
    }

    /** Pages end where the writer's transactions end. */
    private Future<List<Delivery>> read(long after, long through) {
        long limit = Math.min(JournalWriter.roomAfter(after), through - after);
        return reader.submit(() -> limit <= 0 ? List.of() : log.read(after, (int) limit));
    }

    private static List<Delivery> result(Future<List<Delivery>> page)
            throws SQLException, InterruptedException {
        try {
            return page.get();
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case SQLException cause -> throw cause;
                case RuntimeException cause -> throw cause;
                case null, default -> throw new IllegalStateException("reading the log", e);
            }
        }
    }

    @Override
    public void close() {
        reader.shutdownNow();
    }
}

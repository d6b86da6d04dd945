package dev.confetti.ledger.rebuild;

import dev.confetti.events.LogReader;
import dev.confetti.ledger.journal.LedgerPosition;
import dev.confetti.ledger.journal.LedgerSchema;
import dev.confetti.ledger.journal.LedgerTransactions;
import dev.confetti.ledger.seal.SealKey;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Builds a second ledger from the event log and switches to it when it is equal, while the live one
 * is read and written, or while nobody does.
 *
 * <p>The second one is built up to where the live one stands: a ledger that stopped before an event
 * is replaced as it is, and the projector goes on from there. One at a time; one that was broken
 * off leaves the live ledger as it was, and the next one starts over.
 */
public final class LedgerRebuild {
    private static final String LOCK =
            "select pg_try_advisory_lock(hashtext('confetti.ledger rebuild'))";

    /** Reading may go on for minutes (a verification); the switch waits for a moment without. */
    private static final Duration SWITCH_PATIENCE = Duration.ofMinutes(15);

    private final DataSource database;
    private final LogReader log;
    private final @Nullable SealKey sealKey;
    private final LedgerTransactions live;

    /**
     * For the ledger of a database.
     *
     * @param sealKey signs closed months; null for the one that the database keeps
     */
    public LedgerRebuild(DataSource database, LogReader log, @Nullable SealKey sealKey) {
        this.database = database;
        this.log = log;
        this.sealKey = sealKey;
        this.live = new LedgerTransactions(database, LedgerSchema.LIVE);
    }

    /** Is told of each step of the building. */
    @FunctionalInterface
    public interface Progress {
        /**
         * Another page is booked.
         *
         * @param position up to which the second ledger has booked
         * @param live where the live one stood when last looked
         */
        void at(long position, long live);
    }

    /**
     * What came of it.
     *
     * @param position at which the two were compared
     * @param entries that the second one has
     * @param compared how many balances, lots and seals that were, for people
     * @param differences how they differ, at most some for each kind; empty when they do not
     * @param replaced the schema that the ledger that was live is in now; null when it is live
     *     still
     */
    public record Outcome(
            long position,
            long entries,
            String compared,
            List<String> differences,
            @Nullable String replaced) {
        public Outcome {
            differences = List.copyOf(differences);
        }
    }

    /**
     * Builds a ledger anew and switches to it.
     *
     * @param acceptDifferences whether to switch though they differ
     * @throws RebuildException when another one is at work, or the switch found no moment
     */
    public Outcome rebuild(boolean acceptDifferences, Progress progress)
            throws SQLException, InterruptedException {
        return alone(
                () -> {
                    LedgerSchemas.drop(database, LedgerSchemas.NEW);
                    LedgerSchema.migrate(database, LedgerSchemas.NEW);
                    return bookAndSwitch(LedgerSchemas.NEW, acceptDifferences, progress);
                });
    }

    /**
     * Goes back to the ledger that was replaced last, once it is brought up to the live one; that
     * one is kept in turn.
     *
     * @throws RebuildException when no replaced one is kept
     */
    public Outcome back(Progress progress) throws SQLException, InterruptedException {
        return alone(
                () -> {
                    String old =
                            LedgerSchemas.lastReplaced(database)
                                    .orElseThrow(
                                            () ->
                                                    new RebuildException(
                                                            "no replaced ledger is kept: expected a"
                                                                    + " schema "
                                                                    + LedgerSchemas.OLD
                                                                    + "N"));
                    LedgerSchema.migrate(database, old);
                    return bookAndSwitch(old, true, progress);
                });
    }

    /** Drops the ledgers that were replaced, and says which. */
    public List<String> dropReplaced() throws SQLException, InterruptedException {
        return alone(
                () -> {
                    List<String> replaced = LedgerSchemas.replaced(database);
                    for (String schema : replaced) {
                        LedgerSchemas.drop(database, schema);
                    }
                    return replaced;
                });
    }

    private Outcome bookAndSwitch(String schema, boolean acceptDifferences, Progress progress)
            throws SQLException, InterruptedException {
        try (Booking booking = new Booking(database, schema, log, sealKey)) {
            // What comes in while this is booked is less each time; the rest is for the switch.
            long target = -1;
            for (long now = livePosition(); now > target; now = livePosition()) {
                target = now;
                long reached = target;
                booking.upTo(target, position -> progress.at(position, reached));
            }
            return switched(new LedgerSwitch(database, booking, acceptDifferences));
        }
    }

    /**
     * Tries until there is a moment without readers. A try keeps the live ledger's writer out while
     * it compares, and readers as long as it waits for the others; tried again at once it would let
     * one transaction of each pass. So the live ledger then has as long as the try took, to catch
     * up and to answer.
     */
    private static Outcome switched(LedgerSwitch change) throws SQLException, InterruptedException {
        long deadlineNanos = System.nanoTime() + SWITCH_PATIENCE.toNanos();
        while (true) {
            long beganNanos = System.nanoTime();
            Optional<Outcome> outcome = change.attempt();
            if (outcome.isPresent()) {
                return outcome.get();
            }
            long endedNanos = System.nanoTime();
            if (endedNanos > deadlineNanos) {
                throw new RebuildException(
                        "the ledger was read without a pause for "
                                + SWITCH_PATIENCE
                                + ": expected a moment to switch in; the ledger that was built"
                                + " is dropped by the next try");
            }
            Thread.sleep(Duration.ofNanos(endedNanos - beganNanos));
        }
    }

    private long livePosition() throws SQLException {
        return live.read(LedgerPosition::read).position();
    }

    private interface Work<T> {
        T run() throws SQLException, InterruptedException;
    }

    /** The lock goes with its connection, whatever becomes of this process. */
    private <T> T alone(Work<T> work) throws SQLException, InterruptedException {
        try (Connection connection = database.getConnection();
                PreparedStatement lock = connection.prepareStatement(LOCK)) {
            try (var row = lock.executeQuery()) {
                row.next();
                if (!row.getBoolean(1)) {
                    throw new RebuildException(
                            "another rebuild of this ledger is at work: expected one at a time");
                }
            }
            try {
                return work.run();
            } finally {
                // A connection of a pool outlives this, whatever came of the work.
                try (Statement unlock = connection.createStatement()) {
                    unlock.execute(
                            "select pg_advisory_unlock(hashtext('confetti.ledger rebuild'))");
                }
            }
        }
    }
}

package dev.confetti.gift.log;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that writes the log: it takes what waits, writes it as one transaction, and tells
 * each caller its own outcome after the commit.
 *
 * <p>When a batch fails with its connection, before the commit was asked for, it is tried once more
 * on a fresh one. When it fails without, some append of it is to blame, and each is tried by
 * itself. When the commit itself gets no answer nobody can know: all its callers are told so.
 */
final class BatchWriter implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(BatchWriter.class);
    private static final PendingAppend END = new PendingAppend(List.of());

    private final WriterConnection connection;
    private final BatchTransaction transaction;
    private final int maxBatchRows;
    private final BlockingQueue<PendingAppend> waiting = new LinkedBlockingQueue<>();
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private final Thread thread;
    private volatile boolean closed;

    BatchWriter(WriterConnection connection, BatchTransaction transaction, int maxBatchRows) {
        this.connection = connection;
        this.transaction = transaction;
        this.maxBatchRows = maxBatchRows;
        this.thread = Thread.ofPlatform().name("event-log-writer").daemon().start(this::run);
    }

    void submit(PendingAppend append) {
        if (closed) {
            append.finish(closedOutcome());
            return;
        }
        waiting.add(append);
        // Closed in between: whoever takes it out of the queue answers it.
        if (closed && waiting.remove(append)) {
            append.finish(closedOutcome());
        }
    }

    void onAppended(Runnable listener) {
        listeners.add(listener);
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        waiting.add(END);
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        List<PendingAppend> batch = new ArrayList<>();
        boolean goOn = true;
        while (goOn) {
            batch.clear();
            goOn = take(batch);
            if (!batch.isEmpty()) {
                write(batch);
            }
        }
        connection.release();
        PendingAppend late = waiting.poll();
        while (late != null) {
            late.finish(closedOutcome());
            late = waiting.poll();
        }
    }

    /** Waits for the first append and takes what stands behind it; false at the end. */
    private boolean take(List<PendingAppend> batch) {
        PendingAppend next;
        try {
            next = waiting.take();
        } catch (InterruptedException e) {
            // Nobody has a reason to interrupt this thread; ending it would strand the callers.
            LOG.warn("the event log's writer was interrupted; it goes on", e);
            return true;
        }
        int rows = 0;
        while (next != null && next != END) {
            batch.add(next);
            rows += next.events().size();
            next = rows < maxBatchRows ? waiting.poll() : null;
        }
        return next != END;
    }

    private void write(List<PendingAppend> batch) {
        try {
            Failure failure = attempt(batch);
            if (failure != null && failure.kind() == Kind.TRY_AGAIN) {
                failure = attempt(batch);
            }
            if (failure == null) {
                return;
            }
            if (failure.kind() == Kind.BLAME_ONE && batch.size() > 1) {
                batch.forEach(append -> write(List.of(append)));
                return;
            }
            List<PendingAppend> failed = new ArrayList<>(batch);
            if (failure.kind() == Kind.NO_CONNECTION) {
                // Before anybody is told: what they try next is another attempt.
                waiting.drainTo(failed);
                if (failed.remove(END)) {
                    waiting.add(END);
                }
            }
            fail(failed, failure);
        } catch (Throwable e) {
            // Such as no memory: the thread must live on, and no caller may wait for ever.
            LOG.error("the event log's writer failed in a way that is not foreseen", e);
            renewConnection();
            fail(batch, new Failure(Kind.COMMIT_UNANSWERED, e));
        }
    }

    private enum Kind {
        /** There is no connection: nobody's append can go on now. */
        NO_CONNECTION,
        /** Rolled back, by no fault of the batch: the same again may succeed. */
        TRY_AGAIN,
        /** Rolled back because of something in the batch. */
        BLAME_ONE,
        /** Rolled back, and trying again at once is of no use. */
        GIVE_UP,
        /** Asked to commit, and no answer: it may be in the log. */
        COMMIT_UNANSWERED
    }

    private record Failure(Kind kind, Throwable cause) {}

    /** Writes a batch and tells its callers; null when that is done. */
    private @Nullable Failure attempt(List<PendingAppend> batch) {
        Connection open;
        try {
            open = connection.open();
        } catch (SQLException | RuntimeException e) {
            return new Failure(Kind.NO_CONNECTION, e);
        }
        List<Outcome> outcomes;
        try {
            outcomes = transaction.run(open, batch);
            if (!transaction.hasRows()) {
                open.rollback();
                tell(batch, outcomes);
                return null;
            }
        } catch (SQLException | RuntimeException e) {
            return rolledBack(e);
        }
        try {
            open.commit();
        } catch (SQLException | RuntimeException e) {
            if (connection.isUsableAfterRollback()) {
                return new Failure(blame(e), e);
            }
            renewConnection();
            return new Failure(Kind.COMMIT_UNANSWERED, e);
        }
        transaction.committed();
        tell(batch, outcomes);
        tellListeners();
        return null;
    }

    private static void tell(List<PendingAppend> batch, List<Outcome> outcomes) {
        for (int i = 0; i < outcomes.size(); i++) {
            batch.get(i).finish(outcomes.get(i));
        }
    }

    private Failure rolledBack(Exception e) {
        if (connection.isUsableAfterRollback()) {
            return new Failure(blame(e), e);
        }
        renewConnection();
        return new Failure(Kind.TRY_AGAIN, e);
    }

    private void renewConnection() {
        transaction.forget();
        connection.discard();
    }

    /** Who is to blame for a failure that the connection survived, by SQLSTATE's class. */
    private static Kind blame(Exception e) {
        if (!(e instanceof SQLException sql)) {
            return Kind.BLAME_ONE; // an inline projection's own
        }
        String state = sql.getSQLState();
        return switch (state == null || state.length() != 5 ? "" : state.substring(0, 2)) {
            case "40" -> Kind.TRY_AGAIN; // deadlock, serialization
            case "21", "22", "23", "44", "54", "P0" -> Kind.BLAME_ONE; // data, constraints
            default -> Kind.GIVE_UP; // timeouts, disk full, missing tables …
        };
    }

    private static void fail(List<PendingAppend> batch, Failure failure) {
        if (failure.kind() == Kind.BLAME_ONE
                && failure.cause() instanceof OutdatedAppendException outdated) {
            Outcome outcome = new Outcome.Outdated(String.valueOf(outdated.getMessage()));
            batch.forEach(append -> append.finish(outcome));
            return;
        }
        String what =
                switch (failure.kind()) {
                    case NO_CONNECTION -> "the event log's database cannot be reached";
                    case TRY_AGAIN -> "the event log's database failed twice";
                    case BLAME_ONE, GIVE_UP -> "the event log's database refused the append";
                    case COMMIT_UNANSWERED -> "the event log's database did not answer the commit";
                };
        LOG.warn("{}: {} appends fail", what, batch.size(), failure.cause());
        boolean unknown = failure.kind() == Kind.COMMIT_UNANSWERED;
        batch.forEach(append -> append.finish(new Outcome.Failed(what, unknown, failure.cause())));
    }

    private void tellListeners() {
        for (Runnable listener : listeners) {
            try {
                listener.run();
            } catch (RuntimeException e) {
                LOG.error("a listener of the event log failed", e);
            }
        }
    }

    private static Outcome closedOutcome() {
        return new Outcome.Failed("the event log is closed", false, null);
    }
}

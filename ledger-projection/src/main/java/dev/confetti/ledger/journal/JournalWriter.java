package dev.confetti.ledger.journal;

import dev.confetti.ledger.posting.UnpostableEventException;
import dev.confetti.ledger.seal.SealKey;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Books events into the tables: each batch is one transaction that holds the entries, balances,
 * lots and how far the source was read. While a thread of its own writes one batch, the caller's
 * works out the next. For one thread.
 *
 * <p>After any {@link SQLException} or {@link LedgerMovedException} the outcome of all that is not
 * {@link #settled} is unknown: call {@link #load} and go on from the position that it returns.
 */
public final class JournalWriter {
    private static final Logger LOG = LoggerFactory.getLogger(JournalWriter.class);
    private static final long IDLE_THREAD_SECONDS = 10;

    /** SQLSTATE of what was ended from outside. */
    private static final String QUERY_CANCELED = "57014";

    private final LedgerTransactions transactions;
    private final @Nullable SealKey sealKey;
    private final BatchBuilder builder;
    private final ExecutorService writing = oneThread();
    private @Nullable Future<LedgerPosition> inFlight;
    private LedgerPosition written = new LedgerPosition(0, 0, ChainHash.START);

    /** One that seals by the key that the database keeps. */
    public JournalWriter(LedgerTransactions transactions) {
        this(transactions, null);
    }

    /**
     * One that seals by a key.
     *
     * @param sealKey null for the one that the database keeps
     */
    public JournalWriter(LedgerTransactions transactions, @Nullable SealKey sealKey) {
        this(transactions, sealKey, BatchBuilder.Memory.USUAL);
    }

    JournalWriter(
            LedgerTransactions transactions,
            @Nullable SealKey sealKey,
            BatchBuilder.Memory memory) {
        this.transactions = transactions;
        this.sealKey = sealKey;
        this.builder = new BatchBuilder(transactions, memory);
    }

    /** A thread that comes with work and goes when there has been none for a while. */
    private static ExecutorService oneThread() {
        ThreadPoolExecutor thread =
                new ThreadPoolExecutor(
                        1,
                        1,
                        IDLE_THREAD_SECONDS,
                        TimeUnit.SECONDS,
                        new LinkedBlockingQueue<>(),
                        Thread.ofPlatform().daemon().name("ledger-writer-", 0).factory());
        thread.allowCoreThreadTimeOut(true);
        return thread;
    }

    /** Reads where the ledger stands; to be called first. */
    public Start load() throws SQLException {
        abandon();
        return transactions.read(
                connection -> {
                    written = builder.load(connection);
                    return new Start(written, PartitionMarks.read(connection));
                });
    }

    /**
     * Where the ledger stands.
     *
     * @param partitions those of which it has read something
     */
    public record Start(LedgerPosition position, List<PartitionMark> partitions) {
        public Start {
            partitions = List.copyOf(partitions);
        }
    }

    /**
     * Books events that follow the last ones, and waits until they are committed.
     *
     * @return where the ledger then stands
     * @throws UnpostableEventException when one cannot be booked: all before it are
     */
    public LedgerPosition book(List<Delivery> deliveries) throws SQLException {
        submit(deliveries);
        return settled();
    }

    /**
     * Works out what events do that follow the last ones, and has it written while the caller goes
     * on. Waits for what was submitted before; what goes wrong with it is thrown here or by {@link
     * #settled}.
     *
     * @throws UnpostableEventException when one cannot be booked: all before it are
     */
    public void submit(List<Delivery> deliveries) throws SQLException {
        int from = 0;
        while (from < deliveries.size()) {
            int room = roomAfter(deliveries.get(from).source().position() - 1);
            int to = Math.min(deliveries.size(), from + room);
            submitWithinBlock(deliveries.subList(from, to));
            from = to;
        }
    }

    /** The most events that one transaction takes after a position, 1 to 8,192. */
    public static int roomAfter(long position) {
        return (int) (Block.end(position + 1) - position);
    }

    private void submitWithinBlock(List<Delivery> deliveries) throws SQLException {
        if (builder.isFull()) {
            settled();
            builder.forget();
        }
        BatchBuilder.Built built = builder.build(deliveries);
        Batch batch = built.batch();
        if (batch != null) {
            settled();
            inFlight = writing.submit(() -> write(batch));
        }
        UnpostableEventException refusal = built.refusal();
        if (refusal != null) {
            settled();
            if (batch == null) {
                confirmPosition();
            }
            throw refusal;
        }
    }

    private LedgerPosition write(Batch batch) throws SQLException {
        if (batch.mayBeginAMonth()) {
            transactions.write(
                    connection -> {
                        batch.makePartitions(connection);
                        return batch.from();
                    });
        }
        return transactions.write(
                connection -> {
                    batch.write(connection, sealKey);
                    return batch.to();
                });
    }

    /** A refusal only counts if it came from the ledger as it is: the fence has not told us yet. */
    private void confirmPosition() throws SQLException {
        if (!transactions.read(LedgerPosition::read).equals(written)) {
            throw new LedgerMovedException(written.position());
        }
    }

    /** Whether something that was submitted is being written. */
    public boolean isWriting() {
        return inFlight != null && !inFlight.isDone();
    }

    /** Waits until all that was submitted is committed; returns where the ledger then stands. */
    public LedgerPosition settled() throws SQLException {
        Future<LedgerPosition> future = inFlight;
        if (future != null) {
            inFlight = null;
            written = result(future);
        }
        return written;
    }

    /** Where the ledger stood when the last batch was seen to be committed. */
    public LedgerPosition written() {
        return written;
    }

    /** Waits for the end of what is being written, however it ends. */
    public void abandon() {
        try {
            settled();
        } catch (SQLException | RuntimeException e) {
            LOG.debug("a batch is given up", e);
        }
    }

    private static LedgerPosition result(Future<LedgerPosition> future) throws SQLException {
        try {
            return future.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SQLException("interrupted while a batch was written", QUERY_CANCELED, e);
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case SQLException cause -> throw cause;
                case RuntimeException cause -> throw cause;
                case Error cause -> throw cause;
                case null, default -> throw new IllegalStateException("writing a batch", e);
            }
        }
    }
}

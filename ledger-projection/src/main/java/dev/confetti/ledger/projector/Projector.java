package dev.confetti.ledger.projector;

import dev.confetti.events.LogReader;
import dev.confetti.ledger.journal.Delivery;
import dev.confetti.ledger.journal.JournalWriter;
import dev.confetti.ledger.journal.LedgerMovedException;
import dev.confetti.ledger.journal.LedgerTransactions;
import dev.confetti.ledger.journal.PartitionMark;
import dev.confetti.ledger.projector.ProjectorStatus.Phase;
import dev.confetti.ledger.seal.SealKey;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the ledger up to date: reads all topics, restores the log's order and books batch by batch,
 * in a thread of its own. A batch is whatever waits when the one before is written, up to the end
 * of its block; a full one is worked out meanwhile. When an engine is away it tries again for ever;
 * when an event cannot be booked it stops before it, for a person to look.
 */
public final class Projector implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Projector.class);

    /** Arrivals out of turn, beyond which partitions pause; about 1 KB each. */
    private static final int MAX_WAITING = 25_000;

    private static final Duration IDLE_POLL = Duration.ofMillis(100);

    /** While a batch is written: what waits is booked when it is done. */
    private static final Duration BUSY_POLL = Duration.ofMillis(2);

    private static final long FIRST_BACKOFF_MS = 100;
    private static final long MAX_BACKOFF_MS = 5_000;
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(20);

    private final String bootstrap;
    private final JournalWriter writer;
    private final @Nullable LogCatchUp catchUp;
    private final long stallNanos;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread;
    private volatile ProjectorStatus status = ProjectorStatus.STARTING;
    private long backoffMs = FIRST_BACKOFF_MS;

    /**
     * A projector that does not run yet.
     *
     * @param sealKey signs closed months; null for the one that the database keeps
     * @param log where to read what Kafka no longer has; null when only Kafka can be read
     * @param stallTimeout how long to wait for an event while later ones are there
     */
    public Projector(
            String bootstrap,
            LedgerTransactions transactions,
            @Nullable SealKey sealKey,
            @Nullable LogReader log,
            Duration stallTimeout) {
        this.bootstrap = bootstrap;
        this.writer = new JournalWriter(transactions, sealKey);
        this.catchUp = log == null ? null : new LogCatchUp(log, writer);
        this.stallNanos = stallTimeout.toNanos();
        this.thread = Thread.ofPlatform().name("ledger-projector").unstarted(this::run);
    }

    public void start() {
        thread.start();
    }

    public ProjectorStatus status() {
        return status;
    }

    /** Ends the batch at work and stops. */
    @Override
    public void close() {
        closing.countDown();
        try {
            if (!thread.join(CLOSE_TIMEOUT)) {
                thread.interrupt();
                thread.join();
            }
        } catch (InterruptedException e) {
            thread.interrupt();
            Thread.currentThread().interrupt();
        }
    }

    private boolean isClosing() {
        return closing.getCount() == 0;
    }

    private void run() {
        try {
            projectUntilClosing();
        } finally {
            writer.abandon();
        }
    }

    private void projectUntilClosing() {
        while (!isClosing()) {
            try {
                project();
            } catch (SQLException | RuntimeException e) {
                if (isClosing()) {
                    return;
                }
                if (!Failures.passes(e)) {
                    status = status.because(Phase.STOPPED, Failures.text(e));
                    LOG.error("the ledger has stopped after position {}", status.position(), e);
                    return;
                }
                // Another ledger took the name, or another writer was faster: nothing is amiss.
                if (!(e instanceof LedgerMovedException)) {
                    status = status.because(Phase.RETRYING, Failures.text(e));
                }
                LOG.warn(
                        "the ledger tries again in {} ms, after position {}: {}",
                        backoffMs,
                        status.position(),
                        Failures.text(e));
                backOff();
            }
        }
    }

    private void backOff() {
        try {
            if (!closing.await(backoffMs, TimeUnit.MILLISECONDS)) {
                backoffMs = Math.min(MAX_BACKOFF_MS, 2 * backoffMs);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** One run from the stored state, until closing or a failure. */
    private void project() throws SQLException {
        JournalWriter.Start start = writer.load();
        long position = start.position().position();
        try (TopicSource source = new TopicSource(bootstrap)) {
            if (!source.awaitTopics(this::isClosing)) {
                return;
            }
            if (source.seek(start.partitions()) && catchUp != null) {
                position = catchUp.run(position, this::isClosing, this::applied);
            }
            applied(position);
            follow(source, buffer(position, start.partitions()));
        } catch (MissingEventsException e) {
            fillIn(e);
        }
    }

    private static ReorderBuffer buffer(long position, List<PartitionMark> marks) {
        Map<TopicPartition, Long> lastPositions = new HashMap<>();
        for (PartitionMark mark : marks) {
            lastPositions.put(
                    new TopicPartition(mark.topic(), mark.partition()), mark.lastPosition());
        }
        return new ReorderBuffer(position, lastPositions, MAX_WAITING);
    }

    private void follow(TopicSource source, ReorderBuffer buffer) throws SQLException {
        long waitingSince = System.nanoTime();
        boolean more = false;
        while (!isClosing()) {
            RuntimeException broken = null;
            Duration patience = more ? Duration.ZERO : writer.isWriting() ? BUSY_POLL : IDLE_POLL;
            try {
                for (ConsumerRecord<byte[], byte[]> record : source.poll(patience)) {
                    buffer.add(Arrival.of(record));
                }
            } catch (BrokenSourceException | MissingEventsException e) {
                // What came before it is sound, and booked first.
                broken = e;
            }
            int room = JournalWriter.roomAfter(buffer.next() - 1);
            int booked = writer.isWriting() && buffer.ready() < room ? 0 : bookNext(buffer);
            more = booked == room;
            if (broken != null) {
                while (bookNext(buffer) > 0) {
                    LOG.debug("booking what came before the broken record");
                }
                applied(writer.settled().position());
                throw broken;
            }
            if (!writer.isWriting()) {
                writer.settled();
            }
            applied(writer.written().position());
            source.pauseOnly(buffer.paused());
            long lag = source.lag();
            long unwritten = buffer.next() - 1 - status.position();
            status =
                    status.withLag(
                            lag + buffer.size() + unwritten,
                            buffer.size() == 0 && unwritten == 0 && source.reachedTargets());
            if (booked > 0 || unwritten > 0 || buffer.size() == 0 || lag > 0) {
                waitingSince = System.nanoTime();
            } else if (System.nanoTime() - waitingSince > stallNanos) {
                throw new MissingEventsException(
                        "position "
                                + buffer.next()
                                + " does not come, while "
                                + buffer.size()
                                + " later ones wait and every partition is read to its end");
            }
        }
        applied(writer.settled().position());
    }

    /** Submits what can be booked now, up to a batch; returns how many events that are. */
    private int bookNext(ReorderBuffer buffer) throws SQLException {
        int room = JournalWriter.roomAfter(buffer.next() - 1);
        List<Delivery> batch = new ArrayList<>();
        BrokenSourceException broken = null;
        while (batch.size() < room && broken == null) {
            Optional<Arrival> arrival = buffer.poll();
            if (arrival.isEmpty()) {
                break;
            }
            try {
                batch.add(arrival.get().decode());
            } catch (BrokenSourceException e) {
                broken = e;
            }
        }
        writer.submit(batch);
        if (broken != null) {
            applied(writer.settled().position());
            throw broken;
        }
        return batch.size();
    }

    private void applied(long position) {
        backoffMs = FIRST_BACKOFF_MS;
        status = status.at(position);
    }

    /** Books from the log what Kafka lacks. */
    private void fillIn(MissingEventsException missing) throws SQLException {
        if (catchUp == null) {
            throw new MissingEventsException(
                    "Kafka lacks events: "
                            + missing.getMessage()
                            + "; expected them there, or confetti.ledger.log-postgres-url to name"
                            + " the event log's database");
        }
        LOG.warn("Kafka lacks events, reading the event log instead: {}", missing.getMessage());
        long before = writer.load().position().position();
        long reached = catchUp.run(before, this::isClosing, this::applied);
        if (reached == before && !isClosing()) {
            throw new MissingEventsException(
                    "neither Kafka nor the event log has what follows position "
                            + before
                            + ": "
                            + missing.getMessage());
        }
    }
}

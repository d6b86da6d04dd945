package dev.confetti.gift.relay;

import dev.confetti.events.LogReader;
import dev.confetti.events.LogRecord;
import dev.confetti.gift.log.RecentRecords;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes the event log to Kafka in the order of positions, each event once.
 *
 * <p>Of all instances one leads, by {@link Leadership}; the others stand by. A leader fences out
 * the one before it, takes its committed state from the topic {@code confetti.relay}, proves it
 * ({@link ResumePoint}), and then publishes batch after batch ({@link RelayPublisher}). After any
 * failure it begins anew from the committed state, so that it never has to know how far the failed
 * attempt came.
 */
public final class Relay implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Relay.class);
    private static final Duration POLL = Duration.ofMillis(50);

    /**
     * From the beginning of one transaction to that of the next at least: so long, and longer the
     * more records the last one had. A transaction costs the broker and each of its readers as much
     * as some hundred records, so that without a pause the processor would be spent on small ones.
     * A lone gift does not wait.
     */
    private static final Duration SHORTEST_INTERVAL = Duration.ofMillis(5);

    private static final Duration INTERVAL_PER_RECORD = Duration.ofMillis(1);
    private static final Duration LONGEST_INTERVAL = Duration.ofMillis(40);

    /** Long for a transaction to end after its commit, short for those who wait for its events. */
    private static final Duration LOOK_FOR_STUCK = Duration.ofSeconds(5);

    private static final Duration STANDBY = Duration.ofMillis(500);
    private static final Duration MAX_BACKOFF = Duration.ofSeconds(2);
    private static final Duration REFUSAL = Duration.ofSeconds(10);

    private final RelayConfig config;
    private final RelayClients clients;
    private final LogReader log;
    private final RecentRecords recent;
    private final DataSource sessions;
    private final Enrichment enrichment;
    private final Thread thread;
    private volatile boolean closed;
    private volatile RelayStatus status = new RelayStatus.Starting();
    private volatile long published;
    private volatile boolean everReady;
    private volatile @Nullable Leadership leadership;
    private int failures;

    /**
     * Prepares a relay; {@link #start} runs it.
     *
     * @param recent what this instance appended last, to be taken from memory
     * @param sessions gives database sessions that no pool shares
     */
    public Relay(
            RelayConfig config,
            LogReader log,
            RecentRecords recent,
            DataSource sessions,
            Enrichment enrichment) {
        this.config = config;
        this.clients = new RelayClients(config);
        this.log = log;
        this.recent = recent;
        this.sessions = sessions;
        this.enrichment = enrichment;
        this.thread = Thread.ofPlatform().name("relay").daemon().unstarted(this::run);
    }

    public void start() {
        thread.start();
    }

    /** Tells that the log has grown; without it that is noticed within 50 ms. */
    public void wake() {
        LockSupport.unpark(thread);
    }

    public RelayStatus status() {
        return status;
    }

    /** Whether it has led or stood by since its start, so that the topics exist. */
    boolean wasReady() {
        return everReady;
    }

    /** Positions of the log that are not published yet; empty where another instance leads. */
    public OptionalLong lagPositions() {
        Leadership current = leadership;
        return current == null
                ? OptionalLong.empty()
                : OptionalLong.of(Math.max(0, current.head() - published));
    }

    /** Stops after the transaction that is under way. */
    @Override
    public void close() {
        closed = true;
        wake();
        try {
            if (thread.isAlive() && !thread.join(MAX_BACKOFF)) {
                thread.interrupt(); // a call to a broker that is away
                thread.join();
            }
        } catch (InterruptedException e) {
            thread.interrupt();
            Thread.currentThread().interrupt();
        }
        status = new RelayStatus.Closed();
    }

    private void run() {
        boolean topicsReady = false;
        while (!closed) {
            try {
                if (!topicsReady) {
                    ensureTopics();
                    topicsReady = true;
                }
                Optional<Leadership> taken = Leadership.tryTake(sessions, config.logName());
                if (taken.isEmpty()) {
                    failures = 0;
                    status = new RelayStatus.Standby();
                    everReady = true;
                    backOff(STANDBY);
                    continue;
                }
                try (Leadership held = taken.get()) {
                    leadership = held;
                    lead(held);
                } finally {
                    leadership = null;
                }
            } catch (RelayRefusedException e) {
                LOG.error("the relay does not publish: {}", e.getMessage(), e);
                status = new RelayStatus.Refused(String.valueOf(e.getMessage()));
                backOff(REFUSAL);
            } catch (ProducerFencedException | InvalidProducerEpochException e) {
                LOG.info("another relay has taken over; this one stands by");
                status = new RelayStatus.Standby();
                backOff(STANDBY);
            } catch (SQLException | RuntimeException e) {
                retryLater(e);
            } catch (InterruptedException e) {
                LOG.debug("the relay was interrupted", e);
            }
        }
    }

    private void ensureTopics() throws InterruptedException {
        try (Admin admin = clients.admin()) {
            RelayTopics.ensure(admin, config);
        }
    }

    /** Leads until the leadership is lost or taken away; broker failures are waited out in it. */
    private void lead(Leadership held) throws SQLException, InterruptedException {
        while (!closed && held.held()) {
            try (RelayPublisher publisher =
                            new RelayPublisher(clients.producer(), enrichment, config.logName());
                    OpenTransactions open = new OpenTransactions(clients.admin())) {
                RelayState state = takeOver(publisher, open);
                LOG.info("the relay publishes from position {}", state.position() + 1);
                publish(held, publisher, open, state);
            } catch (ProducerFencedException | InvalidProducerEpochException e) {
                throw e;
            } catch (KafkaException e) {
                if (closed) {
                    return;
                }
                retryLater(e);
            }
        }
    }

    /** Fences out whoever published before, and gives the state to go on from. */
    private RelayState takeOver(RelayPublisher publisher, OpenTransactions open)
            throws SQLException, InterruptedException {
        Consumer<byte[], byte[]> readCommitted = clients.reader(IsolationLevel.READ_COMMITTED);
        Consumer<byte[], byte[]> readUncommitted = clients.reader(IsolationLevel.READ_UNCOMMITTED);
        try {
            ResumePoint resume =
                    new ResumePoint(readCommitted, readUncommitted, log, config.brokerTimeout());
            // A stranger to these topics must not fence out the relay that they belong to.
            resume.state();
            publisher.takeOver();
            open.abort();
            return resume.provenState();
        } finally {
            // Without waiting for a broker that may be away.
            readCommitted.close(CloseOptions.timeout(Duration.ZERO));
            readUncommitted.close(CloseOptions.timeout(Duration.ZERO));
        }
    }

    /** Publishes until the leadership is lost, or readers are stuck behind a transaction. */
    private void publish(
            Leadership held, RelayPublisher publisher, OpenTransactions open, RelayState from)
            throws SQLException, InterruptedException {
        RelayState state = from;
        published = state.position();
        status = new RelayStatus.Leading();
        everReady = true;
        long looked = System.nanoTime();
        while (!closed && held.held()) {
            if (System.nanoTime() - looked > LOOK_FOR_STUCK.toNanos()) {
                if (open.anyStuck()) {
                    LOG.warn("readers wait for a transaction that nobody ends; taking over anew");
                    return;
                }
                looked = System.nanoTime();
            }
            List<LogRecord> batch = next(state.position());
            if (batch.isEmpty()) {
                pause(POLL);
                continue;
            }
            long begunNanos = System.nanoTime();
            state = publisher.send(batch, state);
            publisher.commit();
            published = state.position();
            failures = 0;
            if (batch.size() < config.maxBatchRecords()) {
                waitUntil(begunNanos + intervalNanos(batch.size()));
            }
        }
    }

    /** The interval after a transaction of so many records. */
    static long intervalNanos(int records) {
        return Math.min(
                LONGEST_INTERVAL.toNanos(),
                SHORTEST_INTERVAL.toNanos() + records * INTERVAL_PER_RECORD.toNanos());
    }

    private List<LogRecord> next(long afterPosition) throws SQLException {
        List<LogRecord> batch = recent.after(afterPosition, config.maxBatchRecords());
        return batch.isEmpty() ? log.read(afterPosition, config.maxBatchRecords()) : batch;
    }

    private void retryLater(Exception e) {
        failures++;
        if (failures == 1) {
            LOG.warn("the relay cannot publish now; it keeps trying: {}", e.toString());
            LOG.debug("why the relay cannot publish", e);
        }
        status = new RelayStatus.Retrying(String.valueOf(e.getMessage()));
        long backoffMs = Math.min(100L << Math.min(failures, 10), MAX_BACKOFF.toMillis());
        backOff(Duration.ofMillis(backoffMs));
    }

    /** Waits for appends. */
    private void pause(Duration most) {
        if (!closed) {
            LockSupport.parkNanos(this, most.toNanos());
        }
    }

    /**
     * Waits out a failure; appends, of which there may be thousands meanwhile, do not cut it short.
     */
    private void backOff(Duration whole) {
        waitUntil(System.nanoTime() + whole.toNanos());
    }

    private void waitUntil(long deadlineNanos) {
        long left = deadlineNanos - System.nanoTime();
        while (!closed && left > 0) {
            LockSupport.parkNanos(this, left);
            left = deadlineNanos - System.nanoTime();
        }
    }
}

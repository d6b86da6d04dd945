package dev.confetti.gift.log;

import dev.confetti.events.LogRecord;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;

/**
 * The durable event log, {@code domain.event_log}: events in gapless positions, in the order of
 * their commits. Thread-safe; several instances may write to one database.
 *
 * <p>Appends go by group commit: callers enqueue and wait (virtual threads may), and one thread
 * writes whatever waits in one transaction, so that one flush of the disk serves many. See {@link
 * BatchTransaction} for how positions stay gapless and how a repeat never breaks a batch.
 */
public final class EventLog implements AutoCloseable {
    private final BatchWriter writer;
    private final LogQueries queries;
    private final RecentRecords recent = new RecentRecords();

    /**
     * Starts the writer; it connects at the first append.
     *
     * @param database has the schema of {@link GiftDatabase#migrate}; one of its connections is
     *     kept for writing
     * @param clock gives {@code recorded_at}; where it steps back the log's own time stands still
     * @param inlineProjections run in every append's transaction, in this order
     */
    public EventLog(
            DataSource database,
            InstantSource clock,
            List<InlineProjection> inlineProjections,
            EventLogConfig config) {
        this.queries = new LogQueries(database);
        this.writer =
                new BatchWriter(
                        new WriterConnection(database, config.databaseTimeoutMs()),
                        new BatchTransaction(clock, inlineProjections, recent),
                        config.maxBatchRows());
    }

    /**
     * Appends events, all or none, and returns when they are durable.
     *
     * @param events at least one; those of one stream with consecutive sequences
     * @throws DuplicateEventException when one of the event ids is in the log already
     * @throws StaleStreamException when a sequence is not the next one of its stream
     * @throws LogUnavailableException when the database failed, or the log is closed
     */
    public Appended append(List<NewEvent> events) {
        if (events.isEmpty()) {
            throw new IllegalArgumentException("an append of no events: expected at least one");
        }
        PendingAppend pending = new PendingAppend(List.copyOf(events));
        writer.submit(pending);
        return pending.await().orThrow();
    }

    /** The record of an event id. */
    public Optional<LogRecord> find(UUID eventId) {
        return queries.find(eventId);
    }

    /** What the log keeps with an event and does not publish; empty when that is nothing. */
    public Optional<byte[]> metadata(UUID eventId) {
        return queries.metadata(eventId);
    }

    /**
     * A stream from a sequence on, whole; for a stream that may be long see {@link
     * #readStream(String, String, long, int)}.
     */
    public List<LogRecord> readStream(String type, String id, long fromSequence) {
        List<LogRecord> all = new ArrayList<>();
        List<LogRecord> page;
        do {
            page = readStream(type, id, fromSequence + all.size(), LogQueries.PAGE_ROWS);
            all.addAll(page);
        } while (page.size() == LogQueries.PAGE_ROWS);
        return all;
    }

    /**
     * One page of a stream, in order.
     *
     * @param fromSequence the first sequence of the page
     * @param limit the most records to return, at least 1; fewer come only at the stream's end
     */
    public List<LogRecord> readStream(String type, String id, long fromSequence, int limit) {
        return queries.readStream(type, id, fromSequence, limit);
    }

    /**
     * A stream backward, latest first.
     *
     * @param beforeSequence only records before this sequence; {@link Long#MAX_VALUE} for all
     * @param types only records of these types; empty for all
     * @param limit the most records to return, at least 1
     */
    public List<LogRecord> readStreamBackward(
            String type, String id, long beforeSequence, Set<String> types, int limit) {
        return queries.readStreamBackward(type, id, beforeSequence, types, limit);
    }

    /** The sequence of a stream's last event; empty when it has none. */
    public OptionalLong lastSequence(String type, String id) {
        return queries.lastSequence(type, id);
    }

    /** The log's last position; 0 while it is empty. */
    public long head() {
        return queries.head();
    }

    /**
     * Has something told whenever this instance appended. It runs in the writer's thread after the
     * commit, so it only signals. Another instance's appends are not told.
     */
    public void onAppended(Runnable listener) {
        writer.onAppended(listener);
    }

    /** What this instance appended last; for who follows the log. */
    public RecentRecords recent() {
        return recent;
    }

    /** Writes what waits, then refuses further appends. */
    @Override
    public void close() {
        writer.close();
    }
}

package dev.confetti.gift.log;

import dev.confetti.events.LogRecord;
import dev.confetti.gift.log.BatchRules.Stream;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One batch of appends as one transaction, up to but without its commit.
 *
 * <p>It begins with the lock of the one row of {@code domain.log_head}, and holds it until the
 * commit: batches of all instances thus stand in line, their positions are in commit order, and
 * what they look up under the lock is the truth (read committed: each statement sees all that was
 * committed before it). Losers are taken out before anything is inserted, so that neither a repeat
 * nor a lost race costs the others their batch, and positions stay gapless.
 *
 * <p>Used by one thread.
 */
final class BatchTransaction {
    private static final String TAKE_POSITIONS =
            "update domain.log_head set position = position + ?, recorded_at = greatest(recorded_at,"
                    + " ?) returning position, recorded_at";
    private static final String GIVE_POSITIONS_BACK =
            "update domain.log_head set position = position - ?";
    private static final String KNOWN_IDS =
            "select event_id from domain.event_log where event_id = any(?)";
    private static final String LAST_SEQUENCES =
            "select s.type, s.id, (select max(e.sequence) from domain.event_log e where"
                    + " e.stream_type = s.type and e.stream_id = s.id) from unnest(?::text[], ?::text[])"
                    + " as s(type, id)";
    private static final String HASH = "select hash from domain.event_log where position = ?";

    private final InstantSource clock;
    private final List<InlineProjection> inlineProjections;
    private final RecentRecords recent;
    private final LogHash chain = new LogHash();
    private final NextSequences remembered = new NextSequences();
    private @Nullable HashedRecord last;
    private @Nullable HashedRecord lastUncommitted;
    private List<LogRecord> uncommitted = List.of();

    BatchTransaction(
            InstantSource clock, List<InlineProjection> inlineProjections, RecentRecords recent) {
        this.clock = clock;
        this.recent = recent;
        this.inlineProjections = List.copyOf(inlineProjections);
    }

    /**
     * Does all but the commit.
     *
     * @return an outcome for each append, in order; they hold once the commit has succeeded
     */
    List<Outcome> run(Connection connection, List<PendingAppend> batch) throws SQLException {
        lastUncommitted = null;
        uncommitted = List.of();
        int wanted = batch.stream().mapToInt(append -> append.events().size()).sum();
        Taken taken = takePositions(connection, wanted);
        Map<Integer, Outcome> losers =
                BatchRules.losers(
                        batch,
                        knownIds(connection, batch),
                        nextSequences(connection, batch, taken.after()));
        List<Outcome> outcomes = new ArrayList<>(batch.size());
        List<NewEvent> winners = new ArrayList<>(wanted);
        for (int i = 0; i < batch.size(); i++) {
            Outcome lost = losers.get(i);
            if (lost != null) {
                outcomes.add(lost);
                continue;
            }
            List<NewEvent> events = batch.get(i).events();
            long first = taken.after() + winners.size() + 1;
            winners.addAll(events);
            outcomes.add(
                    new Outcome.Written(new Appended(first, events.size(), taken.recordedAt())));
        }
        if (winners.isEmpty()) {
            return outcomes;
        }
        if (winners.size() < wanted) {
            giveBack(connection, wanted - winners.size());
        }
        insert(connection, taken, winners);
        return outcomes;
    }

    /** False when all of the last batch lost: it is to be rolled back, and needs no flush. */
    boolean hasRows() {
        return lastUncommitted != null;
    }

    /** Told after the commit: the next batch need not read where the chain stands. */
    void committed() {
        if (lastUncommitted != null) {
            last = lastUncommitted;
            remembered.written(uncommitted);
            recent.committed(uncommitted);
        }
    }

    /** Told when the connection is given up: what this instance believes may be wrong. */
    void forget() {
        last = null;
        lastUncommitted = null;
        remembered.forget();
    }

    /**
     * The positions of a batch.
     *
     * @param after the log's last position before the batch
     */
    private record Taken(long after, Instant recordedAt) {}

    private Taken takePositions(Connection connection, int count) throws SQLException {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        try (PreparedStatement update = connection.prepareStatement(TAKE_POSITIONS)) {
            update.setInt(1, count);
            update.setObject(2, OffsetDateTime.ofInstant(now, ZoneOffset.UTC));
            try (ResultSet row = update.executeQuery()) {
                if (!row.next()) {
                    throw new SQLException("domain.log_head is empty: expected its one row");
                }
                return new Taken(
                        row.getLong(1) - count, row.getObject(2, OffsetDateTime.class).toInstant());
            }
        }
    }

    private static void giveBack(Connection connection, int count) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(GIVE_POSITIONS_BACK)) {
            update.setInt(1, count);
            update.executeUpdate();
        }
    }

    private static Set<UUID> knownIds(Connection connection, List<PendingAppend> batch)
            throws SQLException {
        UUID[] ids =
                batch.stream()
                        .flatMap(append -> append.events().stream())
                        .map(NewEvent::eventId)
                        .toArray(UUID[]::new);
        Set<UUID> known = new HashSet<>();
        try (PreparedStatement query = connection.prepareStatement(KNOWN_IDS)) {
            Array array = connection.createArrayOf("uuid", ids);
            query.setArray(1, array);
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    known.add(row.getObject(1, UUID.class));
                }
            }
            array.free();
        }
        return known;
    }

    /**
     * The next sequence of each of the batch's streams that the log has. What this writer wrote
     * last it knows by itself, as long as nobody else has written since.
     */
    private Map<Stream, Long> nextSequences(
            Connection connection, List<PendingAppend> batch, long after) throws SQLException {
        if (last == null || last.record().position() != after) {
            remembered.forget();
        }
        Map<Stream, Long> next = new HashMap<>();
        Set<Stream> unknown = new LinkedHashSet<>();
        for (PendingAppend append : batch) {
            for (NewEvent event : append.events()) {
                Stream stream = Stream.of(event);
                Long known = remembered.next(stream);
                if (known != null) {
                    next.put(stream, known);
                } else {
                    unknown.add(stream);
                }
            }
        }
        if (!unknown.isEmpty()) {
            lookUp(connection, unknown, next);
        }
        return next;
    }

    private static void lookUp(Connection connection, Set<Stream> streams, Map<Stream, Long> next)
            throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(LAST_SEQUENCES)) {
            query.setArray(
                    1,
                    connection.createArrayOf("text", streams.stream().map(Stream::type).toArray()));
            query.setArray(
                    2,
                    connection.createArrayOf("text", streams.stream().map(Stream::id).toArray()));
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    long last = row.getLong(3);
                    if (!row.wasNull()) {
                        next.put(new Stream(row.getString(1), row.getString(2)), last + 1);
                    }
                }
            }
        }
    }

    private void insert(Connection connection, Taken taken, List<NewEvent> events)
            throws SQLException {
        byte[] hash = hashAt(connection, taken.after());
        List<HashedRecord> rows = new ArrayList<>(events.size());
        List<LogRecord> records = new ArrayList<>(events.size());
        for (NewEvent event : events) {
            LogRecord record =
                    new LogRecord(
                            taken.after() + rows.size() + 1,
                            event.eventId(),
                            event.streamType(),
                            event.streamId(),
                            event.sequence(),
                            event.type(),
                            event.payload(),
                            event.occurredAt(),
                            taken.recordedAt());
            hash = chain.next(hash, record, event.metadata());
            rows.add(new HashedRecord(record, event.metadata(), hash));
            records.add(record);
        }
        CopyRows.insert(connection, rows);
        for (InlineProjection projection : inlineProjections) {
            projection.apply(connection, Collections.unmodifiableList(records));
        }
        lastUncommitted = rows.getLast();
        uncommitted = records;
    }

    private byte[] hashAt(Connection connection, long position) throws SQLException {
        if (position == 0) {
            return LogHash.genesis();
        }
        if (last != null && last.record().position() == position) {
            return last.hash();
        }
        try (PreparedStatement query = connection.prepareStatement(HASH)) {
            query.setLong(1, position);
            try (ResultSet row = query.executeQuery()) {
                if (!row.next()) {
                    throw new SQLException(
                            "domain.log_head stands at position "
                                    + position
                                    + ", domain.event_log has no such row: expected the log's last");
                }
                return row.getBytes(1);
            }
        }
    }
}

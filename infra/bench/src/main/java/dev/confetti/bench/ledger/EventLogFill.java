package dev.confetti.bench.ledger;

import dev.confetti.bench.stage.BenchFailure;
import dev.confetti.events.CoinEvent.CoinsPurchased;
import dev.confetti.events.ConfettiEvent;
import dev.confetti.events.EventCodec;
import dev.confetti.events.EventIds;
import dev.confetti.events.EventType;
import dev.confetti.events.GiftEvent.GiftSent;
import dev.confetti.events.LogReader;
import dev.confetti.events.LogRecord;
import dev.confetti.gift.log.EventLog;
import dev.confetti.gift.log.EventLogConfig;
import dev.confetti.gift.log.NewEvent;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;

/** The gift service's event log as its wallets fill it, in large appends. For one thread. */
final class EventLogFill implements AutoCloseable {
    private static final int APPENDED_AT_ONCE = 5_000;
    private static final int TIMEOUT_MS = 600_000;
    private static final String STREAM_TYPE = "wallet";

    private final DataSource database;
    private final EventLog log;
    private final Map<String, Long> sequences = new HashMap<>();
    private final List<NewEvent> waiting = new ArrayList<>();
    private long position;

    /**
     * @param database has the gift service's schema, and an empty log
     */
    EventLogFill(DataSource database) {
        this.database = database;
        this.log =
                new EventLog(
                        database,
                        InstantSource.system(),
                        List.of(),
                        new EventLogConfig(APPENDED_AT_ONCE, TIMEOUT_MS));
    }

    /** Takes in the next event. */
    void add(ConfettiEvent event) {
        position++;
        String viewerId = viewerOf(event);
        waiting.add(
                new NewEvent(
                        EventIds.of("bench", "event", Long.toString(position)),
                        STREAM_TYPE,
                        viewerId,
                        sequences.merge(viewerId, 1L, Long::sum) - 1,
                        EventType.of(event).typeName(),
                        EventCodec.encode(event),
                        Instant.now()));
        if (waiting.size() == APPENDED_AT_ONCE) {
            append();
        }
    }

    private static String viewerOf(ConfettiEvent event) {
        return switch (event) {
            case GiftSent gift -> gift.viewerId();
            case CoinsPurchased purchase -> purchase.viewerId();
            default -> throw new IllegalArgumentException(event + ": expected a wallet's event");
        };
    }

    private void append() {
        if (!waiting.isEmpty()) {
            var _ = log.append(waiting);
            waiting.clear();
        }
    }

    /** Appends what waits; returns the log's last record. */
    LogRecord finish() throws SQLException {
        append();
        List<LogRecord> last = new LogReader(database).read(position - 1, 2);
        if (last.size() != 1 || last.getFirst().position() != position) {
            throw new BenchFailure("the event log: expected it to end at position " + position);
        }
        return last.getFirst();
    }

    @Override
    public void close() {
        log.close();
    }
}

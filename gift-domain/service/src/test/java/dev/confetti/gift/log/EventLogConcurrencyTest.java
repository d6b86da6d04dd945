package dev.confetti.gift.log;

import static dev.confetti.gift.log.EventLogTest.event;
import static org.assertj.core.api.Assertions.assertThat;

import dev.confetti.events.LogReader;
import dev.confetti.events.LogRecord;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Two instances, many callers, one log. */
class EventLogConcurrencyTest {
    private static final int WRITERS = 16;
    private static final int STREAMS = 8;
    private static final int APPENDS = 100;

    private final TestDatabase postgres = new TestDatabase();

    @AfterEach
    void close() {
        postgres.close();
    }

    @Test
    void positionsAreGaplessAndAReaderThatFollowsSkipsNothing() throws Exception {
        Seeded.run(this::storm);
    }

    private void storm(Random random) throws Exception {
        long seed = random.nextLong();
        try (EventLog one = log();
                EventLog other = log();
                Connection held = postgres.connect();
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            holdTransactionOpen(held);
            List<Future<List<Long>>> writers = new ArrayList<>();
            for (int writer = 0; writer < WRITERS; writer++) {
                EventLog log = writer % 2 == 0 ? one : other;
                Random own = new Random(seed + writer);
                writers.add(threads.submit(() -> write(log, own)));
            }
            Future<List<Long>> follower = threads.submit(() -> follow((long) WRITERS * APPENDS));

            List<Long> written = new ArrayList<>();
            for (Future<List<Long>> writer : writers) {
                written.addAll(writer.get());
            }
            List<Long> everything =
                    LongStream.rangeClosed(1, (long) WRITERS * APPENDS).boxed().toList();
            assertThat(written).containsExactlyInAnyOrderElementsOf(everything);
            assertThat(follower.get()).isEqualTo(everything);
            held.rollback();
        }
        assertThat(new LogVerifier(postgres.dataSource()).verify().fault()).isEmpty();
    }

    /** Appends to streams that all writers share, so that most attempts lose a race. */
    private static List<Long> write(EventLog log, Random random) {
        List<Long> positions = new ArrayList<>();
        while (positions.size() < APPENDS) {
            String stream = "s" + random.nextInt(STREAMS);
            long next = log.lastSequence("wallet", stream).orElse(-1) + 1;
            try {
                positions.add(
                        log.append(List.of(event(random.nextLong(), stream, next)))
                                .firstPosition());
            } catch (StaleStreamException e) {
                assertThat(e.actualNext()).isGreaterThan(next);
            }
        }
        return positions;
    }

    /** Reads as a projection does: what follows the last position, as soon as it is there. */
    private List<Long> follow(long upTo) throws SQLException {
        LogReader reader = new LogReader(postgres.dataSource());
        List<Long> seen = new ArrayList<>();
        long position = 0;
        while (position < upTo) {
            for (LogRecord row : reader.read(position, 7)) {
                seen.add(row.position());
                position = row.position();
            }
        }
        return seen;
    }

    /** An old snapshot, and rows of its own that are not committed. */
    private static void holdTransactionOpen(Connection held) throws SQLException {
        held.setAutoCommit(false);
        held.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        try (Statement statement = held.createStatement()) {
            statement.execute("create table domain.held (id int)");
            try (ResultSet row = statement.executeQuery("select count(*) from domain.event_log")) {
                row.next();
            }
        }
    }

    @Test
    void aHundredParallelRepeatsHaveOneEffect() throws Exception {
        try (EventLog one = log();
                EventLog other = log();
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Boolean>> repeats = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                EventLog log = i % 2 == 0 ? one : other;
                Callable<Boolean> repeat =
                        () -> {
                            try {
                                log.append(List.of(event(1, "ann", 0)));
                                return true;
                            } catch (DuplicateEventException e) {
                                // Told only when the first one is durable, so it can be read.
                                assertThat(log.find(e.eventId())).isPresent();
                                return false;
                            }
                        };
                repeats.add(threads.submit(repeat));
            }
            int effects = 0;
            for (Future<Boolean> repeat : repeats) {
                effects += repeat.get() ? 1 : 0;
            }
            assertThat(effects).isEqualTo(1);
            assertThat(one.head()).isEqualTo(1);
        }
    }

    private EventLog log() {
        return new EventLog(
                postgres.dataSource(),
                InstantSource.system(),
                List.of(),
                EventLogConfig.defaults());
    }
}

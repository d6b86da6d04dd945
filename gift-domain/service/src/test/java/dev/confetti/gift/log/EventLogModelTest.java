package dev.confetti.gift.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confetti.events.LogReader;
import dev.confetti.events.LogRecord;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Random batches of two instances, with crashes, against a list in memory. */
class EventLogModelTest {
    private static final int STEPS = 400;

    /** The whole log as a list; slow, and too simple to be wrong. */
    private static final class Model {
        private final List<NewEvent> rows = new ArrayList<>();
        private final List<Instant> times = new ArrayList<>();

        List<Outcome> append(List<PendingAppend> batch, Instant now) {
            Instant time = times.isEmpty() || now.isAfter(times.getLast()) ? now : times.getLast();
            List<Outcome> outcomes = new ArrayList<>();
            batch.forEach(append -> outcomes.add(appendOne(append.events(), time)));
            return outcomes;
        }

        private Outcome appendOne(List<NewEvent> events, Instant time) {
            List<NewEvent> seen = new ArrayList<>(rows);
            for (NewEvent event : events) {
                if (seen.stream().anyMatch(row -> row.eventId().equals(event.eventId()))) {
                    return new Outcome.Duplicate(event.eventId());
                }
                seen.add(event);
            }
            List<NewEvent> longer = new ArrayList<>(rows);
            for (NewEvent event : events) {
                long next =
                        longer.stream()
                                .filter(row -> row.streamId().equals(event.streamId()))
                                .count();
                if (event.sequence() != next) {
                    return new Outcome.Stale(event, next);
                }
                longer.add(event);
            }
            long first = rows.size() + 1L;
            for (NewEvent event : events) {
                rows.add(event);
                times.add(time);
            }
            return new Outcome.Written(new Appended(first, events.size(), time));
        }

        Model copy() {
            Model copy = new Model();
            copy.rows.addAll(rows);
            copy.times.addAll(times);
            return copy;
        }
    }

    @Test
    void theLogDoesWhatTheModelDoes() throws Exception {
        Seeded.run(EventLogModelTest::run);
    }

    private static void run(Random random) throws Exception {
        try (TestDatabase postgres = new TestDatabase();
                Connection connection = postgres.connect()) {
            connection.setAutoCommit(false);
            Instant[] now = {Instant.parse("2026-11-22T12:00:00Z")};
            List<RecentRecords> recent = List.of(new RecentRecords(), new RecentRecords());
            List<BatchTransaction> instances =
                    recent.stream()
                            .map(each -> new BatchTransaction(() -> now[0], List.of(), each))
                            .toList();
            Model model = new Model();
            for (int step = 0; step < STEPS; step++) {
                now[0] = now[0].plusMillis(random.nextInt(-500, 1_000));
                int which = random.nextInt(2);
                BatchTransaction instance = instances.get(which);
                List<PendingAppend> batch = batch(random, model);
                Model after = model.copy();

                assertThat(instance.run(connection, batch)).isEqualTo(after.append(batch, now[0]));

                if (!instance.hasRows() || random.nextInt(8) == 0) {
                    connection.rollback();
                } else {
                    connection.commit();
                    instance.committed();
                    assertFollowsFrom(recent.get(which), model.rows.size(), after);
                    model = after;
                }
            }
            assertEqual(postgres, model);
        }
    }

    /** What was just committed can be had from memory. */
    private static void assertFollowsFrom(RecentRecords recent, int before, Model after) {
        assertThat(recent.after(before, Integer.MAX_VALUE).stream().map(LogRecord::eventId))
                .containsExactlyElementsOf(
                        after.rows.subList(before, after.rows.size()).stream()
                                .map(NewEvent::eventId)
                                .toList());
    }

    private static List<PendingAppend> batch(Random random, Model model) {
        List<PendingAppend> batch = new ArrayList<>();
        int appends = random.nextInt(1, 7);
        for (int i = 0; i < appends; i++) {
            List<NewEvent> events = new ArrayList<>();
            String stream = "s" + random.nextInt(5);
            long next =
                    model.rows.stream().filter(row -> row.streamId().equals(stream)).count()
                            + random.nextInt(-1, 3);
            int count = random.nextInt(1, 4);
            for (int k = 0; k < count; k++) {
                long id = random.nextInt(4) == 0 ? random.nextInt(600) : random.nextLong();
                events.add(EventLogTest.event(id, stream, Math.max(0, next + k)));
            }
            batch.add(new PendingAppend(events));
        }
        return batch;
    }

    private static void assertEqual(TestDatabase postgres, Model model) throws SQLException {
        List<LogRecord> rows = new LogReader(postgres.dataSource()).read(0, Integer.MAX_VALUE);
        assertThat(rows).hasSameSizeAs(model.rows).hasSizeGreaterThan(100);
        for (int i = 0; i < rows.size(); i++) {
            LogRecord row = rows.get(i);
            NewEvent expected = model.rows.get(i);
            assertThat(row.position()).isEqualTo(i + 1L);
            assertThat(row.eventId()).isEqualTo(expected.eventId());
            assertThat(row.streamId()).isEqualTo(expected.streamId());
            assertThat(row.sequence()).isEqualTo(expected.sequence());
            assertThat(row.payload()).isEqualTo(expected.payload());
            assertThat(row.recordedAt()).isEqualTo(model.times.get(i));
        }
        assertThat(new LogVerifier(postgres.dataSource()).verify().fault()).isEmpty();
        assertThat(rows.stream().map(LogRecord::eventId).distinct().toList()).hasSameSizeAs(rows);
    }
}

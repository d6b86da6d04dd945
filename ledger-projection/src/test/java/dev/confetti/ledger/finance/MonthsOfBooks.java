package dev.confetti.ledger.finance;

import dev.confetti.events.ConfettiEvent;
import dev.confetti.events.EventType;
import dev.confetti.ledger.LedgerDatabaseFixture;
import dev.confetti.ledger.ModelLedger;
import dev.confetti.ledger.RandomEvents;
import dev.confetti.ledger.Samples;
import dev.confetti.ledger.journal.JournalEntry;
import dev.confetti.ledger.journal.JournalWriter;
import dev.confetti.ledger.journal.SourceEvent;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * The example and a random run, spread over five months from January 2026, booked in batches; one
 * for all tests of a run, which only read it.
 */
final class MonthsOfBooks {
    private static final int EVENTS = 18_000;
    private static final int SECONDS_BETWEEN = 613;

    private static final class Shared {
        static final MonthsOfBooks BOOKS = new MonthsOfBooks(new Random().nextLong());
    }

    final long seed;
    final LedgerDatabaseFixture ledger = new LedgerDatabaseFixture();
    final List<SourceEvent> events = new ArrayList<>();
    final List<JournalEntry> entries;

    private MonthsOfBooks(long seed) {
        this.seed = seed;
        Random random = new Random(seed);
        List<ConfettiEvent> all = new ArrayList<>(Samples.example());
        all.addAll(new RandomEvents(seed, 25, 1_000).next(EVENTS - 100));
        all.addAll(Samples.restOfTheExample());
        all.addAll(new RandomEvents(seed + 1, 5, 1_000_000).next(200));
        for (ConfettiEvent event : all) {
            events.add(source(events.size() + 1L, event));
        }
        entries = new ModelLedger(events).entries();
        try {
            book(random);
        } catch (SQLException e) {
            throw new IllegalStateException("seed " + seed, e);
        }
    }

    static MonthsOfBooks shared() {
        return Shared.BOOKS;
    }

    private void book(Random random) throws SQLException {
        JournalWriter writer = new JournalWriter(ledger.transactions);
        writer.load();
        for (int from = 0; from < events.size(); ) {
            int to = Math.min(events.size(), from + 1 + random.nextInt(3_000));
            writer.book(LedgerDatabaseFixture.deliveries(events.subList(from, to)));
            from = to;
            if (random.nextInt(3) == 0) {
                writer = new JournalWriter(ledger.transactions);
                writer.load();
            }
        }
    }

    private static SourceEvent source(long position, ConfettiEvent event) {
        SourceEvent soon = Samples.source(position, event);
        return new SourceEvent(
                position, soon.eventId(), EventType.of(event), time(position), event);
    }

    static Instant time(long position) {
        return Samples.START.plusSeconds(position * SECONDS_BETWEEN);
    }

    long last() {
        return events.size();
    }
}

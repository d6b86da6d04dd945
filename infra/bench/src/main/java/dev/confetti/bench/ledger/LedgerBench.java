package dev.confetti.bench.ledger;

import dev.confetti.bench.engines.BenchEngines;
import dev.confetti.bench.report.Report;
import dev.confetti.bench.stage.BenchFailure;
import dev.confetti.demo.pace.Pace;
import dev.confetti.engines.Engines;
import dev.confetti.events.GiftEvent.GiftSent;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.Consumer;

/**
 * Fills Kafka with gifts, lets a ledger that knows none of them catch up, asks it what finance
 * staff ask, and measures its peers on the same PostgreSQL.
 */
public final class LedgerBench {
    private static final int PROGRESS_GIFTS = 1_000_000;

    private final LedgerOptions options;
    private final Pace pace;
    private final Consumer<String> progress;

    /**
     * @param progress gets a line whenever something begins
     */
    public LedgerBench(LedgerOptions options, Pace pace, Consumer<String> progress) {
        this.options = options;
        this.pace = pace;
        this.progress = progress;
    }

    /** Runs the bench on engines of its own and adds what it found. */
    public void run(Report report) throws IOException, InterruptedException {
        progress.accept("starting PostgreSQL and Kafka in " + options.folder());
        try (BenchEngines engines = BenchEngines.start(options.folder())) {
            long head = fill(engines.get());
            try (Connection connection = engines.connect()) {
                progress.accept("the ledger catches up with " + head + " events");
                long startedNanos = pace.nanoTime();
                try (LedgerService ledger = LedgerService.start(engines.get())) {
                    new CatchUp(connection, pace).measure(head, startedNanos, report);
                    if (options.queries() > 0) {
                        progress.accept("asking the ledger");
                        new Questions(ledger, options, head, pace).ask(report);
                    }
                }
            }
            if (options.peerSeconds() > 0) {
                progress.accept("measuring peers");
                new Peers(engines, options, pace).measure(report);
            }
        } catch (SQLException e) {
            throw new BenchFailure("PostgreSQL: " + e.getMessage(), e);
        }
    }

    private long fill(Engines engines) throws InterruptedException {
        progress.accept("publishing " + options.gifts() + " gifts to Kafka");
        SyntheticGifts events = new SyntheticGifts(options.viewers(), options.creators());
        try (EventTopics topics = EventTopics.create(engines.kafkaBootstrap())) {
            long gifts = 0;
            while (gifts < options.gifts()) {
                var event = events.next();
                topics.publish(event);
                if (event instanceof GiftSent && ++gifts % PROGRESS_GIFTS == 0) {
                    progress.accept(gifts + " gifts are published");
                }
            }
            return topics.flush();
        }
    }
}

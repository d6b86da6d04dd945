package dev.confetti.bench.ledger;

import com.zaxxer.hikari.HikariDataSource;
import dev.confetti.bench.engines.BenchEngines;
import dev.confetti.bench.events.EventTopics;
import dev.confetti.bench.events.SyntheticGifts;
import dev.confetti.bench.load.CatchUp;
import dev.confetti.bench.report.Report;
import dev.confetti.bench.stage.BenchFailure;
import dev.confetti.demo.pace.Pace;
import dev.confetti.engines.Engines;
import dev.confetti.engines.PostgresEndpoint;
import dev.confetti.events.ConfettiEvent;
import dev.confetti.events.GiftEvent.GiftSent;
import dev.confetti.gift.log.GiftDatabase;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Fills Kafka with gifts, or the event log, lets a ledger that knows none of them catch up, asks it
 * what finance staff ask, rebuilds it, and measures its peers on the same PostgreSQL.
 */
public final class LedgerBench {
    private static final int PROGRESS_GIFTS = 1_000_000;

    private final LedgerOptions options;
    private final Pace pace;
    private final Consumer<String> progress;
    private final Set<String> viewerIds = new LinkedHashSet<>();
    private final Set<String> creatorIds = new LinkedHashSet<>();

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
            long head = options.rebuild() ? fillLog(engines.get()) : fill(engines.get());
            try (Connection connection = engines.connect()) {
                progress.accept("the ledger catches up with " + head + " events");
                long startedNanos = pace.nanoTime();
                try (LedgerService ledger = LedgerService.start(engines.get())) {
                    AppliedPosition applied = new AppliedPosition(connection);
                    CatchUp catchUp = new CatchUp("event", applied::read, pace);
                    catchUp.await(1);
                    report.count(
                            "start to first batch ms",
                            (pace.nanoTime() - startedNanos) / 1_000_000);
                    catchUp.measure(head, report);
                    if (options.queries() > 0) {
                        progress.accept("asking the ledger");
                        new Questions(ledger, options.queries(), viewerIds, creatorIds, head, pace)
                                .ask(report);
                    }
                    if (options.rebuild()) {
                        progress.accept("rebuilding the ledger beside the live one");
                        new Rebuild(engines.dataSource(), pace, progress).measure(report);
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
        try (EventTopics topics = EventTopics.create(engines.kafkaBootstrap())) {
            eachEvent(topics::publish);
            return topics.flush();
        }
    }

    /**
     * Fills the log; of all that, Kafka has the last event alone, as if the rest were past its
     * retention.
     */
    private long fillLog(Engines engines) throws InterruptedException, SQLException {
        progress.accept("appending " + options.gifts() + " gifts to the event log");
        PostgresEndpoint postgres = engines.postgres();
        HikariDataSource pool = new HikariDataSource();
        pool.setJdbcUrl(postgres.jdbcUrl());
        pool.setUsername(postgres.user());
        pool.setPassword(postgres.password());
        try (GiftDatabase database = new GiftDatabase(pool).migrate();
                EventLogFill log = new EventLogFill(database.dataSource());
                EventTopics topics = EventTopics.create(engines.kafkaBootstrap())) {
            eachEvent(log::add);
            topics.publishLast(log.finish());
            return topics.flush();
        }
    }

    private void eachEvent(Consumer<ConfettiEvent> taken) {
        SyntheticGifts events = new SyntheticGifts(options.viewers(), options.creators());
        long gifts = 0;
        while (gifts < options.gifts()) {
            ConfettiEvent event = events.next();
            taken.accept(event);
            if (event instanceof GiftSent gift) {
                viewerIds.add(gift.viewerId());
                creatorIds.add(gift.creatorId());
                if (++gifts % PROGRESS_GIFTS == 0) {
                    progress.accept(gifts + " gifts are there");
                }
            }
        }
    }
}

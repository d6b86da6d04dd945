package dev.confetti.bench.ledger;

import dev.confetti.bench.engines.BenchEngines;
import dev.confetti.bench.load.CatchUp;
import dev.confetti.bench.report.Report;
import dev.confetti.bench.stage.BenchFailure;
import dev.confetti.demo.pace.Pace;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** What else this PostgreSQL can do: the raw limit, and a ledger that others made. */
final class Peers {
    private static final int CONNECTIONS = 8;
    private static final int GIFTS_A_COMMIT = 50;

    private final BenchEngines engines;
    private final LedgerOptions options;
    private final Pace pace;

    Peers(BenchEngines engines, LedgerOptions options, Pace pace) {
        this.engines = engines;
        this.options = options;
        this.pace = pace;
    }

    void measure(Report report) throws SQLException, IOException, InterruptedException {
        try (Connection connection = engines.connect()) {
            RawCopy copy = new RawCopy(connection);
            long start = pace.nanoTime();
            long gifts = 0;
            while (pace.nanoTime() - start < seconds()) {
                gifts = copy.commitBatch();
            }
            report.count("raw COPY gifts/s", CatchUp.perSecond(gifts, pace.nanoTime() - start));
        }
        Path checkout = options.pgledger();
        if (checkout == null) {
            report.remark("pgledger was not measured: expected --pgledger to name its checkout");
            return;
        }
        PgLedger peer;
        try (Connection connection = engines.connect()) {
            peer = PgLedger.install(connection, checkout, options.viewers(), options.creators());
        }
        report.count("pgledger gifts/s, 1 connection", run(peer, 1, 1));
        report.count("pgledger gifts/s, 8 connections", run(peer, CONNECTIONS, 1));
        report.count("pgledger gifts/s, 50 a commit", run(peer, 1, GIFTS_A_COMMIT));
    }

    private long run(PgLedger peer, int connections, int giftsACommit) throws InterruptedException {
        long start = pace.nanoTime();
        try (ExecutorService threads = Executors.newFixedThreadPool(connections)) {
            List<Future<Long>> counts = new ArrayList<>();
            for (int i = 0; i < connections; i++) {
                SplittableRandom random = new SplittableRandom(i);
                counts.add(threads.submit(() -> gifts(peer, random, giftsACommit, start)));
            }
            long gifts = 0;
            for (Future<Long> count : counts) {
                gifts += count.get();
            }
            return CatchUp.perSecond(gifts, pace.nanoTime() - start);
        } catch (ExecutionException e) {
            throw new BenchFailure("pgledger: " + e.getCause(), e);
        }
    }

    private long gifts(PgLedger peer, SplittableRandom random, int giftsACommit, long start)
            throws SQLException {
        long gifts = 0;
        try (Connection connection = engines.connect()) {
            try (Statement statement = connection.createStatement()) {
                statement.execute("set search_path to " + PgLedger.SCHEMA);
            }
            connection.setAutoCommit(false);
            try (PreparedStatement transfers = PgLedger.statement(connection)) {
                while (pace.nanoTime() - start < seconds()) {
                    for (int i = 0; i < giftsACommit; i++) {
                        peer.gift(transfers, random);
                    }
                    connection.commit();
                    gifts += giftsACommit;
                }
            }
        }
        return gifts;
    }

    private long seconds() {
        return options.peerSeconds() * 1_000_000_000L;
    }
}

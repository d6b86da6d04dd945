package dev.confetti.bench.ledger;

import dev.confetti.bench.load.CatchUp;
import dev.confetti.bench.report.Report;
import dev.confetti.bench.stage.BenchFailure;
import dev.confetti.demo.pace.Pace;
import dev.confetti.events.LogReader;
import dev.confetti.ledger.rebuild.LedgerRebuild;
import java.sql.SQLException;
import java.util.function.Consumer;
import javax.sql.DataSource;

/** {@code confetti rebuild ledger} beside a live one, from the first page to the switch. */
final class Rebuild {
    private static final long PROGRESS_EVENTS = 5_000_000;

    private final DataSource database;
    private final Pace pace;
    private final Consumer<String> progress;
    private long told;

    Rebuild(DataSource database, Pace pace, Consumer<String> progress) {
        this.database = database;
        this.pace = pace;
        this.progress = progress;
    }

    /**
     * Rebuilds, compares and switches.
     *
     * @throws BenchFailure when the two differ
     */
    void measure(Report report) throws SQLException, InterruptedException {
        LedgerRebuild rebuild = new LedgerRebuild(database, new LogReader(database), null);
        long startedNanos = pace.nanoTime();
        LedgerRebuild.Outcome outcome = rebuild.rebuild(false, this::tell);
        long nanos = pace.nanoTime() - startedNanos;
        if (outcome.replaced() == null) {
            throw new BenchFailure("the rebuilt ledger differs: " + outcome.differences());
        }
        report.count("rebuild s", nanos / 1_000_000_000);
        report.count("rebuild events/s", CatchUp.perSecond(outcome.position(), nanos));
        report.count("rebuild compared", outcome.compared());
    }

    private void tell(long position, long live) {
        if (position - told >= PROGRESS_EVENTS) {
            told = position;
            progress.accept("rebuilt up to " + position + " of " + live);
        }
    }
}

package dev.confetti.bench.inprocess;

import dev.confetti.bench.engines.BenchEngines;
import dev.confetti.bench.report.Measure;
import dev.confetti.bench.report.Report;
import dev.confetti.demo.pace.Pace;
import java.util.function.Consumer;

/**
 * The first send of a wallet that is not in memory: of one with a long history, and of new ones.
 *
 * <p>The service is started anew for each sample of the long wallet, on the same engines, and
 * warmed up with other wallets before.
 */
public final class ColdSendBench {
    private static final String LONG = "bench-viewer-long";
    private static final int STARTS = 5;
    private static final int WARM_UP = 2_000;
    private static final int NEW_WALLETS = 200;

    private final ColdSendOptions options;
    private final Pace pace;
    private final Consumer<String> progress;

    /**
     * @param progress gets a line whenever something begins
     */
    public ColdSendBench(ColdSendOptions options, Pace pace, Consumer<String> progress) {
        this.options = options;
        this.pace = pace;
        this.progress = progress;
    }

    /** Runs the bench on engines of its own and adds what it found. */
    public void run(Report report) {
        progress.accept("starting PostgreSQL and Kafka in " + options.folder());
        try (BenchEngines engines = BenchEngines.start(options.folder())) {
            try (ConfettiWriteSide side = ConfettiWriteSide.start(engines.get())) {
                fill(side, report);
            }
            Measure ofLong = new Measure("cold send, " + options.gifts() + " gifts");
            Measure ofNew = new Measure("cold send, new wallet");
            for (int start = 0; start < STARTS; start++) {
                progress.accept("start " + (start + 1) + " of " + STARTS);
                try (ConfettiWriteSide side = ConfettiWriteSide.start(engines.get())) {
                    sample(side, start, ofLong, ofNew);
                }
            }
            report.add(ofLong);
            report.add(ofNew);
        }
    }

    private void fill(ConfettiWriteSide side, Report report) {
        for (int i = 0; i < STARTS * NEW_WALLETS; i++) {
            side.fund(newWallet(i), "fund-" + i);
        }
        progress.accept("giving one wallet " + options.gifts() + " gifts");
        side.fund(LONG, "fund-long");
        side.fillHistory(LONG, options.gifts());
        // Read in full, once: nobody took a snapshot of what was put into the log directly.
        long begun = pace.nanoTime();
        side.send(LONG, "first");
        report.count("send without snapshot ms", (pace.nanoTime() - begun) / 1_000_000);
    }

    private void sample(ConfettiWriteSide side, int start, Measure ofLong, Measure ofNew) {
        side.fund("bench-viewer-warm-" + start, "fund-warm-" + start);
        for (int i = 0; i < WARM_UP; i++) {
            side.send("bench-viewer-warm-" + start, "warm-" + start + "-" + i);
        }
        for (int i = 0; i < NEW_WALLETS; i++) {
            ofNew.record(timed(side, newWallet(start * NEW_WALLETS + i), "new-" + start));
        }
        ofLong.record(timed(side, LONG, "long-" + start));
    }

    private long timed(ConfettiWriteSide side, String viewerId, String key) {
        long begun = pace.nanoTime();
        side.send(viewerId, key);
        return pace.nanoTime() - begun;
    }

    private static String newWallet(int index) {
        return "bench-viewer-new-" + index;
    }
}

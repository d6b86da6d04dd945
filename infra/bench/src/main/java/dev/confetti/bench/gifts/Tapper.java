package dev.confetti.bench.gifts;

import dev.confetti.bench.report.Report;
import dev.confetti.demo.pace.Pace;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.LongFunction;

/** One viewer who taps on and on, whatever the others do. */
final class Tapper implements Runnable {
    private final Pace pace;
    private final double tapsPerSecond;
    private final LongFunction<Click> click;
    private final List<Click> clicks = Collections.synchronizedList(new ArrayList<>());
    private volatile boolean stopped;

    /**
     * @param tapsPerSecond 0 for a viewer who only watches
     * @param click sends a gift that was meant to be sent at the given time, and waits
     */
    Tapper(Pace pace, double tapsPerSecond, LongFunction<Click> click) {
        this.pace = pace;
        this.tapsPerSecond = tapsPerSecond;
        this.click = click;
    }

    /** Taps until it is stopped; returns when all are answered. */
    @Override
    public void run() {
        if (tapsPerSecond == 0) {
            return;
        }
        long originNanos = pace.nanoTime();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (long tap = 0; !stopped; tap++) {
                long intendedNanos = originNanos + (long) (tap * 1e9 / tapsPerSecond);
                pace.sleepUntil(intendedNanos);
                threads.execute(() -> clicks.add(click.apply(intendedNanos)));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    void stop() {
        stopped = true;
    }

    /**
     * Adds, once it has ended, the times from when each tap since then was meant to its answer, and
     * why others failed.
     */
    void report(Report report, long sinceNanos) {
        if (tapsPerSecond == 0) {
            return;
        }
        List<Click> since =
                clicks.stream().filter(each -> each.intendedNanos() - sinceNanos >= 0).toList();
        Answers.report(report, since, "tapper's answer", "tapper failed: ");
    }
}

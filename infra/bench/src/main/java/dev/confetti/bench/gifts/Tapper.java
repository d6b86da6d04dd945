package dev.confetti.bench.gifts;

import dev.confetti.bench.report.Measure;
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

    /** From the meant time of each tap since then to its answer; once it has ended. */
    Measure answersSince(long sinceNanos) {
        Measure measure = new Measure("tapper's answer");
        for (Click each : clicks) {
            if (each.intendedNanos() - sinceNanos < 0) {
                continue;
            }
            if (each.gift() == null) {
                measure.miss();
            } else {
                measure.record(each.answeredNanos() - each.intendedNanos());
            }
        }
        return measure;
    }
}

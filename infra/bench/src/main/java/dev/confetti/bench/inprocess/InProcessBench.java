package dev.confetti.bench.inprocess;

import dev.confetti.bench.engines.BenchEngines;
import dev.confetti.bench.engines.CpuMeter;
import dev.confetti.bench.load.OpenLoop;
import dev.confetti.bench.report.Measure;
import dev.confetti.bench.report.Report;
import dev.confetti.bench.stage.BenchFailure;
import dev.confetti.demo.pace.Pace;
import java.lang.management.ManagementFactory;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/** Sends gifts of distinct wallets at a fixed rate, in the process that makes them durable. */
public final class InProcessBench {
    private static final long FAILED = -1;
    private static final long CATCH_UP_MS = 60_000;
    private static final long POLL_MS = 5;

    private final InProcessOptions options;
    private final Pace pace;
    private final Consumer<String> progress;

    /**
     * @param progress gets a line whenever something begins
     */
    public InProcessBench(InProcessOptions options, Pace pace, Consumer<String> progress) {
        this.options = options;
        this.pace = pace;
        this.progress = progress;
    }

    /** Runs the bench on engines of its own and adds what it found. */
    public void run(Report report) throws InterruptedException {
        progress.accept("starting PostgreSQL and Kafka in " + options.folder());
        try (BenchEngines engines = BenchEngines.start(options.folder())) {
            for (WriteSides kind : options.engines()) {
                try (WriteSide side = kind.start(engines.get())) {
                    run(kind.optionName(), side, report);
                }
            }
        }
    }

    private void run(String name, WriteSide side, Report report) throws InterruptedException {
        progress.accept(name + ": filling " + options.wallets() + " wallets");
        fund(side);
        OpenLoop loop = new OpenLoop(pace, options.perSecond());
        long warmup = loop.callsIn(options.warmupMs());
        long measured = loop.callsIn(options.durationMs());
        progress.accept(
                name
                        + ": "
                        + warmup
                        + " sends to warm up, then "
                        + measured
                        + " at "
                        + options.perSecond()
                        + " a second");
        Sends sends = new Sends(side, Math.toIntExact(warmup + measured), (int) warmup);
        long firstAt = sends.run(loop);
        long elapsedNanos = sends.lastAnswerNanos() - firstAt;
        Measure answer = new Measure(name + " answer");
        sends.addTo(answer);
        report.add(answer);
        report.count(name + " sends/s", rounded(measured * 1e9 / elapsedNanos, 0));
        report.count(
                name + " jvm us/send", rounded(sends.jvmNanos() / 1e3 / Math.max(1, measured), 1));
        report.count(
                name + " engines us/send",
                rounded(sends.childNanos() / 1e3 / Math.max(1, measured), 1));
        sends.remarkOn(report, name);
        reportLag(name, side, sends, report);
        // Last, since the collection would be counted to the relay's lag.
        report.count(name + " heap MiB", heapMiB());
    }

    /** How far the relay was behind at the last answer, and how long it took to catch up. */
    private void reportLag(String name, WriteSide side, Sends sends, Report report)
            throws InterruptedException {
        if (side.lagPositions().isEmpty()) {
            return;
        }
        report.count(name + " relay lag", side.lagPositions().getAsLong());
        long endNanos = pace.nanoTime() + CATCH_UP_MS * 1_000_000;
        while (side.lagPositions().orElse(0) > 0) {
            if (pace.nanoTime() > endNanos) {
                throw new BenchFailure(
                        "the relay is behind by " + side.lagPositions() + " positions after 60 s");
            }
            pace.sleepMs(POLL_MS);
        }
        report.count(
                name + " relay behind ms",
                Math.max(0, (pace.nanoTime() - sends.lastAnswerNanos()) / 1_000_000));
    }

    private void fund(WriteSide side) throws InterruptedException {
        Semaphore inFlight = new Semaphore(options.maxInFlight());
        AtomicReference<RuntimeException> failure = new AtomicReference<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < options.wallets() && failure.get() == null; i++) {
                int wallet = i;
                inFlight.acquire();
                threads.execute(
                        () -> {
                            try {
                                side.fund(viewerId(wallet), "fund-" + wallet);
                            } catch (RuntimeException e) {
                                failure.compareAndSet(null, e);
                            } finally {
                                inFlight.release();
                            }
                        });
            }
        }
        RuntimeException e = failure.get();
        if (e != null) {
            throw new BenchFailure("a wallet could not be filled: " + e.getMessage(), e);
        }
    }

    /** What is in use after a full collection. */
    private static long heapMiB() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() >> 20;
    }

    private static String viewerId(int wallet) {
        return "bench-viewer-" + wallet;
    }

    private static String rounded(double value, int digits) {
        return String.format(Locale.ROOT, "%." + digits + "f", value);
    }

    /** One run of sends and what became of each. */
    private final class Sends {
        private final WriteSide side;
        private final int warmup;
        private final AtomicLongArray nanos;
        private final AtomicLong lastAnswer = new AtomicLong();
        private final AtomicReference<RuntimeException> firstFailure = new AtomicReference<>();
        private long jvmNanos;
        private long childNanos;

        Sends(WriteSide side, int count, int warmup) {
            this.side = side;
            this.warmup = warmup;
            this.nanos = new AtomicLongArray(count);
        }

        /** Runs all; returns when the first that counts was meant to start. */
        long run(OpenLoop loop) throws InterruptedException {
            Semaphore inFlight = new Semaphore(options.maxInFlight());
            AtomicLong firstAt = new AtomicLong();
            CpuMeter[] cpu = {new CpuMeter()};
            try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
                loop.run(
                        nanos.length(),
                        (index, intendedNanos) -> {
                            if (index == warmup) {
                                firstAt.set(pace.nanoTime());
                                cpu[0] = new CpuMeter();
                            }
                            inFlight.acquire();
                            threads.execute(
                                    () -> {
                                        send((int) index, intendedNanos);
                                        inFlight.release();
                                    });
                        });
            }
            jvmNanos = cpu[0].jvmNanosSince();
            childNanos = cpu[0].childNanosSince();
            return firstAt.get();
        }

        private void send(int index, long intendedNanos) {
            try {
                side.send(viewerId(index % options.active()), "send-" + index);
                long now = pace.nanoTime();
                nanos.set(index, Math.max(1, now - intendedNanos));
                lastAnswer.accumulateAndGet(now, Math::max);
            } catch (RuntimeException e) {
                firstFailure.compareAndSet(null, e);
                nanos.set(index, FAILED);
            }
        }

        long lastAnswerNanos() {
            return lastAnswer.get();
        }

        long jvmNanos() {
            return jvmNanos;
        }

        long childNanos() {
            return childNanos;
        }

        void addTo(Measure measure) {
            for (int i = warmup; i < nanos.length(); i++) {
                if (nanos.get(i) == FAILED) {
                    measure.miss();
                } else {
                    measure.record(nanos.get(i));
                }
            }
        }

        void remarkOn(Report report, String name) {
            RuntimeException e = firstFailure.get();
            if (e != null) {
                report.remark(name + ": a send failed: " + e.getMessage());
            }
        }
    }
}

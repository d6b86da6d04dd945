package dev.confetti.bench.boards;

import com.sun.management.UnixOperatingSystemMXBean;
import dev.confetti.bench.events.EventTopics;
import dev.confetti.bench.events.SyntheticGifts;
import dev.confetti.bench.load.CatchUp;
import dev.confetti.bench.load.OpenLoop;
import dev.confetti.bench.report.Measure;
import dev.confetti.bench.report.Report;
import dev.confetti.bench.stage.BenchFailure;
import dev.confetti.demo.pace.Pace;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.zip.DataFormatException;

/**
 * Has many listen to one live's board while its gifters send at a steady rate, and measures how
 * late the gifts come to them.
 */
final class PushBench {
    /** As many gifters as a hundred lines leave room for twice. */
    private static final int GIFTERS = 200;

    /** What a process has open besides its listeners. */
    private static final int OTHER_FILES = 1_000;

    /** The last gifts need a tick and their way. */
    private static final long LATE_ARRIVALS_MS = 3_000;

    private final BoardOptions options;
    private final BoardService boards;
    private final EventTopics topics;
    private final Pace pace;
    private final Consumer<String> progress;

    PushBench(
            BoardOptions options,
            BoardService boards,
            EventTopics topics,
            Pace pace,
            Consumer<String> progress) {
        this.options = options;
        this.boards = boards;
        this.topics = topics;
        this.pace = pace;
        this.progress = progress;
    }

    /**
     * Says at once when this machine does not let one process have so many connections.
     *
     * @throws BenchFailure with the limit and what is needed
     */
    static void requireOpenFiles(long listeners) {
        if (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
                && unix.getMaxFileDescriptorCount() < listeners + OTHER_FILES) {
            throw new BenchFailure(
                    "open files: expected a limit of "
                            + (listeners + OTHER_FILES)
                            + " or more for "
                            + listeners
                            + " listeners, got "
                            + unix.getMaxFileDescriptorCount()
                            + "; raise it with ulimit -n, or take fewer --listeners");
        }
    }

    /**
     * Listens and adds what came.
     *
     * @param catchUp counts the gifts that the boards have
     * @param before how many gifts there are already
     */
    void measure(CatchUp catchUp, long before, Report report)
            throws IOException, InterruptedException {
        // A creator beside the others: nobody else stands on this live's board.
        int creator = options.creators();
        for (int i = 0; i < GIFTERS; i++) {
            topics.publish(SyntheticGifts.fromOne(i, creator));
        }
        long position = topics.flush();
        catchUp.await(before + GIFTERS);
        URI board = URI.create(boards.url() + "/v1/leaderboards/live/live-" + creator);
        long heapBefore = usedHeapBytes();
        progress.accept(options.listeners() + " listeners connect");
        Process process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-cp",
                                System.getProperty("java.class.path"),
                                BoardListeners.class.getName(),
                                board.toString(),
                                Integer.toString(options.listeners()))
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        try (BufferedReader answers = process.inputReader(StandardCharsets.US_ASCII);
                PrintStream orders =
                        new PrintStream(
                                process.getOutputStream(), true, StandardCharsets.US_ASCII)) {
            expect(answers, BoardListeners.CONNECTED);
            report.count("listeners", options.listeners());
            report.count(
                    "heap KiB/listener",
                    (usedHeapBytes() - heapBefore) / 1024 / options.listeners());
            send(orders, position + 1, creator);
            pace.sleepMs(LATE_ARRIVALS_MS);
            orders.println("end");
            report(PushFindings.of(readLine(answers)), report);
            report.count("heap MiB after", usedHeapBytes() >> 20);
        } catch (DataFormatException e) {
            throw new BenchFailure("the listeners' figures cannot be read: " + e.getMessage(), e);
        } finally {
            process.destroy();
        }
    }

    private void send(PrintStream orders, long firstPosition, int creator)
            throws InterruptedException {
        OpenLoop loop = new OpenLoop(pace, options.listenRate());
        long gifts = loop.callsIn(options.listenSeconds() * 1_000L);
        progress.accept(gifts + " gifts at " + options.listenRate() + " a second");
        SplittableRandom random = new SplittableRandom(11);
        loop.run(
                gifts,
                (index, intendedNanos) -> {
                    if (index == 0) {
                        long ageMicros = (pace.nanoTime() - intendedNanos) / 1_000;
                        long nowMicros = ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
                        orders.println(
                                new GiftSchedule(
                                                firstPosition,
                                                nowMicros - ageMicros,
                                                options.listenRate())
                                        .line());
                    }
                    topics.publish(SyntheticGifts.fromOne(random.nextInt(GIFTERS), creator));
                });
        topics.flush();
    }

    private static void report(PushFindings findings, Report report) {
        report.add(new Measure("gift to listener").addMicros(findings.oldest()));
        report.add(new Measure("newest of a message").addMicros(findings.newest()));
        report.count("whole boards", findings.wholes());
        report.count("listeners lost", findings.lost());
    }

    private static void expect(BufferedReader answers, String wanted) throws IOException {
        String line = readLine(answers);
        if (!line.equals(wanted)) {
            throw new BenchFailure("the listeners: expected \"" + wanted + "\", got " + line);
        }
    }

    private static String readLine(BufferedReader answers) throws IOException {
        String line = answers.readLine();
        if (line == null) {
            throw new BenchFailure("the listeners' process ended; what it said stands above");
        }
        return line;
    }

    private static long usedHeapBytes() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}

package dev.confetti.simulation;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import dev.confetti.engines.EmbeddedPostgres;
import dev.confetti.simulation.world.Databases;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Comparator;
import java.util.Locale;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code confetti simulate}: runs with new seeds until time is over or something differs. */
@Command(
        name = "simulate",
        description = {
            "Runs random commands, repeats, crashes and restarts against a small model of the economy.",
            "",
            "Each run has a seed, which is printed, and from which it follows whole. Ends at the first"
                    + " difference with exit code 1."
        })
public final class SimulateCommand implements Callable<Integer> {
    /** Steps of a run: long enough for snapshots, short enough to be read. */
    static final int STEPS = 400;

    private static final int DIFFERS = 1;

    @SuppressWarnings("NullAway.Init") // set by picocli
    @Spec
    private CommandSpec spec;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "Runs this seed, once (default: new ones).")
    private @Nullable Long seed;

    @Option(
            names = "--duration",
            paramLabel = "TIME",
            defaultValue = "60s",
            converter = Span.class,
            description = "How long to begin new runs: 60s, 10m, 3h (default: 60s).")
    private Duration duration = Duration.ofSeconds(60);

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Where PostgreSQL keeps its data (default: a temporary folder).")
    private @Nullable Path data;

    @Override
    public Integer call() throws Exception {
        // What goes wrong on purpose is not news.
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
            context.getLogger("dev.confetti.gift").setLevel(Level.OFF);
            context.getLogger("org.axonframework").setLevel(Level.OFF);
            context.getLogger("com.zaxxer.hikari").setLevel(Level.OFF);
            context.getLogger("org.flywaydb").setLevel(Level.WARN);
        }
        if (data != null) {
            return onPostgres(Files.createDirectories(data.toAbsolutePath()));
        }
        Path temporary = Files.createTempDirectory("confetti-simulation-");
        try {
            // PostgreSQL never runs as root: the user that it runs as must be able to come in.
            if (!temporary.toFile().setExecutable(true, false)) {
                throw new IOException(temporary + ": cannot let other users in");
            }
            return onPostgres(temporary);
        } finally {
            delete(temporary);
        }
    }

    private int onPostgres(Path folder) throws Exception {
        try (EmbeddedPostgres postgres =
                EmbeddedPostgres.start(folder.resolve("simulation-postgres"), 0)) {
            return runs(new Databases(postgres.endpoint()));
        }
    }

    private int runs(Databases databases) throws Exception {
        PrintWriter out = spec.commandLine().getOut();
        Random seeds = new Random();
        long deadline = System.nanoTime() + duration.toNanos();
        long run = 0;
        SortedMap<String, Long> all = new TreeMap<>();
        do {
            run++;
            long next = seed == null ? seeds.nextLong() : seed;
            out.printf("run %d: seed %d", run, next);
            out.flush();
            try {
                SortedMap<String, Long> events = Run.of(next, STEPS, databases);
                events.forEach((type, count) -> all.merge(type, count, Long::sum));
                out.printf(": %d events, as in the model%n", sum(events));
            } catch (Difference difference) {
                out.printf("%n%s%n", difference.getMessage());
                out.printf("again: ./confetti simulate --seed %d%n", next);
                out.flush();
                return DIFFERS;
            }
            out.flush();
        } while (seed == null && System.nanoTime() < deadline);
        out.printf(
                "%d runs of %d steps, %d events, no difference; events by type:%n",
                run, STEPS, sum(all));
        all.forEach((type, count) -> out.printf("  %-24s %,9d%n", type, count));
        out.flush();
        return 0;
    }

    private static long sum(SortedMap<String, Long> counts) {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            all.sorted(Comparator.reverseOrder())
                    .forEach(
                            each -> {
                                try {
                                    Files.delete(each);
                                } catch (IOException e) {
                                    throw new UncheckedIOException("cannot delete " + each, e);
                                }
                            });
        }
    }

    /** A length of time as people write it. */
    static final class Span implements ITypeConverter<Duration> {
        @Override
        public Duration convert(String text) {
            try {
                // 90s and 3h are what ISO 8601 has behind PT.
                String upper = text.toUpperCase(Locale.ROOT);
                Duration span = Duration.parse(upper.startsWith("P") ? upper : "PT" + upper);
                if (!span.isNegative()) {
                    return span;
                }
            } catch (DateTimeParseException e) {
                // Said below.
            }
            throw new TypeConversionException(
                    "expected a length of time such as 60s, 10m or 3h, got '" + text + "'");
        }
    }
}

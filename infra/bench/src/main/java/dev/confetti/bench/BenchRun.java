package dev.confetti.bench;

import dev.confetti.bench.report.Environment;
import dev.confetti.bench.report.Report;
import dev.confetti.bench.stage.BenchFailure;
import dev.confetti.demo.api.ApiProblem;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.ConnectException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/**
 * What every bench command does around its bench: environment, table, JSON, and one clear line when
 * it cannot run.
 */
final class BenchRun {
    /** A bench that adds what it finds to a report. */
    interface Bench {
        void run(Report report) throws IOException, InterruptedException, ApiProblem;
    }

    private BenchRun() {}

    /** Runs a bench; returns the command's exit code. */
    static int run(
            CommandSpec spec,
            PlatformOptions platform,
            Map<String, Object> options,
            Clock clock,
            Bench bench)
            throws InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        Report report =
                new Report(
                        spec.name(), Environment.here(clock.instant(), arguments(spec)), options);
        try {
            bench.run(report);
            out.print(report.table());
            out.flush();
            Optional<Path> json = platform.json();
            if (json.isPresent()) {
                Files.writeString(json.get(), report.json());
            }
            return CommandLine.ExitCode.OK;
        } catch (ConnectException e) {
            err.println(
                    "bench "
                            + spec.name()
                            + ": nobody answers at "
                            + platform.apiUrl()
                            + " or at its media ports; is the platform up?");
        } catch (FileSystemException e) {
            err.println("bench " + spec.name() + ": the result cannot be written: " + e);
        } catch (ApiProblem | BenchFailure | IOException e) {
            err.println(
                    "bench " + spec.name() + ": " + (e.getMessage() == null ? e : e.getMessage()));
        }
        err.flush();
        return CommandLine.ExitCode.SOFTWARE;
    }

    /** Says at once what begins, beside the result. */
    static void progress(CommandSpec spec, String line) {
        PrintWriter err = spec.commandLine().getErr();
        err.println(line);
        err.flush();
    }

    private static List<String> arguments(CommandSpec spec) {
        CommandLine.ParseResult parsed = spec.commandLine().getParseResult();
        return parsed == null ? List.of() : parsed.originalArgs();
    }
}

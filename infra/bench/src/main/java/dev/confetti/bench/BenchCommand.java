package dev.confetti.bench;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code confetti bench}: open-loop load against a running platform. */
@Command(
        name = "bench",
        description =
                "Measures a running platform (started with --dev-auth), or a part of it alone: a table on screen, JSON with --json FILE.",
        mixinStandardHelpOptions = true,
        subcommands = {
            BoardsCommand.class,
            GiftsCommand.class,
            LedgerCommand.class,
            ViewersCommand.class
        })
public final class BenchCommand implements Runnable {
    @SuppressWarnings("NullAway.Init") // set by picocli
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(),
                "expected a bench to run: " + String.join(", ", spec.subcommands().keySet()));
    }
}

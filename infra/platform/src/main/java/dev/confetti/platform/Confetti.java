package dev.confetti.platform;

import dev.confetti.bench.BenchCommand;
import dev.confetti.engines.EngineException;
import dev.confetti.simulation.SimulateCommand;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import org.slf4j.bridge.SLF4JBridgeHandler;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ScopeType;

/** The command line of Confetti: {@code ./confetti up} and what stands beside it. */
@Command(
        name = "confetti",
        description = "The open-source gift economy for live streaming.",
        mixinStandardHelpOptions = true,
        scope = ScopeType.INHERIT,
        version = "Confetti 0.1.0",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {TrainCommand.class})
public final class Confetti {
    private static final int FAILED = 1;

    private Confetti() {}

    public static void main(String[] args) {
        // The screen and the log file are ours: Spring Boot is not to set up logging again.
        System.setProperty("org.springframework.boot.logging.LoggingSystem", "none");
        SLF4JBridgeHandler.removeHandlersForRootLogger();
        SLF4JBridgeHandler.install();
        System.exit(commandLine(System.getenv()).execute(args));
    }

    static CommandLine commandLine(Map<String, String> environment) {
        CommandLine line = new CommandLine(new Confetti());
        line.addSubcommand("up", new UpCommand(environment));
        line.addSubcommand("audit", new AuditCommand(environment));
        line.addSubcommand("rebuild", new RebuildCommand(environment));
        line.addSubcommand("verify-export", new VerifyExportCommand());
        line.addSubcommand("bench", new BenchCommand());
        line.addSubcommand("simulate", new SimulateCommand());
        line.setDefaultValueProvider(new EnvironmentDefaults(environment));
        line.setParameterExceptionHandler(
                (wrong, arguments) -> {
                    CommandLine command = wrong.getCommandLine();
                    String name = command.getCommandSpec().qualifiedName();
                    command.getErr()
                            .println(
                                    "confetti: "
                                            + wrong.getMessage()
                                            + " ("
                                            + name
                                            + " --help shows the options)");
                    return command.getCommandSpec().exitCodeOnInvalidInput();
                });
        line.setExecutionExceptionHandler(
                (thrown, command, parsed) -> {
                    command.getErr().println("confetti: " + message(thrown));
                    return FAILED;
                });
        return line;
    }

    /** What the operator can act on is one line; what only a developer can comes whole. */
    private static String message(Exception thrown) {
        if (thrown instanceof EngineException || thrown instanceof PlatformException) {
            return String.valueOf(thrown.getMessage());
        }
        StringWriter trace = new StringWriter();
        thrown.printStackTrace(new PrintWriter(trace));
        return trace.toString();
    }
}

package dev.confetti.bench.report;

import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.util.List;

/**
 * Where and how a bench ran: figures mean nothing without it.
 *
 * @param command the bench's own command line, as given
 */
public record Environment(
        Instant startedAt,
        int cpus,
        long maxHeapMiB,
        String jvm,
        String os,
        List<String> jvmFlags,
        List<String> command) {
    /** This process on this machine. */
    public static Environment here(Instant startedAt, List<String> command) {
        Runtime runtime = Runtime.getRuntime();
        return new Environment(
                startedAt,
                runtime.availableProcessors(),
                runtime.maxMemory() >> 20,
                System.getProperty("java.vm.name") + " " + Runtime.version(),
                System.getProperty("os.name")
                        + " "
                        + System.getProperty("os.version")
                        + " "
                        + System.getProperty("os.arch"),
                ManagementFactory.getRuntimeMXBean().getInputArguments(),
                List.copyOf(command));
    }
}

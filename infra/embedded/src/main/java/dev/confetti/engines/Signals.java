package dev.confetti.engines;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** Ending processes, by POSIX signals that Java has no call for. */
final class Signals {
    private static final long KILL_PATIENCE_MS = 10_000;
    private static final long POLL_MS = 10;

    private Signals() {}

    /** Sends the signal, waits, then kills. Returns when the process is gone. */
    static void end(ProcessHandle process, String signal, long patienceMs) {
        send(process.pid(), signal);
        if (!goneWithin(process, patienceMs)) {
            process.destroyForcibly();
            goneWithin(process, KILL_PATIENCE_MS);
        }
    }

    /** A dead process that nobody has collected yet counts as gone. */
    static boolean isGone(ProcessHandle process) {
        return !process.isAlive() || isZombie(process.pid());
    }

    private static boolean goneWithin(ProcessHandle process, long timeoutMs) {
        // Finishes also on an interrupted thread: this is the way out.
        boolean interrupted = false;
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeoutMs);
        while (!isGone(process) && System.nanoTime() < deadline) {
            try {
                Thread.sleep(POLL_MS);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return isGone(process);
    }

    private static void send(long pid, String signal) {
        try {
            // The shell's own kill: minimal systems have no program of that name.
            new ProcessBuilder("sh", "-c", "kill -" + signal + " " + pid)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            ProcessHandle.of(pid).ifPresent(ProcessHandle::destroy);
        }
    }

    private static boolean isZombie(long pid) {
        try {
            // "123 (name) Z 1 …": the name may hold anything, so look behind its last bracket.
            String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
            return stat.startsWith("Z", stat.lastIndexOf(')') + 2);
        } catch (IOException e) {
            return false;
        }
    }
}

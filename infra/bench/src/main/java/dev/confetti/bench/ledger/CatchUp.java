package dev.confetti.bench.ledger;

import dev.confetti.bench.engines.CpuMeter;
import dev.confetti.bench.report.Report;
import dev.confetti.bench.stage.BenchFailure;
import dev.confetti.demo.pace.Pace;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Locale;

/** Watches the ledger's committed position until it has everything. */
final class CatchUp {
    private static final long POLL_MS = 20;
    private static final long STANDSTILL_MS = 60_000;

    private final Connection connection;
    private final Pace pace;

    CatchUp(Connection connection, Pace pace) {
        this.connection = connection;
        this.pace = pace;
    }

    /**
     * Waits and counts: of the whole, and of the second half, when compilers are done.
     *
     * @param head the last position
     * @param startedNanos when the service was started
     */
    void measure(long head, long startedNanos, Report report)
            throws SQLException, InterruptedException {
        long position = await(1, startedNanos);
        report.count("start to first batch ms", millis(startedNanos));
        CpuMeter cpu = new CpuMeter();
        long firstAt = pace.nanoTime();
        long first = position;
        long half = await(head / 2, firstAt);
        long halfAt = pace.nanoTime();
        await(head, halfAt);
        long end = pace.nanoTime();
        report.count("events", head);
        report.count("events/s", perSecond(head - first, end - firstAt));
        report.count("events/s second half", perSecond(head - half, end - halfAt));
        report.count("jvm us/event", micros(cpu.jvmNanosSince(), head - first));
        report.count("engines us/event", micros(cpu.childNanosSince(), head - first));
    }

    private long millis(long sinceNanos) {
        return (pace.nanoTime() - sinceNanos) / 1_000_000;
    }

    private long await(long position, long sinceNanos) throws SQLException, InterruptedException {
        long last = position();
        long movedNanos = sinceNanos;
        while (last < position) {
            pace.sleepMs(POLL_MS);
            long now = position();
            if (now > last) {
                last = now;
                movedNanos = pace.nanoTime();
            } else if (pace.nanoTime() - movedNanos > STANDSTILL_MS * 1_000_000) {
                throw new BenchFailure(
                        "the ledger stands at position "
                                + last
                                + " for a minute: expected "
                                + position);
            }
        }
        return last;
    }

    private long position() throws SQLException {
        try (PreparedStatement query =
                        connection.prepareStatement(
                                "select coalesce(max(position), 0) from ledger.source_position");
                ResultSet row = query.executeQuery()) {
            row.next();
            return row.getLong(1);
        }
    }

    static long perSecond(long count, long nanos) {
        return Math.round(count * 1e9 / Math.max(1, nanos));
    }

    static String micros(long nanos, long count) {
        return String.format(Locale.ROOT, "%.1f", nanos / 1e3 / Math.max(1, count));
    }
}

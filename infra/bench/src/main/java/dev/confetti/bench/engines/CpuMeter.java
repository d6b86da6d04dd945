package dev.confetti.bench.engines;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Objects;

/**
 * CPU time since its making: of this JVM, and of the processes that it started, such as PostgreSQL.
 */
public final class CpuMeter {
    private final OperatingSystemMXBean jvm =
            Objects.requireNonNull(
                    ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class));
    private final long jvmNanosAtStart = jvm.getProcessCpuTime();
    private final long childNanosAtStart = childNanos();

    public long jvmNanosSince() {
        return jvm.getProcessCpuTime() - jvmNanosAtStart;
    }

    /** Of processes that ended meanwhile nothing is known. */
    public long childNanosSince() {
        return childNanos() - childNanosAtStart;
    }

    private static long childNanos() {
        return ProcessHandle.current()
                .descendants()
                .mapToLong(
                        child -> child.info().totalCpuDuration().map(Duration::toNanos).orElse(0L))
                .sum();
    }
}

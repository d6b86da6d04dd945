package dev.confetti.board.projector;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;

/** The projector's meters, {@code confetti_boards_…}. */
public final class ProjectorMetrics {
    private final Counter events;
    private final Counter resynchronisations;
    private final Timer applying;
    private final AtomicLong lag = new AtomicLong();

    public ProjectorMetrics(MeterRegistry registry) {
        events = registry.counter("confetti.boards.events");
        resynchronisations = registry.counter("confetti.boards.resynchronisations");
        applying = registry.timer("confetti.boards.apply");
        registry.gauge("confetti.boards.lag", lag);
    }

    boolean timed(int count, BooleanSupplier apply) {
        if (count == 0) {
            return apply.getAsBoolean();
        }
        boolean applied = applying.record(apply);
        if (applied) {
            events.increment(count);
        }
        return applied;
    }

    void resynchronised() {
        resynchronisations.increment();
    }

    void lag(long records) {
        lag.set(records);
    }
}

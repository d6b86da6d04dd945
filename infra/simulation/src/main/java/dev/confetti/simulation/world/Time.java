package dev.confetti.simulation.world;

import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;

/** The time of one run: a clock that may be set back, and a count of nanoseconds that never is. */
public final class Time implements InstantSource, Ticker {
    private volatile Instant now;
    private volatile Instant latest;
    private final AtomicLong nanos = new AtomicLong();

    public Time(Instant start) {
        this.now = start;
        this.latest = start;
    }

    @Override
    public Instant instant() {
        return now;
    }

    /** The highest that the clock ever showed. */
    public Instant latest() {
        return latest;
    }

    @Override
    public long read() {
        return nanos.get();
    }

    /** Time passes, and the clock shows it. */
    public void pass(Duration by) {
        nanos.addAndGet(by.toNanos());
        set(now.plus(by));
    }

    /** Time passes that the clock does not show. */
    public void passUnseen(Duration by) {
        nanos.addAndGet(by.toNanos());
    }

    /** Somebody sets the clock. */
    public void set(Instant instant) {
        now = instant;
        latest = instant.isAfter(latest) ? instant : latest;
    }
}

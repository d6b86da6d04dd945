package dev.confetti.gift;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;

/** A clock that stands still until it is set. Thread-safe. */
public final class SetClock implements InstantSource {
    private volatile Instant now;

    public SetClock(Instant now) {
        this.now = now;
    }

    /** Near the machine's time, which tokens are checked by. */
    static SetClock nearNow() {
        return new SetClock(InstantSource.system().instant().truncatedTo(ChronoUnit.SECONDS));
    }

    @Override
    public Instant instant() {
        return now;
    }

    public void set(Instant instant) {
        now = instant;
    }

    void advance(Duration by) {
        now = now.plus(by);
    }
}

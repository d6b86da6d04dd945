package dev.confetti.simulation.model;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What a creator earned, in 0.0001 diamond, and how many events say so. */
final class Account {
    /** Gifts whose earnings are not released, oldest first. */
    final List<Held> held = new ArrayList<>();

    long pending;
    long available;
    long releasedThrough;
    long reserved;
    long redeemed;

    /** What is available is worth, in 0.000001. */
    long micros;

    long events;

    boolean isHeld;

    /** A payout that was not sent goes no further. */
    void isFreed(Payout payout) {
        reserved -= payout.diamonds;
        isAvailable(payout);
    }

    /** A payout that was sent was not paid in the end. */
    void comesBack(Payout payout) {
        redeemed -= payout.diamonds;
        isAvailable(payout);
    }

    private void isAvailable(Payout payout) {
        available += payout.diamonds;
        micros += payout.amountMinor * 10_000;
    }

    /** A gift whose earnings are held, until the end of its slot and as long as the hold. */
    record Held(SentGift gift, Instant slotEnd) {}
}

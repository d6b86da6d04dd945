package dev.confetti.gift.wallet;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

/**
 * Coins sent on one UTC day, the latest on which any were; what was reversed does not count.
 *
 * <p>Instances whose clocks differ may send on either side of midnight by turns: what was counted
 * for tomorrow counts today as well, so that nobody spends a day's limit twice. What lies further
 * ahead is a clock that was set back, and does not count.
 */
public record DaySpending(LocalDate day, long coins) {
    static final DaySpending NONE = new DaySpending(LocalDate.EPOCH, 0);

    static LocalDate dayOf(Instant at) {
        return LocalDate.ofInstant(at, ZoneOffset.UTC);
    }

    /** When a day's limit is whole again. */
    static Instant endOfDay(Instant at) {
        return dayOf(at).plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    /** Coins that count at this instant. */
    long at(Instant at) {
        return counts(at) ? coins : 0;
    }

    DaySpending plus(long sentCoins, Instant at) {
        return counts(at)
                ? new DaySpending(day, Math.addExact(coins, sentCoins))
                : new DaySpending(dayOf(at), sentCoins);
    }

    /** Without the coins of a gift that was sent then: they count no more if that was today. */
    DaySpending minus(long reversedCoins, Instant sentAt) {
        return day.equals(dayOf(sentAt))
                ? new DaySpending(day, Math.max(0, coins - reversedCoins))
                : this;
    }

    private boolean counts(Instant at) {
        LocalDate today = dayOf(at);
        return day.equals(today) || day.equals(today.plusDays(1));
    }
}

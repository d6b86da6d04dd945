package dev.confetti.simulation.model;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What a creator earned, in 0.0001 diamond, and how many events say so. */
final class Account {
    /** Gifts whose earnings are not released, oldest first. */
    final List<Held> held = new ArrayList<>();

    long pending;
    long available;
    long releasedThrough;
    long reserved;
    long redeemed;

    /** What is available is worth, in 0.000001, by currency; nothing stands as no entry. */
    final SortedMap<String, Long> worth = new TreeMap<>();

    /** Gifts up to this position are worth what the last revaluation says. */
    long revaluedThrough;

    String revaluedCurrency = "";
    long revaluedRate;

    /** The last revaluation that reached the creator. */
    @Nullable Name revaluation;

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
        addWorth(Rules.CURRENCY, payout.amountMinor * 10_000);
    }

    void addWorth(String currency, long micros) {
        worth.merge(currency, micros, Long::sum);
        worth.values().removeIf(each -> each == 0);
    }

    /** The currency in which a gift's diamonds count by now. */
    String currencyOf(SentGift gift) {
        return gift.position <= revaluedThrough ? revaluedCurrency : Rules.CURRENCY;
    }

    /** What a gift's diamonds are worth by now; a micro-unit each where they were not revalued. */
    long worthOf(SentGift gift) {
        return gift.position <= revaluedThrough ? gift.diamonds * revaluedRate : gift.diamonds;
    }

    /** What is held is worth, by currency, the reversed left out. */
    SortedMap<String, Long> pendingWorth() {
        SortedMap<String, Long> pendingWorth = new TreeMap<>();
        for (Held each : held) {
            if (!each.gift().reversed) {
                pendingWorth.merge(currencyOf(each.gift()), worthOf(each.gift()), Long::sum);
            }
        }
        pendingWorth.values().removeIf(each -> each == 0);
        return pendingWorth;
    }

    /** A gift whose earnings are held, until the end of its slot and as long as the hold. */
    record Held(SentGift gift, Instant slotEnd) {}
}

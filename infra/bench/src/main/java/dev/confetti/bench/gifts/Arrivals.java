package dev.confetti.bench.gifts;

import dev.confetti.demo.api.SentGift;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** When each gift was first seen at one of the platform's ends. Thread-safe. */
final class Arrivals {
    private final Map<String, Long> firstNanos = new ConcurrentHashMap<>();
    private final AtomicLong repeats = new AtomicLong();

    void seen(Collection<String> giftSendIds, long nanoTime) {
        for (String id : giftSendIds) {
            if (firstNanos.putIfAbsent(id, nanoTime) != null) {
                repeats.incrementAndGet();
            }
        }
    }

    /** When it was first seen; {@link Long#MIN_VALUE} when it was not. */
    long nanosOf(SentGift gift) {
        return firstNanos.getOrDefault(gift.giftSendId(), Long.MIN_VALUE);
    }

    /** How many gifts were seen again after their first time. */
    long repeats() {
        return repeats.get();
    }
}

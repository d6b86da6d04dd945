package dev.confetti.gift.catalogue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The catalogue at every instant: the prices of the build, and their changes. Immutable.
 *
 * <p>Its version at an instant is 1 + the number of changes that are effective by then. Changes are
 * never taken away and come well ahead of their time, so a version never means something else
 * later.
 */
public final class PriceList {
    private final Catalogue base;
    private final List<Instant> effective = new ArrayList<>();
    private final Map<String, TreeMap<Instant, Long>> coinsByGift = new HashMap<>();

    /**
     * @param changes in the order in which they take effect; of two of one gift at one instant the
     *     later one counts
     */
    public PriceList(Catalogue base, List<PriceChange> changes) {
        this.base = base;
        for (PriceChange change : changes) {
            if (!effective.isEmpty() && effective.getLast().isAfter(change.effectiveAt())) {
                throw new IllegalArgumentException(
                        change + ": expected none before " + effective.getLast());
            }
            effective.add(change.effectiveAt());
            coinsByGift
                    .computeIfAbsent(change.giftId(), gift -> new TreeMap<>())
                    .put(change.effectiveAt(), change.coins());
        }
    }

    /** The catalogue's version, from 1. */
    public int versionAt(Instant at) {
        int from = 0;
        int to = effective.size();
        while (from < to) {
            int middle = (from + to) >>> 1;
            if (effective.get(middle).isAfter(at)) {
                to = middle;
            } else {
                from = middle + 1;
            }
        }
        return 1 + from;
    }

    /** A gift at its price of an instant. */
    public Optional<Gift> gift(String giftId, Instant at) {
        return base.gift(giftId).map(gift -> priced(gift, at));
    }

    /** All gifts at their prices of an instant, cheapest first. */
    public List<Gift> gifts(Instant at) {
        return base.gifts().stream()
                .map(gift -> priced(gift, at))
                .sorted(Comparator.comparingLong(Gift::coins))
                .toList();
    }

    private Gift priced(Gift gift, Instant at) {
        TreeMap<Instant, Long> changes = coinsByGift.get(gift.giftId());
        if (changes == null) {
            return gift;
        }
        var latest = changes.floorEntry(at);
        return latest == null ? gift : gift.atPrice(latest.getValue());
    }
}

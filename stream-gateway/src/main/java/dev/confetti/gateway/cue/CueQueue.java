package dev.confetti.gateway.cue;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;

/**
 * The gifts that wait for a picture of one stream, and the budget by which they go out.
 *
 * <p>Sends of one combo that wait together become one cue. A picture takes a bounded number: the
 * biggest first, but always also the one that has waited longest, so that a storm of big gifts
 * starves nobody. Not thread-safe: it lives on its stream's event loop.
 */
public final class CueQueue {
    private static final Comparator<Cue> BIGGEST_FIRST =
            Comparator.comparingLong(Cue::coins)
                    .reversed()
                    .thenComparingLong(Cue::position)
                    .thenComparing(cue -> cue.giftSendIds().getLast());

    private final int maxQueued;
    private final TreeSet<Cue> biggestFirst = new TreeSet<>(BIGGEST_FIRST);
    private final LinkedHashSet<UUID> arrival = new LinkedHashSet<>();
    private final Map<UUID, Cue> byFirstSend = new HashMap<>();
    private final Map<UUID, Cue> openByCombo = new HashMap<>();
    private long merged;
    private long dropped;

    /**
     * @param maxQueued cues that may wait; beyond it the smallest is dropped and counted
     */
    public CueQueue(int maxQueued) {
        this.maxQueued = maxQueued;
    }

    public void offer(Cue cue) {
        Cue open = openByCombo.get(cue.comboId());
        Cue now = cue;
        if (open != null && open.mergesWith(cue)) {
            biggestFirst.remove(open);
            now = open.mergedWith(cue);
            merged++;
        } else {
            arrival.add(cue.giftSendIds().getFirst());
        }
        biggestFirst.add(now);
        byFirstSend.put(now.giftSendIds().getFirst(), now);
        openByCombo.put(now.comboId(), now);
        if (biggestFirst.size() > maxQueued) {
            remove(biggestFirst.last());
            dropped++;
        }
    }

    /** Takes at most {@code max} cues out. */
    public List<Cue> take(int max) {
        List<Cue> taken = new ArrayList<>(Math.min(max, biggestFirst.size()));
        if (biggestFirst.isEmpty() || max < 1) {
            return taken;
        }
        if (biggestFirst.size() > max && max > 1) {
            Cue oldest = byFirstSend.get(arrival.getFirst());
            if (oldest != null) {
                remove(oldest);
                taken.add(oldest);
            }
        }
        while (taken.size() < max && !biggestFirst.isEmpty()) {
            Cue biggest = biggestFirst.first();
            remove(biggest);
            taken.add(biggest);
        }
        taken.sort(BIGGEST_FIRST);
        return taken;
    }

    private void remove(Cue cue) {
        biggestFirst.remove(cue);
        UUID first = cue.giftSendIds().getFirst();
        arrival.remove(first);
        byFirstSend.remove(first);
        openByCombo.remove(cue.comboId(), cue);
    }

    public boolean isEmpty() {
        return biggestFirst.isEmpty();
    }

    public int size() {
        return biggestFirst.size();
    }

    /** Sends that went into another's cue, so far. */
    public long merged() {
        return merged;
    }

    /** Cues given up because too many waited, so far. */
    public long dropped() {
        return dropped;
    }
}

package dev.confetti.gift.log;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which appends of a batch lose, decided in memory before anything is written: first come, first
 * served, and each append whole or not at all.
 */
final class BatchRules {
    /** A stream's name. */
    record Stream(String type, String id) {
        static Stream of(NewEvent event) {
            return new Stream(event.streamType(), event.streamId());
        }
    }

    private BatchRules() {}

    /**
     * The losers, by their index in the batch.
     *
     * @param known those of the batch's event ids that the log has already
     * @param nextSequences the next sequence of each stream of the batch that the log has; 0 for
     *     others
     */
    static Map<Integer, Outcome> losers(
            List<PendingAppend> batch, Set<UUID> known, Map<Stream, Long> nextSequences) {
        Set<UUID> taken = new HashSet<>(known);
        Map<Stream, Long> next = new HashMap<>(nextSequences);
        Map<Integer, Outcome> losers = new LinkedHashMap<>();
        for (int i = 0; i < batch.size(); i++) {
            Outcome loss = place(batch.get(i).events(), taken, next);
            if (loss != null) {
                losers.put(i, loss);
            }
        }
        return losers;
    }

    /** Books one append into {@code taken} and {@code next}, or says why it loses. */
    private static @Nullable Outcome place(
            List<NewEvent> events, Set<UUID> taken, Map<Stream, Long> next) {
        Set<UUID> ids = new HashSet<>();
        Map<Stream, Long> own = new HashMap<>();
        // Ids before sequences: a repeat is a repeat, also when its stream went on since.
        for (NewEvent event : events) {
            if (taken.contains(event.eventId()) || !ids.add(event.eventId())) {
                return new Outcome.Duplicate(event.eventId());
            }
        }
        for (NewEvent event : events) {
            Stream stream = Stream.of(event);
            Long ownNext = own.get(stream);
            long expected = ownNext != null ? ownNext : next.getOrDefault(stream, 0L);
            if (event.sequence() != expected) {
                return new Outcome.Stale(event, expected);
            }
            own.put(stream, expected + 1);
        }
        taken.addAll(ids);
        next.putAll(own);
        return null;
    }
}

package dev.confetti.board.standing;

import dev.confetti.events.Topic;
import java.util.Arrays;
import java.util.Map;

/** The fences of all shards and partitions, as far as their owner knows. Not thread-safe. */
public final class Fences {
    private final Fence[][] fences = new Fence[Shard.COUNT][Topic.PARTITIONS];

    public Fences() {
        for (Fence[] shard : fences) {
            Arrays.fill(shard, Fence.NONE);
        }
    }

    public Fence of(Shard shard, int partition) {
        return fences[shard.number()][partition];
    }

    void set(Shard shard, int partition, Fence fence) {
        fences[shard.number()][partition] = fence;
    }

    void setAll(Shard shard, Map<String, String> stored) {
        stored.forEach(
                (partition, text) -> set(shard, Integer.parseInt(partition), Fence.parse(text)));
    }

    boolean sameAs(Fences other) {
        return Arrays.deepEquals(fences, other.fences);
    }

    /** Where reading a partition must resume for the shard that is furthest behind. */
    public Fence lowest(int partition) {
        Fence lowest = fences[0][partition];
        for (Fence[] shard : fences) {
            if (shard[partition].position() < lowest.position()) {
                lowest = shard[partition];
            }
        }
        return lowest;
    }
}

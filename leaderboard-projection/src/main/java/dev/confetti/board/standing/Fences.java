package dev.confetti.board.standing;

import dev.confetti.events.Topic;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How far each shard is in each partition, and which generation of it that is, as far as their
 * owner knows. Not thread-safe.
 */
public final class Fences {
    private static final int FIRST_GENERATION = 1;

    private final Fence[][] fences = new Fence[Shard.COUNT][Topic.PARTITIONS];
    private final int[] generations = new int[Shard.COUNT];
    private boolean closed;

    public Fences() {
        for (Fence[] shard : fences) {
            Arrays.fill(shard, Fence.NONE);
        }
        Arrays.fill(generations, FIRST_GENERATION);
    }

    public Fence of(Shard shard, int partition) {
        return fences[shard.number()][partition];
    }

    /** Which generation of a shard is meant, from 1. */
    public int generation(Shard shard) {
        return generations[shard.number()];
    }

    /** Whether a shard takes nothing now, because a rebuilt generation is about to follow. */
    public boolean isClosed() {
        return closed;
    }

    void set(Shard shard, int partition, Fence fence) {
        fences[shard.number()][partition] = fence;
    }

    void setAll(Shard shard, Map<String, String> stored) {
        stored.forEach(
                (partition, text) -> set(shard, Integer.parseInt(partition), Fence.parse(text)));
    }

    void setGeneration(Shard shard, int generation) {
        generations[shard.number()] = generation;
    }

    void setClosed() {
        closed = true;
    }

    boolean sameAs(Fences other) {
        return Arrays.deepEquals(fences, other.fences) && sameGenerations(other);
    }

    /** Whether both are of the same generation of each shard. */
    public boolean sameGenerations(Fences other) {
        return Arrays.equals(generations, other.generations);
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

    /** The generation that a stored text names. */
    static int generation(@Nullable String stored) {
        return stored == null ? FIRST_GENERATION : Integer.parseInt(stored);
    }
}

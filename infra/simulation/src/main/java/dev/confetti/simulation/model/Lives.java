package dev.confetti.simulation.model;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * All lives, and which of them an instance still trusts to take gifts: what it read of one counts
 * there for a second.
 */
final class Lives {
    private static final long TRUSTED_NANOS = 1_000_000_000;

    final Map<Name, Live> all = new LinkedHashMap<>();
    private final Map<Integer, Map<Name, Long>> readAt = new HashMap<>();

    static final class Live {
        final Name name;
        final String creator;
        String state = "created";
        @Nullable UUID publisher;
        int events = 1;

        Live(Name name, String creator) {
            this.name = name;
            this.creator = creator;
        }

        boolean isOf(UUID other) {
            return state.equals("active") && other.equals(publisher);
        }
    }

    Optional<Live> find(Name name) {
        return Optional.ofNullable(all.get(name));
    }

    /** Whether a live takes gifts by what an instance knows. */
    boolean takesGifts(Live live, int instance, long nanos, Rules rules) {
        Map<Name, Long> read = readAt.computeIfAbsent(instance, i -> new HashMap<>());
        Long trusted = read.get(live.name);
        if (trusted != null && nanos - trusted < TRUSTED_NANOS) {
            return true;
        }
        boolean takes =
                live.state.equals("active")
                        || (live.state.equals("away") && rules.awayTakesGifts());
        if (takes) {
            read.put(live.name, nanos);
        }
        return takes;
    }

    void distrust(int instance, Name live) {
        readAt.getOrDefault(instance, new HashMap<>()).remove(live);
    }

    void forget(int instance) {
        readAt.remove(instance);
    }
}

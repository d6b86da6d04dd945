package dev.confetti.board.profile;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.confetti.board.standing.Shard;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import redis.clients.jedis.UnifiedJedis;

/**
 * Who wants to be hidden on boards: the hash {@code board:{5}:hidden} of the member's shard has the
 * last choice and its event's position. Thread-safe.
 */
public final class HiddenMembers {
    private static final String HIDDEN = "hidden";
    private static final int MOST_CACHED = 200_000;

    /** How long a reader may show who hid by another process: a second, and no more. */
    private static final Duration SHOWN = Duration.ofSeconds(1);

    private final ShardScript hide = new ShardScript("hide.lua", HIDDEN);
    private final UnifiedJedis redis;
    private final Cache<String, Boolean> known =
            Caffeine.newBuilder().maximumSize(MOST_CACHED).expireAfterWrite(SHOWN).build();
    private final AtomicLong changes = new AtomicLong();

    HiddenMembers(UnifiedJedis redis) {
        this.redis = redis;
    }

    /**
     * Takes in a choice; of several for one member the one with the highest position counts, in
     * whichever order they come.
     *
     * @param position of its event in the log
     */
    public void choose(String member, boolean hidden, long position) {
        hide.call(
                redis,
                Map.of(
                        Shard.ofMember(member),
                        List.of(member, Long.toString(position), hidden ? "1" : "0")));
        changes.incrementAndGet();
        known.invalidate(member);
    }

    /** Grows whenever this process took in a choice. */
    long changes() {
        return changes.get();
    }

    /**
     * Those of the members who are hidden.
     *
     * @param fields what is not known is asked for with it
     * @return to be asked when the fields are read
     */
    Supplier<Set<String>> among(Collection<String> members, ShardFields fields) {
        Set<String> hidden = new HashSet<>();
        Set<String> unknown = new HashSet<>();
        for (String member : members) {
            Boolean isHidden = known.getIfPresent(member);
            if (isHidden == null) {
                unknown.add(member);
            } else if (isHidden) {
                hidden.add(member);
            }
        }
        long changesBefore = changes.get();
        Supplier<Map<String, String>> choices = fields.ask(HIDDEN, unknown);
        return () -> {
            Map<String, String> found = choices.get();
            for (String member : unknown) {
                boolean isHidden = found.getOrDefault(member, "").endsWith(":1");
                known.put(member, isHidden);
                if (isHidden) {
                    hidden.add(member);
                }
            }
            if (changes.get() != changesBefore) {
                // What was chosen meanwhile must not be overlooked from here on.
                known.invalidateAll(unknown);
            }
            return hidden;
        };
    }
}

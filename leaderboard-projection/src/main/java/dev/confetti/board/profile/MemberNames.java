package dev.confetti.board.profile;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.confetti.board.standing.Fence;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.AbstractPipeline;
import redis.clients.jedis.Response;
import redis.clients.jedis.UnifiedJedis;

/**
 * The display names of members: learned from events, kept as documents, found many at a time.
 * Thread-safe.
 */
public final class MemberNames {
    /** Hash: partition of the topic of lives to how far its names were learned. */
    private static final String PLACES = "board:names:places";

    private static final int MOST_CACHED = 200_000;

    /** How long a reader may show a name that another process has changed. */
    private static final Duration SHOWN = Duration.ofSeconds(30);

    private final ProfileRepository documents;
    private final UnifiedJedis redis;
    private final Cache<String, String> saved =
            Caffeine.newBuilder().maximumSize(MOST_CACHED).build();
    private final Cache<String, String> shown =
            Caffeine.newBuilder().maximumSize(MOST_CACHED).expireAfterWrite(SHOWN).build();

    public MemberNames(ProfileRepository documents, UnifiedJedis redis) {
        this.documents = documents;
        this.redis = redis;
    }

    /**
     * Keeps a name, unless it is known already.
     *
     * @param name null or blank when the event had none: what was known stays
     */
    public void learn(String member, @Nullable String name) {
        if (name == null || name.isBlank() || name.equals(saved.getIfPresent(member))) {
            return;
        }
        String stored = documents.findById(member).map(Profile::name).orElse(null);
        if (!name.equals(stored)) {
            documents.save(new Profile(member, name));
        }
        saved.put(member, name);
        shown.put(member, name);
    }

    /** The names of members; the id itself where none is known. */
    public Map<String, String> of(Collection<String> members) {
        Map<String, String> names = new HashMap<>();
        Map<String, Response<String>> asked = new LinkedHashMap<>();
        for (String member : members) {
            String name = shown.getIfPresent(member);
            if (name != null) {
                names.put(member, name);
            }
        }
        if (names.size() < members.size()) {
            // The documents are plain hashes: one round trip, where the repository makes one each.
            try (AbstractPipeline pipeline = redis.pipelined()) {
                for (String member : members) {
                    if (!names.containsKey(member)) {
                        asked.put(member, pipeline.hget(Profile.KEYSPACE + ":" + member, "name"));
                    }
                }
                pipeline.sync();
            }
        }
        asked.forEach(
                (member, answer) -> {
                    String name = Objects.requireNonNullElse(answer.get(), member);
                    names.put(member, name);
                    shown.put(member, name);
                });
        return names;
    }

    /** How far the names of creators were learned. */
    public Map<Integer, Fence> places() {
        Map<Integer, Fence> places = new HashMap<>();
        redis.hgetAll(PLACES)
                .forEach(
                        (partition, text) ->
                                places.put(Integer.valueOf(partition), Fence.parse(text)));
        return places;
    }

    /** Notes how far the names of creators are learned. */
    public void reached(Map<Integer, Fence> places) {
        if (places.isEmpty()) {
            return;
        }
        Map<String, String> texts = new HashMap<>();
        places.forEach((partition, fence) -> texts.put(partition.toString(), fence.text()));
        redis.hset(PLACES, texts);
    }

    /** No longer takes for granted that what was saved is still there. */
    public void forgetSaved() {
        saved.invalidateAll();
    }
}

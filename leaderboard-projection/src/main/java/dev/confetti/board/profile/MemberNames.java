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
import java.util.concurrent.atomic.AtomicLong;
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

    /** Hash: partition of the topic of coins to how far it was read for who is forgotten. */
    private static final String FORGETTING_PLACES = "board:names:places:forgotten";

    /**
     * Hash: member to the position at which it was forgotten; names that events before it carry are
     * not learned, in whichever order topics are read.
     */
    private static final String FORGOTTEN = "board:names:forgotten";

    /** Behind the position until the member's document is gone. */
    private static final String UNDER_WAY = ":";

    private static final int MOST_CACHED = 200_000;

    /** How long a reader may show a name that another process has changed. */
    private static final Duration SHOWN = Duration.ofSeconds(30);

    private final ProfileRepository documents;
    private final UnifiedJedis redis;
    private final Cache<String, String> saved =
            Caffeine.newBuilder().maximumSize(MOST_CACHED).build();
    private final Cache<String, String> shown =
            Caffeine.newBuilder().maximumSize(MOST_CACHED).expireAfterWrite(SHOWN).build();
    private final AtomicLong forgotten = new AtomicLong();

    public MemberNames(ProfileRepository documents, UnifiedJedis redis) {
        this.documents = documents;
        this.redis = redis;
    }

    /**
     * Keeps a name, unless it is known already.
     *
     * @param name null or blank when the event had none: what was known stays
     * @param position of the event in the log
     */
    public void learn(String member, @Nullable String name, long position) {
        if (name == null || name.isBlank() || name.equals(saved.getIfPresent(member))) {
            return;
        }
        if (position < forgottenAt(member)) {
            return;
        }
        String stored = documents.findById(member).map(Profile::name).orElse(null);
        if (!name.equals(stored)) {
            documents.save(new Profile(member, name));
            // Another process may have forgotten the member just now, before there was a document.
            if (position < forgottenAt(member)) {
                drop(member);
                return;
            }
        }
        saved.put(member, name);
        shown.put(member, name);
    }

    /**
     * Drops the name of a member, for good; a name that an event after the position carries is
     * learned again. Again, or with an earlier position, it has no effect.
     */
    public void forget(String member, long position) {
        String before = redis.hget(FORGOTTEN, member);
        if (before == null || before.endsWith(UNDER_WAY) || position > position(before)) {
            String at = Long.toString(Math.max(position, before == null ? 0 : position(before)));
            // First what keeps the name from being learned, then the document; after a crash
            // between
            // the two it is done again.
            redis.hset(FORGOTTEN, member, at + UNDER_WAY);
            drop(member);
            redis.hset(FORGOTTEN, member, at);
        }
        saved.invalidate(member);
        shown.invalidate(member);
        forgotten.incrementAndGet();
    }

    /** Grows whenever this process forgot a name: what was made with names before is old. */
    public long forgottenCount() {
        return forgotten.get();
    }

    private void drop(String member) {
        redis.del(Profile.KEYSPACE + ":" + member);
        // Spring Data's own list of documents.
        redis.srem(Profile.KEYSPACE, member);
    }

    private long forgottenAt(String member) {
        String at = redis.hget(FORGOTTEN, member);
        return at == null ? 0 : position(at);
    }

    private static long position(String at) {
        return Long.parseLong(
                at.endsWith(UNDER_WAY) ? at.substring(0, at.length() - UNDER_WAY.length()) : at);
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
        return places(PLACES);
    }

    /** How far it was read who is forgotten. */
    public Map<Integer, Fence> forgettingPlaces() {
        return places(FORGETTING_PLACES);
    }

    private Map<Integer, Fence> places(String key) {
        Map<Integer, Fence> places = new HashMap<>();
        redis.hgetAll(key)
                .forEach(
                        (partition, text) ->
                                places.put(Integer.valueOf(partition), Fence.parse(text)));
        return places;
    }

    /** Notes how far the names of creators are learned. */
    public void reached(Map<Integer, Fence> places) {
        reached(PLACES, places);
    }

    /** Notes how far it is read who is forgotten. */
    public void reachedForgetting(Map<Integer, Fence> places) {
        reached(FORGETTING_PLACES, places);
    }

    private void reached(String key, Map<Integer, Fence> places) {
        if (places.isEmpty()) {
            return;
        }
        Map<String, String> texts = new HashMap<>();
        places.forEach((partition, fence) -> texts.put(partition.toString(), fence.text()));
        redis.hset(key, texts);
    }

    /** No longer takes for granted that what was saved is still there. */
    public void forgetSaved() {
        saved.invalidateAll();
    }
}

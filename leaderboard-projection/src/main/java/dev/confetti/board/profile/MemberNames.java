package dev.confetti.board.profile;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.confetti.board.standing.Fence;
import dev.confetti.board.standing.Shard;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import redis.clients.jedis.UnifiedJedis;

/**
 * The display names of members: learned from events a batch at a time, found many at a time.
 * Thread-safe.
 *
 * <p>A shard's names are in the hash {@code board:{5}:names}, each with the position of the event
 * that carried it, and {@code board:{5}:forgotten} says as of which position a member is forgotten.
 * So it does not matter in whichever order topics and partitions are read: the latest name counts,
 * and none from before its member was forgotten.
 */
public final class MemberNames {
    private static final String NAMES = "names";
    private static final String FORGOTTEN = "forgotten";

    /** Hash: partition of the topic of lives to how far its names were learned. */
    private static final String PLACES = "board:names:places";

    /** Hash: partition of the topic of coins to how far it was read for who is forgotten. */
    private static final String FORGETTING_PLACES = "board:names:places:forgotten";

    private static final int MOST_CACHED = 200_000;

    /** How long a reader may show a name that another process has changed. */
    private static final Duration SHOWN = Duration.ofSeconds(30);

    private final ShardScript learn = new ShardScript("learn.lua", NAMES, FORGOTTEN);
    private final ShardScript forget = new ShardScript("forget.lua", NAMES, FORGOTTEN);
    private final UnifiedJedis redis;

    /**
     * What Redis has, with the position of the last event that carried it; Redis may have an
     * earlier one.
     */
    private final Cache<String, Learned> known =
            Caffeine.newBuilder().maximumSize(MOST_CACHED).build();

    private final Cache<String, String> shown =
            Caffeine.newBuilder().maximumSize(MOST_CACHED).expireAfterWrite(SHOWN).build();
    private final AtomicLong forgottenCount = new AtomicLong();
    private final HiddenMembers hidden;

    public MemberNames(UnifiedJedis redis) {
        this.redis = redis;
        this.hidden = new HiddenMembers(redis);
    }

    /**
     * Keeps names, in one round trip; in none when all are known already. Of several for one member
     * the one with the highest position counts.
     */
    public synchronized void learn(Collection<Learned> batch) {
        Map<String, Learned> latest = new LinkedHashMap<>();
        for (Learned learned : batch) {
            if (learned.hasName()) {
                latest.merge(learned.member(), learned, MemberNames::later);
            }
        }
        latest.values().removeIf(this::isKnown);
        keep(latest.values());
    }

    /**
     * Drops the name of a member, for good; a name that an event after the position carries stays,
     * or is learned again. Again, or with an earlier position, it has no effect.
     */
    public synchronized void forget(String member, long position) {
        Learned last = known.getIfPresent(member);
        if (last != null && last.position() > position) {
            // Redis may have it with an earlier position, and would drop it.
            keep(List.of(last));
        } else {
            known.invalidate(member);
        }
        forget.call(
                redis, Map.of(Shard.ofMember(member), List.of(member, Long.toString(position))));
        forgottenCount.incrementAndGet();
        shown.invalidate(member);
    }

    /** Who is hidden on boards. */
    public HiddenMembers hidden() {
        return hidden;
    }

    /**
     * Grows whenever this process forgot a name, or took in who is hidden: what was made with names
     * before is old.
     */
    public long version() {
        return forgottenCount.get() + hidden.changes();
    }

    private static Learned later(Learned one, Learned other) {
        return one.position() > other.position() ? one : other;
    }

    /** Whether there is nothing to keep: it is the name that is known, or an older one. */
    private boolean isKnown(Learned learned) {
        Learned last = known.getIfPresent(learned.member());
        if (last == null) {
            return false;
        }
        boolean newer = learned.position() > last.position();
        if (newer && learned.text().equals(last.text())) {
            known.put(learned.member(), learned);
        }
        return !newer || learned.text().equals(last.text());
    }

    /** At most one name for each member. */
    private void keep(Collection<Learned> names) {
        Map<Shard, List<Learned>> shards = new LinkedHashMap<>();
        Map<Shard, List<String>> arguments = new LinkedHashMap<>();
        for (Learned learned : names) {
            Shard shard = Shard.ofMember(learned.member());
            shards.computeIfAbsent(shard, s -> new ArrayList<>()).add(learned);
            List<String> list = arguments.computeIfAbsent(shard, s -> new ArrayList<>());
            list.add(learned.member());
            list.add(Long.toString(learned.position()));
            list.add(learned.text());
        }
        learn.call(redis, arguments)
                .forEach(
                        (shard, answer) -> {
                            List<?> kept = (List<?>) answer;
                            List<Learned> sent = shards.getOrDefault(shard, List.of());
                            for (int i = 0; i < sent.size(); i++) {
                                if (Long.valueOf(1).equals(kept.get(i))) {
                                    known.put(sent.get(i).member(), sent.get(i));
                                    shown.put(sent.get(i).member(), sent.get(i).text());
                                }
                            }
                        });
    }

    /** What boards show of members, in one round trip; in none when all is known already. */
    public ShownMembers shown(Collection<String> members) {
        ShardFields fields = new ShardFields();
        Supplier<Map<String, String>> names = names(members, fields);
        Supplier<Set<String>> hiddenOnes = hidden.among(members, fields);
        fields.read(redis);
        return new ShownMembers(names.get(), hiddenOnes.get());
    }

    private Supplier<Map<String, String>> names(Collection<String> members, ShardFields fields) {
        Map<String, String> names = new HashMap<>();
        List<String> unknown = new ArrayList<>();
        for (String member : members) {
            String name = shown.getIfPresent(member);
            if (name == null) {
                unknown.add(member);
            } else {
                names.put(member, name);
            }
        }
        long forgottenBefore = forgottenCount.get();
        Supplier<Map<String, String>> stored = fields.ask(NAMES, unknown);
        return () -> {
            Map<String, String> found = stored.get();
            for (String member : unknown) {
                String text = found.get(member);
                String name = text == null ? member : text.substring(text.indexOf(':') + 1);
                names.put(member, name);
                shown.put(member, name);
            }
            if (forgottenCount.get() != forgottenBefore) {
                // What was forgotten meanwhile must not stay here.
                shown.invalidateAll(unknown);
            }
            return names;
        };
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

    /**
     * Makes ready to learn: no longer takes for granted that what was learned is still there, and
     * moves what an earlier build kept.
     */
    public synchronized void open() {
        known.invalidateAll();
        new EarlierNames(redis, this).move();
    }
}

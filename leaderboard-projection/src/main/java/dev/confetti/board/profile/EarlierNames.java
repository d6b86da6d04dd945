package dev.confetti.board.profile;

import dev.confetti.board.standing.RedisClients;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.Response;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.params.ScanParams;

/**
 * Names as earlier builds kept them: a hash {@code profile:ID} for each member, all ids in the set
 * {@code profile}. They are moved, since no event would bring them again, and since nobody would
 * look there for the name of who is forgotten. What is cut short is done again.
 */
final class EarlierNames {
    private static final String IDS = "profile";
    private static final String FORGOTTEN = "board:names:forgotten";

    /** What a position ended in whose member's name was not yet dropped. */
    private static final String UNDER_WAY = ":";

    private static final int AT_ONCE = 1000;

    private final UnifiedJedis redis;
    private final MemberNames names;

    EarlierNames(UnifiedJedis redis, MemberNames names) {
        this.redis = redis;
        this.names = names;
    }

    void move() {
        Map<String, String> forgotten = new HashMap<>(redis.hgetAll(FORGOTTEN));
        forgotten.forEach((member, at) -> names.forget(member, position(at)));
        if (redis.type(IDS).equals("set")) {
            ScanParams some = new ScanParams().count(AT_ONCE);
            String cursor = ScanParams.SCAN_POINTER_START;
            do {
                var found = redis.sscan(IDS, cursor, some);
                move(found.getResult(), forgotten);
                cursor = found.getCursor();
            } while (!cursor.equals(ScanParams.SCAN_POINTER_START));
        }
        redis.del(FORGOTTEN);
    }

    private void move(List<String> members, Map<String, String> forgotten) {
        if (members.isEmpty()) {
            return;
        }
        Map<String, @Nullable String> stored =
                RedisClients.pipelined(
                        redis,
                        pipeline -> {
                            Map<String, Response<String>> asked = new LinkedHashMap<>();
                            members.forEach(m -> asked.put(m, pipeline.hget(key(m), "name")));
                            return () -> answers(asked);
                        });
        List<Learned> learned = new ArrayList<>();
        stored.forEach(
                (member, name) -> {
                    String at = forgotten.getOrDefault(member, "0");
                    // Whoever is forgotten and has a name all the same came back.
                    if (!at.endsWith(UNDER_WAY)) {
                        learned.add(new Learned(member, name, position(at)));
                    }
                });
        names.learn(learned);
        RedisClients.pipelined(
                redis,
                pipeline -> {
                    members.forEach(member -> pipeline.del(key(member)));
                    return members::size;
                });
        redis.srem(IDS, members.toArray(String[]::new));
    }

    private static Map<String, @Nullable String> answers(Map<String, Response<String>> asked) {
        Map<String, @Nullable String> answers = new LinkedHashMap<>();
        asked.forEach((member, answer) -> answers.put(member, RedisClients.answer(answer)));
        return answers;
    }

    private static String key(String member) {
        return IDS + ":" + member;
    }

    private static long position(String at) {
        return Long.parseLong(at.replace(UNDER_WAY, ""));
    }
}

package dev.confetti.board.profile;

import dev.confetti.board.standing.RedisClients;
import dev.confetti.board.standing.Shard;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.Response;
import redis.clients.jedis.UnifiedJedis;

/** Reads fields of hashes that are divided by members' shards, in one round trip. */
final class ShardFields {
    private ShardFields() {}

    /**
     * What the hashes have for members.
     *
     * @param key name of each shard's hash, such as {@code names}
     * @return without those of whom there is nothing
     */
    static Map<String, String> read(UnifiedJedis redis, String key, Collection<String> members) {
        Map<Shard, List<String>> asked = new LinkedHashMap<>();
        for (String member : members) {
            asked.computeIfAbsent(Shard.ofMember(member), s -> new ArrayList<>()).add(member);
        }
        return RedisClients.following(redis, () -> read(redis, key, asked));
    }

    private static Map<String, String> read(
            UnifiedJedis redis, String key, Map<Shard, List<String>> asked) {
        return RedisClients.pipelined(
                redis,
                pipeline -> {
                    Map<Shard, Response<List<@Nullable String>>> answers = new LinkedHashMap<>();
                    asked.forEach(
                            (shard, list) -> {
                                String[] members = list.toArray(String[]::new);
                                answers.put(shard, pipeline.hmget(shard.key(key), members));
                            });
                    return () -> found(asked, answers);
                });
    }

    private static Map<String, String> found(
            Map<Shard, List<String>> asked, Map<Shard, Response<List<@Nullable String>>> answers) {
        Map<String, String> found = new HashMap<>();
        answers.forEach(
                (shard, answer) -> {
                    List<String> list = asked.getOrDefault(shard, List.of());
                    for (int i = 0; i < list.size(); i++) {
                        String value = RedisClients.answer(answer).get(i);
                        if (value != null) {
                            found.put(list.get(i), value);
                        }
                    }
                });
        return found;
    }
}

package dev.confetti.board.profile;

import dev.confetti.board.standing.RedisClients;
import dev.confetti.board.standing.Script;
import dev.confetti.board.standing.Shard;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import redis.clients.jedis.Response;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.exceptions.JedisNoScriptException;

/**
 * A script that is called for many shards in one round trip. It must do no harm when it is called
 * twice.
 */
final class ShardScript {
    private final Script script;
    private final List<String> keys;

    /**
     * @param file beside this class
     * @param keys names of the shard's keys, such as {@code names}
     */
    ShardScript(String file, String... keys) {
        this.script = Script.named(ShardScript.class, file);
        this.keys = List.of(keys);
    }

    /** Calls it with each shard's arguments; a server that does not know it is told. */
    Map<Shard, Object> call(UnifiedJedis redis, Map<Shard, List<String>> arguments) {
        if (arguments.isEmpty()) {
            return Map.of();
        }
        try {
            return RedisClients.following(redis, () -> pipelined(redis, arguments));
        } catch (JedisNoScriptException e) {
            script.load(redis);
            return RedisClients.following(redis, () -> pipelined(redis, arguments));
        }
    }

    private Map<Shard, Object> pipelined(UnifiedJedis redis, Map<Shard, List<String>> arguments) {
        return RedisClients.pipelined(
                redis,
                pipeline -> {
                    Map<Shard, Response<Object>> answers = new LinkedHashMap<>();
                    arguments.forEach(
                            (shard, list) ->
                                    answers.put(
                                            shard,
                                            pipeline.evalsha(script.sha1(), keys(shard), list)));
                    return () -> results(answers);
                });
    }

    private static Map<Shard, Object> results(Map<Shard, Response<Object>> answers) {
        Map<Shard, Object> results = new LinkedHashMap<>();
        answers.forEach((shard, answer) -> results.put(shard, RedisClients.answer(answer)));
        return results;
    }

    private List<String> keys(Shard shard) {
        List<String> all = new ArrayList<>();
        keys.forEach(key -> all.add(shard.key(key)));
        return all;
    }
}

package dev.confetti.board.standing;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import redis.clients.jedis.AbstractPipeline;
import redis.clients.jedis.Response;
import redis.clients.jedis.UnifiedJedis;

/** Reads where the live generation of each shard is. */
final class LiveFences {
    private LiveFences() {}

    static Fences read(UnifiedJedis redis) {
        return RedisClients.following(redis, () -> ask(redis));
    }

    private static Fences ask(UnifiedJedis redis) {
        List<Response<String>> generations = new ArrayList<>();
        List<Response<Boolean>> closures = new ArrayList<>();
        try (AbstractPipeline pipeline = redis.pipelined()) {
            for (Shard shard : Shard.all()) {
                generations.add(pipeline.get(shard.generationKey()));
                closures.add(pipeline.exists(shard.closureKey()));
            }
            pipeline.sync();
        }
        Fences fences = new Fences();
        List<Response<Map<String, String>>> stored = new ArrayList<>();
        try (AbstractPipeline pipeline = redis.pipelined()) {
            for (Shard shard : Shard.all()) {
                fences.setGeneration(
                        shard,
                        Fences.generation(RedisClients.answer(generations.get(shard.number()))));
                if (RedisClients.answer(closures.get(shard.number()))) {
                    fences.setClosed();
                }
                stored.add(
                        pipeline.hgetAll(
                                new GenerationKeys(shard, fences.generation(shard)).fences()));
            }
            pipeline.sync();
        }
        for (Shard shard : Shard.all()) {
            fences.setAll(shard, RedisClients.answer(stored.get(shard.number())));
        }
        return fences;
    }
}

package dev.confetti.board.standing;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import redis.clients.jedis.Response;
import redis.clients.jedis.UnifiedJedis;

/** Reads where the live generation of each shard is. */
final class LiveFences {
    private LiveFences() {}

    static Fences read(UnifiedJedis redis) {
        return RedisClients.following(redis, () -> ask(redis));
    }

    private static Fences ask(UnifiedJedis redis) {
        Fences fences =
                RedisClients.pipelined(
                        redis,
                        pipeline -> {
                            List<Response<String>> generations = new ArrayList<>();
                            List<Response<Boolean>> closures = new ArrayList<>();
                            for (Shard shard : Shard.all()) {
                                generations.add(pipeline.get(shard.generationKey()));
                                closures.add(pipeline.exists(shard.closureKey()));
                            }
                            return () -> empty(generations, closures);
                        });
        return RedisClients.pipelined(
                redis,
                pipeline -> {
                    List<Response<Map<String, String>>> stored = new ArrayList<>();
                    for (Shard shard : Shard.all()) {
                        int generation = fences.generation(shard);
                        stored.add(
                                pipeline.hgetAll(new GenerationKeys(shard, generation).fences()));
                    }
                    return () -> filled(fences, stored);
                });
    }

    private static Fences empty(
            List<Response<String>> generations, List<Response<Boolean>> closures) {
        Fences fences = new Fences();
        for (Shard shard : Shard.all()) {
            String generation = RedisClients.answer(generations.get(shard.number()));
            fences.setGeneration(shard, Fences.generation(generation));
            if (RedisClients.answer(closures.get(shard.number()))) {
                fences.setClosed();
            }
        }
        return fences;
    }

    private static Fences filled(Fences fences, List<Response<Map<String, String>>> stored) {
        for (Shard shard : Shard.all()) {
            fences.setAll(shard, RedisClients.answer(stored.get(shard.number())));
        }
        return fences;
    }
}

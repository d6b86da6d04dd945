package dev.confetti.board.profile;

import dev.confetti.board.standing.RedisClients;
import dev.confetti.board.standing.Shard;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.AbstractPipeline;
import redis.clients.jedis.Response;
import redis.clients.jedis.UnifiedJedis;

/** Questions to hashes that are divided by members' shards, asked together in one round trip. */
final class ShardFields {
    /** Fields of one shard's hash, and what it has in them. */
    private static final class Call {
        private final String key;
        private final List<String> members = new ArrayList<>();
        private List<@Nullable String> found = List.of();

        Call(String key) {
            this.key = key;
        }

        Response<List<@Nullable String>> put(AbstractPipeline pipeline) {
            return pipeline.hmget(key, members.toArray(String[]::new));
        }
    }

    private final List<Call> calls = new ArrayList<>();

    /**
     * What the hashes have for members.
     *
     * @param name of each shard's hash, such as {@code hidden}
     * @return to be asked after {@link #read}; without those of whom there is nothing
     */
    Supplier<Map<String, String>> ask(String name, Collection<String> members) {
        Map<Shard, Call> shards = new LinkedHashMap<>();
        for (String member : members) {
            shards.computeIfAbsent(Shard.ofMember(member), shard -> new Call(shard.key(name)))
                    .members
                    .add(member);
        }
        calls.addAll(shards.values());
        return () -> found(shards.values());
    }

    /** Asks what was put in; nothing where nothing was. */
    void read(UnifiedJedis redis) {
        if (calls.isEmpty()) {
            return;
        }
        List<List<@Nullable String>> found =
                RedisClients.following(
                        redis,
                        () ->
                                RedisClients.pipelined(
                                        redis,
                                        pipeline -> {
                                            List<Response<List<@Nullable String>>> answers =
                                                    calls.stream()
                                                            .map(call -> call.put(pipeline))
                                                            .toList();
                                            return () ->
                                                    answers.stream()
                                                            .map(RedisClients::answer)
                                                            .toList();
                                        }));
        for (int i = 0; i < calls.size(); i++) {
            calls.get(i).found = found.get(i);
        }
    }

    private static Map<String, String> found(Collection<Call> calls) {
        Map<String, String> found = new HashMap<>();
        for (Call call : calls) {
            for (int i = 0; i < call.members.size(); i++) {
                String value = call.found.get(i);
                if (value != null) {
                    found.put(call.members.get(i), value);
                }
            }
        }
        return found;
    }
}

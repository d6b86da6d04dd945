package dev.confetti.bench.boards;

import dev.confetti.board.standing.BoardReader;
import dev.confetti.board.standing.Fence;
import dev.confetti.board.standing.Fences;
import dev.confetti.board.standing.RedisClients;
import dev.confetti.board.standing.Shard;
import dev.confetti.events.Topic;
import java.net.URI;
import redis.clients.jedis.UnifiedJedis;

/** Reads in Redis how many gifts all shards have taken. */
final class AppliedGifts implements AutoCloseable {
    private final UnifiedJedis redis;
    private final BoardReader reader;

    AppliedGifts(URI redisUrl) {
        this.redis = RedisClients.open(redisUrl);
        this.reader = new BoardReader(redis);
    }

    long read() {
        Fences fences = reader.fences();
        long least = Long.MAX_VALUE;
        for (int i = 0; i < Shard.COUNT; i++) {
            long taken = 0;
            for (int partition = 0; partition < Topic.PARTITIONS; partition++) {
                Fence fence = fences.of(new Shard(i), partition);
                taken += fence.position() == 0 ? 0 : fence.offset() + 1;
            }
            least = Math.min(least, taken);
        }
        return least;
    }

    @Override
    public void close() {
        redis.close();
    }
}

package dev.confetti.board.standing;

import dev.confetti.board.score.ScoreChange;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import redis.clients.jedis.AbstractPipeline;
import redis.clients.jedis.Response;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.exceptions.JedisNoScriptException;

/**
 * Writes batches of gifts to the boards, each shard's part in one atomic step together with the
 * shard's fences. Used by one thread.
 *
 * <p>A fence is compared for equality, not order. So a call that is repeated because its answer was
 * lost does nothing the second time, a call that was thought lost and runs late does nothing
 * either, a second projector is noticed, and so is a Redis that came back without its last writes.
 */
public final class BoardWriter {
    private static final Script APPLY = Script.named("apply.lua");

    private final UnifiedJedis redis;
    private final BoardRetention retention;
    private final String writerId;
    private long callCount;

    /**
     * A writer.
     *
     * @param writerId different for each writer that ever was: with a counter it marks each change
     */
    public BoardWriter(UnifiedJedis redis, BoardRetention retention, String writerId) {
        this.redis = redis;
        this.retention = retention;
        this.writerId = writerId;
    }

    /** Reads how far each shard is, and makes the servers ready to take batches. */
    public Fences open() {
        APPLY.load(redis);
        return BoardReader.fences(redis);
    }

    /**
     * Applies a batch: in each shard, what lies after its fences.
     *
     * @param batch in order within each partition
     * @param fences as last read or left by this method, which moves them on
     * @return false when Redis is not where {@code fences} says: read them again and resume there;
     *     some shards may have taken the batch
     */
    public boolean apply(List<PlacedGift> batch, Fences fences) {
        if (batch.isEmpty()) {
            return true;
        }
        Map<Integer, Fence> last = new TreeMap<>();
        ShardCall[] calls = new ShardCall[Shard.COUNT];
        for (int i = 0; i < Shard.COUNT; i++) {
            calls[i] = new ShardCall(new Shard(i));
        }
        for (PlacedGift gift : batch) {
            last.put(gift.partition(), gift.fence());
            for (ScoreChange change : gift.changes()) {
                Shard shard = Shard.of(change.owner());
                if (gift.position() > fences.of(shard, gift.partition()).position()) {
                    calls[shard.number()].add(change, gift);
                }
            }
        }
        return send(calls, last, fences);
    }

    /**
     * Whether Redis still is where {@code fences} says. A batch finds out only for the partitions
     * that it has events of; a Redis that lost its last writes and then gets no more of their
     * events shows it here alone.
     */
    public boolean isAt(Fences fences) {
        return BoardReader.fences(redis).sameAs(fences);
    }

    private boolean send(ShardCall[] shardCalls, Map<Integer, Fence> last, Fences fences) {
        List<Map<Integer, Fence>> reached = new ArrayList<>();
        List<Response<Object>> answers = new ArrayList<>();
        try (AbstractPipeline pipeline = redis.pipelined()) {
            for (int i = 0; i < Shard.COUNT; i++) {
                Map<Integer, Fence> ahead = ahead(new Shard(i), last, fences);
                reached.add(ahead);
                String token = writerId + "." + ++callCount;
                answers.add(
                        pipeline.evalsha(
                                APPLY.sha1(),
                                shardCalls[i].keys(),
                                shardCalls[i].arguments(token, ahead, fences, retention)));
            }
            pipeline.sync();
        }
        boolean allApplied = true;
        for (int i = 0; i < Shard.COUNT; i++) {
            Shard shard = new Shard(i);
            if (applied(answers.get(i))) {
                reached.get(i).forEach((partition, fence) -> fences.set(shard, partition, fence));
            } else {
                allApplied = false;
            }
        }
        return allApplied;
    }

    /** Where a shard stands after the batch, for the partitions in which it is not there yet. */
    private static Map<Integer, Fence> ahead(Shard shard, Map<Integer, Fence> last, Fences fences) {
        Map<Integer, Fence> ahead = new TreeMap<>();
        last.forEach(
                (partition, fence) -> {
                    if (fence.position() > fences.of(shard, partition).position()) {
                        ahead.put(partition, fence);
                    }
                });
        return ahead;
    }

    private static boolean applied(Response<Object> answer) {
        try {
            return Long.valueOf(1).equals(answer.get());
        } catch (JedisNoScriptException e) {
            return false; // the server was started anew: its fences must be read again anyway
        }
    }
}

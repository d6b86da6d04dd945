package dev.confetti.board.standing;

import dev.confetti.board.score.ScoreChange;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import redis.clients.jedis.Response;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.exceptions.JedisNoScriptException;

/**
 * Writes batches of gifts to the boards, each shard's part in one atomic step together with the
 * shard's fences. One thread prepares batches, in order; the same or another sends them, in the
 * same order.
 *
 * <p>A fence is compared for equality, not order. So a call that is repeated because its answer was
 * lost does nothing the second time, a call that was thought lost and runs late does nothing
 * either, a second projector is noticed, and so is a Redis that came back without its last writes.
 */
public final class BoardWriter {
    private static final Script APPLY = Script.named("apply.lua");
    private static final byte[] APPLY_SHA1 = APPLY.sha1().getBytes(StandardCharsets.US_ASCII);

    private final UnifiedJedis redis;
    private final WriteTarget target;
    private final BoardRetention retention;
    private final String writerId;
    private final InstantSource clock = InstantSource.system();
    private final BoardWindows windows = new BoardWindows();
    private long callCount;

    /**
     * A writer of the boards that are read.
     *
     * @param writerId different for each writer that ever was: with a counter it marks each change
     */
    public BoardWriter(UnifiedJedis redis, BoardRetention retention, String writerId) {
        this(redis, new WriteTarget.Live(), retention, writerId);
    }

    BoardWriter(UnifiedJedis redis, WriteTarget target, BoardRetention retention, String writerId) {
        this.redis = redis;
        this.target = target;
        this.retention = retention;
        this.writerId = writerId;
    }

    /** Reads how far each shard is, and makes the servers ready to take batches. */
    public Fences open() {
        RedisClients.followMoves(redis);
        APPLY.load(redis);
        return LiveFences.read(redis);
    }

    /**
     * Makes the calls of a batch: for each shard, what lies after its fences.
     *
     * @param batch in order within each partition
     * @param fences where the boards will be when the batches before are applied; moved on to where
     *     this one leads
     */
    public BoardBatch prepare(List<PlacedGift> batch, Fences fences) {
        return prepare(batch, fences, Shard.all());
    }

    /** The same for some shards; the others are left where they are. */
    BoardBatch prepare(List<PlacedGift> batch, Fences fences, List<Shard> shards) {
        if (batch.isEmpty()) {
            return new BoardBatch(List.of(), 0);
        }
        Map<Shard, ShardCall> calls = new HashMap<>();
        for (Shard shard : shards) {
            calls.put(
                    shard,
                    new ShardCall(
                            target.keys(shard, fences), target.guard(shard, fences), retention));
        }
        Map<Integer, Fence> last = new TreeMap<>();
        for (PlacedGift gift : batch) {
            last.put(gift.partition(), gift.fence());
            for (ScoreChange change : gift.changes()) {
                Shard shard = Shard.of(change);
                ShardCall call = calls.get(shard);
                if (call != null
                        && gift.position() > fences.of(shard, gift.partition()).position()) {
                    call.add(change, gift);
                }
            }
        }
        Instant now = clock.instant();
        List<BoardBatch.Call> prepared = new ArrayList<>();
        for (Shard shard : shards) {
            ShardCall call = Objects.requireNonNull(calls.get(shard));
            Map<Integer, Fence> ahead = ahead(shard, last, fences);
            String token = writerId + "." + ++callCount;
            prepared.add(
                    new BoardBatch.Call(
                            call.keys(windows),
                            call.arguments(token, ahead, fences, windows, now)));
            ahead.forEach((partition, fence) -> fences.set(shard, partition, fence));
        }
        return new BoardBatch(prepared, batch.size());
    }

    /**
     * Applies a prepared batch.
     *
     * @return false when Redis is not where the batch begins: read the fences again and resume
     *     there; some shards may have taken it
     */
    public boolean send(BoardBatch batch) {
        return RedisClients.pipelined(
                redis,
                pipeline -> {
                    List<Response<Object>> answers = new ArrayList<>();
                    for (BoardBatch.Call call : batch.calls()) {
                        answers.add(pipeline.evalsha(APPLY_SHA1, call.keys(), call.arguments()));
                    }
                    return () -> allApplied(answers);
                });
    }

    /** Prepares and sends a batch at once. */
    public boolean apply(List<PlacedGift> batch, Fences fences) {
        return send(prepare(batch, fences));
    }

    /**
     * Whether Redis still is where {@code fences} says. A batch finds out only for the partitions
     * that it has events of; a Redis that lost its last writes and then gets no more of their
     * events shows it here alone.
     */
    public boolean isAt(Fences fences) {
        Fences found = LiveFences.read(redis);
        return found.sameAs(fences) && !found.isClosed();
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

    private static boolean allApplied(List<Response<Object>> answers) {
        boolean allApplied = true;
        for (Response<Object> answer : answers) {
            allApplied &= applied(answer);
        }
        return allApplied;
    }

    private static boolean applied(Response<Object> answer) {
        try {
            return Long.valueOf(1).equals(RedisClients.answer(answer));
        } catch (JedisNoScriptException e) {
            return false; // the server was started anew: its fences must be read again anyway
        }
    }
}

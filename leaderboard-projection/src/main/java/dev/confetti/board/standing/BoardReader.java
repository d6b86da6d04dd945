package dev.confetti.board.standing;

import dev.confetti.board.standing.PartReads.GenerationMovedException;
import java.util.ArrayList;
import java.util.List;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.exceptions.JedisNoScriptException;

/** Reads boards. Thread-safe. */
public final class BoardReader {
    private static final int MOST_TRIES = 4;

    private final UnifiedJedis redis;

    /** Which generation of each shard is live, as last seen; never changed once it is here. */
    private volatile Fences generations = new Fences();

    public BoardReader(UnifiedJedis redis) {
        this.redis = redis;
    }

    /**
     * Reads several parts of boards in two round trips at most. A live's or creator's board is of
     * one moment; one of the whole platform is put together from the parts that its shards have,
     * which batches reach one after the other.
     */
    public List<BoardSlice> read(List<SliceRequest> requests) {
        for (int tries = 1; ; tries++) {
            try {
                return RedisClients.following(redis, () -> tryToRead(requests));
            } catch (JedisNoScriptException e) {
                orGiveUp(tries, e);
                PartReads.loadScripts(redis);
            } catch (GenerationMovedException e) {
                orGiveUp(tries, e);
                generations = LiveFences.read(redis);
            }
        }
    }

    /** How far each shard has taken in each partition. */
    public Fences fences() {
        return LiveFences.read(redis);
    }

    private List<BoardSlice> tryToRead(List<SliceRequest> requests) {
        Fences live = generations;
        List<SliceRead> reads = new ArrayList<>();
        for (SliceRequest request : requests) {
            reads.add(SliceRead.of(request, live));
        }
        PartReads first = new PartReads(redis);
        reads.forEach(read -> read.ask(first));
        first.send();
        PartReads second = new PartReads(redis);
        reads.forEach(read -> read.askMore(second));
        second.send();
        return reads.stream().map(SliceRead::slice).toList();
    }

    private static void orGiveUp(int tries, RuntimeException e) {
        if (tries >= MOST_TRIES) {
            throw e;
        }
    }
}

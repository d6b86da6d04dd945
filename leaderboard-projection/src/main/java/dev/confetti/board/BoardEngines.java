package dev.confetti.board;

import dev.confetti.board.profile.MemberNames;
import dev.confetti.board.standing.RedisClients;
import java.net.URI;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.exceptions.JedisException;

/** The connections to Redis, and what of boards is shared by all who use them. */
final class BoardEngines implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(BoardEngines.class);

    private final UnifiedJedis redis;
    private final MemberNames names;

    BoardEngines(URI redisUrl) {
        redis = RedisClients.open(redisUrl);
        names = new MemberNames(redis);
        warnIfVolatile();
    }

    UnifiedJedis redis() {
        return redis;
    }

    MemberNames names() {
        return names;
    }

    @Override
    public void close() {
        redis.close();
    }

    /** Boards come again from the events, but only as far back as Kafka keeps them. */
    private void warnIfVolatile() {
        try {
            // Of a cluster any one server answers; unlike CONFIG, hosted Redis allows it.
            if (!redis.info("persistence").contains("aof_enabled:1")) {
                LOG.warn(
                        "Redis keeps no append-only file (appendonly is not yes): after a restart"
                                + " of Redis the boards must be built again from the event log");
            }
        } catch (JedisException e) {
            LOG.warn("could not ask Redis whether it keeps an append-only file: {}", e.toString());
        }
    }
}

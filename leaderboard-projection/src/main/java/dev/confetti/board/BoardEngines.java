package dev.confetti.board;

import dev.confetti.board.profile.MemberNames;
import dev.confetti.board.standing.RedisClients;
import java.net.URI;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.util.SafeEncoder;

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
            Object answer =
                    redis.executeCommand(
                            new CommandArguments(Protocol.Command.CONFIG)
                                    .add("GET")
                                    .add("appendonly"));
            if (!(answer instanceof List<?> pair)
                    || pair.size() != 2
                    || !(pair.get(1) instanceof byte[] value)
                    || !SafeEncoder.encode(value).equals("yes")) {
                LOG.warn(
                        "Redis keeps no append-only file (appendonly is not yes): after a restart"
                                + " of Redis the boards must be built again from the event log");
            }
        } catch (JedisException e) {
            LOG.warn("could not ask Redis whether it keeps an append-only file: {}", e.toString());
        }
    }
}

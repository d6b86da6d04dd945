package dev.confetti.board;

import dev.confetti.board.standing.RedisClients;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.KafkaException;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.exceptions.JedisException;

/** Asks once whether an engine answers, to say at start which one does not. */
final class EngineCheck {
    private EngineCheck() {}

    static void redis(String url) {
        String shown = "CONFETTI_REDIS_URL \"" + url.replaceAll("//[^/]*@", "//…@") + "\"";
        try (UnifiedJedis redis = RedisClients.open(URI.create(url))) {
            redis.ping();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(shown + ": expected " + RedisClients.EXPECTED);
        } catch (JedisException e) {
            throw new IllegalStateException(
                    shown + ": expected a Redis that answers, found: " + e.getMessage());
        }
    }

    /**
     * @param patience how long Kafka may take, which on a machine that starts is a while
     */
    static void kafka(String bootstrap, Duration patience) {
        int patienceMs = Math.toIntExact(patience.toMillis());
        Map<String, Object> settings =
                Map.of(
                        AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap,
                        AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, patienceMs,
                        AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, patienceMs);
        try (Admin admin = Admin.create(settings)) {
            admin.describeCluster().nodes().get();
        } catch (KafkaException | ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new IllegalStateException(
                    "CONFETTI_KAFKA_BOOTSTRAP "
                            + bootstrap
                            + ": expected HOST:PORT,… of Kafka brokers that answer within "
                            + patienceMs
                            + " ms (CONFETTI_START_TIMEOUT), found: "
                            + cause.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while asking Kafka", e);
        }
    }
}

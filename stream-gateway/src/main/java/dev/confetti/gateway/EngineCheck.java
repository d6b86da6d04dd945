package dev.confetti.gateway;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.KafkaException;

/** Asks once whether an engine answers, to say at start which one does not. */
final class EngineCheck {
    private EngineCheck() {}

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

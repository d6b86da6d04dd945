package dev.confetti.gift.relay;

import java.time.Duration;

/**
 * How the relay publishes.
 *
 * @param bootstrap Kafka's addresses, {@code host:port} by commas
 * @param logName names this log among those that share a broker; 1 to 64 of {@code A-Za-z0-9_-}
 * @param replicationFactor of topics that the relay creates; −1 for the broker's default
 * @param retention how long Kafka keeps events; of topics that the relay creates
 * @param maxBatchRecords the most events of one Kafka transaction, 1 to 100,000
 * @param brokerTimeout how long a broker may be silent before a transaction is given up and tried
 *     again, 1 s to 5 min
 */
public record RelayConfig(
        String bootstrap,
        String logName,
        int replicationFactor,
        Duration retention,
        int maxBatchRecords,
        Duration brokerTimeout) {

    public RelayConfig {
        require(!bootstrap.isBlank(), "bootstrap", bootstrap, "host:port");
        require(logName.matches("[A-Za-z0-9_-]{1,64}"), "logName", logName, "[A-Za-z0-9_-]{1,64}");
        require(
                replicationFactor == -1
                        || (replicationFactor >= 1 && replicationFactor <= Short.MAX_VALUE),
                "replicationFactor",
                replicationFactor,
                "-1 or 1 to 32767");
        require(
                retention.compareTo(Duration.ofMinutes(1)) >= 0,
                "retention",
                retention,
                "PT1M or more");
        require(
                maxBatchRecords >= 1 && maxBatchRecords <= 100_000,
                "maxBatchRecords",
                maxBatchRecords,
                "1 to 100000");
        require(
                brokerTimeout.compareTo(Duration.ofSeconds(1)) >= 0
                        && brokerTimeout.compareTo(Duration.ofMinutes(5)) <= 0,
                "brokerTimeout",
                brokerTimeout,
                "PT1S to PT5M");
    }

    /** The log {@code main}, 30 days, batches of 2,000, 10 seconds. */
    public static RelayConfig of(String bootstrap) {
        return new RelayConfig(
                bootstrap, "main", -1, Duration.ofDays(30), 2_000, Duration.ofSeconds(10));
    }

    private static void require(boolean holds, String name, Object value, String expected) {
        if (!holds) {
            throw new IllegalArgumentException(
                    "relay " + name + " \"" + value + "\": expected " + expected);
        }
    }
}

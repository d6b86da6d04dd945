package dev.confetti.events;

import java.util.Arrays;
import java.util.List;

/** A Kafka topic that carries events of the log; each event is on exactly one. */
public enum Topic {
    /**
     * Keyed by viewer: coins that come, go and are frozen, blocked wallets, spending limits; and
     * persons who are forgotten.
     */
    COINS("confetti.coins"),
    /** Keyed by live: gifts sent and reversed. */
    GIFTS("confetti.gifts"),
    /** Keyed by creator: earnings and payouts. */
    CREATORS("confetti.creators"),
    /** Keyed by live: the states of a live. */
    LIVES("confetti.lives"),
    /** Keyed by account or period: settlements, bank messages, adjustments. */
    FINANCE("confetti.finance");

    /** Partitions of every topic, fixed at creation: a key's partition must never change. */
    public static final int PARTITIONS = 12;

    /**
     * The compacted topic of the relay's own state; it carries no events. Its one partition holds,
     * under the log's name as key, the last published position.
     */
    public static final String RELAY_STATE = "confetti.relay";

    private final String topicName;

    Topic(String topicName) {
        this.topicName = topicName;
    }

    /** The name on the broker, such as {@code confetti.gifts}. */
    public String topicName() {
        return topicName;
    }

    /** The names of all topics that carry events. */
    public static List<String> names() {
        return Arrays.stream(values()).map(Topic::topicName).toList();
    }
}

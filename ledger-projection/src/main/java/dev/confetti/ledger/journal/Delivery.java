package dev.confetti.ledger.journal;

/**
 * An event and the partition that carries it.
 *
 * @param nextOffset Kafka's offset after it; {@link #NOT_FROM_KAFKA} when it was read from the log
 */
public record Delivery(SourceEvent source, String topic, int partition, long nextOffset) {
    public static final long NOT_FROM_KAFKA = -1;
}

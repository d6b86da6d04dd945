package dev.confetti.ledger.journal;

/**
 * How far the ledger has read one partition.
 *
 * @param nextOffset Kafka's offset to read next; 0 at the start
 * @param lastPosition position of the last event of this partition that is booked; 0 at the start
 */
public record PartitionMark(String topic, int partition, long nextOffset, long lastPosition) {}

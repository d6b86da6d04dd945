package dev.confetti.gift.relay;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * What stands at a partition's end.
 *
 * @param last the last committed record; null when there is none (any more)
 * @param endOffset 0 when nothing ever was in it
 */
record PartitionEnd(
        TopicPartition partition, @Nullable ConsumerRecord<byte[], byte[]> last, long endOffset) {}

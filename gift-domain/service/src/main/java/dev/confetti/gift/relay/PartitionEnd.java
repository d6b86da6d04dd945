package dev.confetti.gift.relay;

import dev.confetti.events.Envelope;
import dev.confetti.events.MalformedEventException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * What stands at a partition's end.
 *
 * @param last the last committed record; null when there is none (any more)
 * @param beginOffset of the oldest record that is kept; more than 0 when older ones are gone
 * @param endOffset 0 when nothing ever was in it
 */
record PartitionEnd(
        TopicPartition partition,
        @Nullable ConsumerRecord<byte[], byte[]> last,
        long beginOffset,
        long endOffset) {

    /** The position of the last record; 0 when there is none. */
    long lastPosition() {
        return last == null ? 0 : envelope(partition, last).position();
    }

    /**
     * What a record says of itself.
     *
     * @throws RelayRefusedException when it is none of ours
     */
    static Envelope envelope(TopicPartition partition, ConsumerRecord<byte[], byte[]> record) {
        try {
            return Envelope.fromHeaders(
                    name -> {
                        Header header = record.headers().lastHeader(name);
                        return header == null ? null : header.value();
                    });
        } catch (MalformedEventException e) {
            throw new RelayRefusedException(
                    partition
                            + ", offset "
                            + record.offset()
                            + ": expected an event of ours; "
                            + e.getMessage(),
                    e);
        }
    }
}

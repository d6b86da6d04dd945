package dev.confetti.gift.relay;

import dev.confetti.events.Envelope;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;

/** What transactions that were aborted left behind the last committed record of a partition. */
final class AbortedRecords {
    private static final Duration POLL = Duration.ofMillis(200);

    private final Consumer<byte[], byte[]> readUncommitted;
    private final Duration timeout;

    AbortedRecords(Consumer<byte[], byte[]> readUncommitted, Duration timeout) {
        this.readUncommitted = readUncommitted;
        this.timeout = timeout;
    }

    /**
     * The first of them that is an event at or before a position of the log.
     *
     * @param end of a partition with no transaction open
     */
    Optional<Envelope> firstUpTo(PartitionEnd end, long position) {
        TopicPartition partition = end.partition();
        ConsumerRecord<byte[], byte[]> last = end.last();
        readUncommitted.assign(List.of(partition));
        readUncommitted.seek(partition, last == null ? end.beginOffset() : last.offset() + 1);
        long deadline = System.nanoTime() + timeout.toNanos();
        while (readUncommitted.position(partition, timeout) < end.endOffset()) {
            if (System.nanoTime() > deadline) {
                throw new TimeoutException(
                        "the end of "
                                + partition
                                + " could not be read in "
                                + timeout.toMillis()
                                + " ms");
            }
            for (ConsumerRecord<byte[], byte[]> record : readUncommitted.poll(POLL)) {
                Envelope envelope = PartitionEnd.envelope(partition, record);
                if (envelope.position() <= position) {
                    return Optional.of(envelope);
                }
            }
        }
        return Optional.empty();
    }
}

package dev.confetti.gift.relay;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The last committed record of partitions, found without reading them whole.
 *
 * <p>A partition does not simply end with its last record: markers of transactions and records of
 * aborted ones may follow. So it looks at windows before the end, each larger than the one before.
 */
final class LastRecords {
    private static final long FIRST_WINDOW = 16;
    private static final int GROWTH = 32;
    private static final Duration POLL = Duration.ofMillis(200);

    private final Consumer<byte[], byte[]> readCommitted;
    private final Duration timeout;

    LastRecords(Consumer<byte[], byte[]> readCommitted, Duration timeout) {
        this.readCommitted = readCommitted;
        this.timeout = timeout;
    }

    /** The ends of partitions, in the same order. */
    List<PartitionEnd> find(List<TopicPartition> partitions) {
        Map<TopicPartition, Long> begins = readCommitted.beginningOffsets(partitions, timeout);
        Map<TopicPartition, Long> ends = readCommitted.endOffsets(partitions, timeout);
        List<Search> searches = new ArrayList<>();
        for (TopicPartition partition : partitions) {
            searches.add(
                    new Search(
                            partition,
                            begins.getOrDefault(partition, 0L),
                            ends.getOrDefault(partition, 0L)));
        }
        long window = FIRST_WINDOW;
        List<Search> open = searches.stream().filter(Search::goesOn).toList();
        while (!open.isEmpty()) {
            read(open, window);
            open = open.stream().filter(Search::goesOn).toList();
            window *= GROWTH;
        }
        return searches.stream().map(Search::result).toList();
    }

    /** Reads one window of each partition. */
    private void read(List<Search> searches, long window) {
        Map<TopicPartition, Search> byPartition = new HashMap<>();
        searches.forEach(search -> byPartition.put(search.partition, search));
        readCommitted.assign(byPartition.keySet());
        searches.forEach(s -> readCommitted.seek(s.partition, s.windowBegin(window)));
        long deadline = System.nanoTime() + timeout.toNanos();
        List<Search> open = searches;
        while (!open.isEmpty()) {
            if (System.nanoTime() > deadline) {
                throw new TimeoutException(
                        "the ends of "
                                + open.stream().map(s -> s.partition).toList()
                                + " could not be read in "
                                + timeout.toMillis()
                                + " ms");
            }
            for (ConsumerRecord<byte[], byte[]> record : readCommitted.poll(POLL)) {
                Search search =
                        byPartition.get(new TopicPartition(record.topic(), record.partition()));
                if (search != null && record.offset() < search.windowEnd) {
                    search.last = record;
                }
            }
            open =
                    open.stream()
                            .filter(s -> readCommitted.position(s.partition, timeout) < s.windowEnd)
                            .toList();
        }
        searches.forEach(search -> search.windowEnd = search.windowBegin(window));
    }

    /** How far back one partition has been looked at. */
    private static final class Search {
        private final TopicPartition partition;
        private final long begin;
        private final long end;
        private long windowEnd;
        private @Nullable ConsumerRecord<byte[], byte[]> last;

        private Search(TopicPartition partition, long begin, long end) {
            this.partition = partition;
            this.begin = begin;
            this.end = end;
            this.windowEnd = end;
        }

        private boolean goesOn() {
            return last == null && windowEnd > begin;
        }

        private long windowBegin(long window) {
            return Math.max(begin, windowEnd - window);
        }

        private PartitionEnd result() {
            return new PartitionEnd(partition, last, begin, end);
        }
    }
}

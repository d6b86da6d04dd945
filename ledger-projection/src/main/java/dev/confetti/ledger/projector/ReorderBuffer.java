package dev.confetti.ledger.projector;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;

/**
 * Restores the log's order from partitions that each are in order. Not thread-safe.
 *
 * <p>It is bounded by pausing partitions, and this cannot lock up: when the next position is not
 * here, then nothing of its partition is, since a partition delivers in order; and a partition of
 * which nothing is here is never paused.
 *
 * <p>Each record names the position before it in its partition, which proves that none is missing;
 * a record at or below what its partition has delivered is a repeat and is dropped.
 */
final class ReorderBuffer {
    private final int highWater;
    private final Map<TopicPartition, Lane> lanes = new HashMap<>();
    private final PriorityQueue<Lane> waiting =
            new PriorityQueue<>((a, b) -> Long.compare(a.headPosition(), b.headPosition()));
    private final ArrayDeque<Arrival> ready = new ArrayDeque<>();
    private long next;
    private int size;

    /**
     * A buffer that goes on from a point.
     *
     * @param applied the last position that was taken before
     * @param lastPositions the last position of each partition that was taken before
     * @param highWater arrivals from which on partitions pause, more than 0
     */
    ReorderBuffer(long applied, Map<TopicPartition, Long> lastPositions, int highWater) {
        this.next = applied + 1;
        this.highWater = highWater;
        lastPositions.forEach((partition, last) -> lanes.put(partition, new Lane(last)));
    }

    /**
     * Takes in what a partition delivered.
     *
     * @throws MissingEventsException when records before it in its partition never came
     * @throws BrokenSourceException when its chain of positions contradicts what came before
     */
    void add(Arrival arrival) {
        Lane lane = lanes.computeIfAbsent(arrival.partition(), p -> new Lane(0));
        long position = arrival.position();
        if (position <= lane.last || position < next) {
            lane.last = Math.max(lane.last, position);
            return;
        }
        long previous = arrival.envelope().previous();
        // What is below next was taken, by whichever way: the log fills in what Kafka has lost.
        if (previous > lane.last && previous >= next) {
            throw new MissingEventsException(
                    arrival.partition()
                            + " offset "
                            + arrival.record().offset()
                            + ": position "
                            + position
                            + " follows "
                            + previous
                            + " there, but the ledger has only had "
                            + lane.last
                            + " of this partition");
        }
        if (previous < lane.last) {
            throw new BrokenSourceException(
                    arrival.partition()
                            + " offset "
                            + arrival.record().offset()
                            + ": position "
                            + position
                            + " says that it follows "
                            + previous
                            + ": expected "
                            + lane.last
                            + ", the one before it in this partition",
                    null);
        }
        lane.last = position;
        lane.arrivals.add(arrival);
        if (lane.arrivals.size() == 1) {
            waiting.add(lane);
        }
        size++;
    }

    /** How many arrivals are here whose positions follow each other from the next one on. */
    int ready() {
        Lane lane = waiting.peek();
        while (lane != null && lane.headPosition() == next + ready.size()) {
            waiting.poll();
            ready.add(lane.arrivals.remove());
            if (!lane.arrivals.isEmpty()) {
                waiting.add(lane);
            }
            lane = waiting.peek();
        }
        return ready.size();
    }

    /**
     * The arrival with the next position, taken out; empty while it has not come.
     *
     * @throws BrokenSourceException when the one before it came in another partition too
     */
    Optional<Arrival> poll() {
        if (ready() > 0) {
            size--;
            next++;
            return Optional.of(ready.remove());
        }
        Lane lane = waiting.peek();
        if (lane != null && lane.headPosition() < next) {
            Arrival again = lane.arrivals.element();
            throw new BrokenSourceException(
                    again.partition()
                            + " offset "
                            + again.record().offset()
                            + ": position "
                            + again.position()
                            + " came in two partitions: expected it in one",
                    null);
        }
        return Optional.empty();
    }

    /** The partitions that must not be read further for now. */
    Set<TopicPartition> paused() {
        Set<TopicPartition> paused = new HashSet<>();
        if (size >= highWater) {
            lanes.forEach(
                    (partition, lane) -> {
                        if (!lane.arrivals.isEmpty()) {
                            paused.add(partition);
                        }
                    });
        }
        return paused;
    }

    /** The position that it waits for. */
    long next() {
        return next;
    }

    /** Arrivals that wait for their turn. */
    int size() {
        return size;
    }

    /** One partition's arrivals, in order. */
    private static final class Lane {
        private final ArrayDeque<Arrival> arrivals = new ArrayDeque<>();
        private long last;

        Lane(long last) {
            this.last = last;
        }

        long headPosition() {
            Arrival head = arrivals.peek();
            return head == null ? Long.MAX_VALUE : head.position();
        }
    }
}

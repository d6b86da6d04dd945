package dev.confetti.ledger.projector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confetti.events.Envelope;
import dev.confetti.ledger.Samples;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class ReorderBufferTest {

    @Test
    void theOrderOfTheLogComesBackFromPartitions() {
        ReorderBuffer buffer = new ReorderBuffer(0, Map.of(), 100);
        buffer.add(arrival(1, 2, 0));
        buffer.add(arrival(1, 4, 2));
        assertThat(buffer.poll()).isEmpty();
        buffer.add(arrival(0, 1, 0));
        assertThat(positions(buffer)).containsExactly(1L, 2L);
        buffer.add(arrival(0, 3, 1));
        assertThat(positions(buffer)).containsExactly(3L, 4L);
        assertThat(buffer.size()).isZero();
    }

    @Test
    void onlyArrivalsWithoutAGapBeforeThemAreReady() {
        ReorderBuffer buffer = new ReorderBuffer(0, Map.of(), 100);
        buffer.add(arrival(0, 2, 0));
        buffer.add(arrival(0, 3, 2));
        buffer.add(arrival(1, 5, 0));
        assertThat(buffer.ready()).isZero();
        buffer.add(arrival(3, 1, 0));
        assertThat(buffer.ready()).isEqualTo(3);
        assertThat(buffer.next()).isEqualTo(1);
        assertThat(buffer.poll().orElseThrow().position()).isEqualTo(1);
        assertThat(buffer.ready()).isEqualTo(2);
        assertThat(buffer.size()).isEqualTo(3);
        buffer.add(arrival(2, 4, 0));
        assertThat(buffer.ready()).isEqualTo(4);
        assertThat(positions(buffer)).containsExactly(2L, 3L, 4L, 5L);
        assertThat(buffer.ready()).isZero();
    }

    @Test
    void repeatsAreDroppedWhereverTheyCome() {
        ReorderBuffer buffer =
                new ReorderBuffer(5, Map.of(new TopicPartition("confetti.gifts", 0), 4L), 100);
        buffer.add(arrival(0, 4, 0));
        buffer.add(arrival(0, 6, 4));
        buffer.add(arrival(0, 6, 4));
        assertThat(positions(buffer)).containsExactly(6L);
        buffer.add(arrival(0, 6, 4));
        assertThat(buffer.poll()).isEmpty();
    }

    @Test
    void anOlderRepeatLeavesThePlaceInItsPartition() {
        ReorderBuffer buffer = new ReorderBuffer(0, Map.of(), 100);
        buffer.add(arrival(0, 1, 0));
        buffer.add(arrival(0, 2, 1));
        buffer.add(arrival(0, 1, 0));
        buffer.add(arrival(0, 3, 2));
        assertThat(positions(buffer)).containsExactly(1L, 2L, 3L);
        buffer.add(arrival(0, 1, 0));
        buffer.add(arrival(0, 6, 3));
        assertThat(buffer.size()).isEqualTo(1);
        assertThatThrownBy(() -> buffer.add(arrival(0, 8, 7)))
                .isInstanceOf(MissingEventsException.class);
    }

    @Test
    void theNextPositionItselfIsFoundMissing() {
        ReorderBuffer buffer = new ReorderBuffer(0, Map.of(), 100);
        assertThatThrownBy(() -> buffer.add(arrival(0, 2, 1)))
                .isInstanceOf(MissingEventsException.class)
                .hasMessageContaining("position 2 follows 1");
    }

    @Test
    void aMissingRecordIsFoundByWhatTheNextOneFollows() {
        ReorderBuffer buffer = new ReorderBuffer(0, Map.of(), 100);
        buffer.add(arrival(0, 1, 0));
        assertThatThrownBy(() -> buffer.add(arrival(0, 5, 3)))
                .isInstanceOf(MissingEventsException.class)
                .hasMessageContaining("position 5 follows 3")
                .hasMessageContaining("only had 1");
    }

    @Test
    void whatWasBookedOtherwiseNeedNotComeByThePartition() {
        ReorderBuffer buffer = new ReorderBuffer(4, Map.of(), 100);
        buffer.add(arrival(0, 3, 1));
        assertThat(buffer.size()).isZero();
        buffer.add(arrival(0, 5, 3));
        assertThat(positions(buffer)).containsExactly(5L);
    }

    @Test
    void aChainThatContradictsItselfIsRefused() {
        ReorderBuffer buffer = new ReorderBuffer(0, Map.of(), 100);
        buffer.add(arrival(0, 2, 0));
        assertThatThrownBy(() -> buffer.add(arrival(0, 3, 1)))
                .isInstanceOf(BrokenSourceException.class)
                .hasMessageContaining("expected 2");
        ReorderBuffer twice = new ReorderBuffer(0, Map.of(), 100);
        twice.add(arrival(0, 1, 0));
        twice.add(arrival(1, 1, 0));
        assertThat(twice.poll()).isPresent();
        assertThatThrownBy(twice::poll)
                .isInstanceOf(BrokenSourceException.class)
                .hasMessageContaining("came in two partitions");
    }

    @Test
    void boundedInAnyInterleavingItNeverLocksUp() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        int highWater = 20;
        List<List<Arrival>> partitions = new ArrayList<>();
        Map<Integer, Long> last = new HashMap<>();
        for (int p = 0; p < 6; p++) {
            partitions.add(new ArrayList<>());
        }
        for (long position = 1; position <= 5_000; position++) {
            // Some partitions are busy, some hardly ever have anything.
            int partition = random.nextInt(1 + random.nextInt(6));
            partitions
                    .get(partition)
                    .add(arrival(partition, position, last.getOrDefault(partition, 0L)));
            last.put(partition, position);
        }
        int[] read = new int[6];
        ReorderBuffer buffer = new ReorderBuffer(0, Map.of(), highWater);
        List<Long> order = new ArrayList<>();
        int turns = 0;
        while (order.size() < 5_000) {
            assertThat(turns++).as("seed %d", seed).isLessThan(100_000);
            int p = random.nextInt(6);
            if (buffer.paused().contains(new TopicPartition("confetti.gifts", p))) {
                continue;
            }
            for (int n = random.nextInt(10); n > 0 && read[p] < partitions.get(p).size(); n--) {
                buffer.add(partitions.get(p).get(read[p]++));
            }
            order.addAll(positions(buffer));
            // Each partition can overshoot by one delivery.
            assertThat(buffer.size()).as("seed %d", seed).isLessThan(highWater + 6 * 10);
        }
        for (int i = 0; i < 5_000; i++) {
            assertThat(order.get(i)).as("seed %d", seed).isEqualTo(i + 1L);
        }
    }

    private static List<Long> positions(ReorderBuffer buffer) {
        List<Long> positions = new ArrayList<>();
        for (var next = buffer.poll(); next.isPresent(); next = buffer.poll()) {
            positions.add(next.get().position());
        }
        return positions;
    }

    private static Arrival arrival(int partition, long position, long previous) {
        return new Arrival(
                new Envelope(
                        position,
                        previous,
                        Samples.id(position),
                        "confetti.gift-sent.v1",
                        "live",
                        Samples.START,
                        Samples.START),
                new ConsumerRecord<>(
                        "confetti.gifts", partition, position, new byte[0], new byte[0]));
    }
}

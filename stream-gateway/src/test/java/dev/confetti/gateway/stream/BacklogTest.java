package dev.confetti.gateway.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BacklogTest {
    /** One byte that says how long what follows is. */
    private static final Framing LENGTH = (out, payloadBytes) -> out.writeByte(payloadBytes);

    private final List<ByteBuf> all = new ArrayList<>();

    @Test
    void keepsBatchesInOrderAndCountsWhatIsFromAPlaceOn() {
        Backlog backlog = new Backlog(null, 100);
        backlog.add(batch(10, 2, -1), 1_000);
        backlog.add(batch(20, 3, 4), 1_040);
        backlog.add(batch(5, 1, -1), 1_080);
        assertThat(backlog.tail()).isZero();
        assertThat(backlog.head()).isEqualTo(3);
        assertThat(backlog.newestKey()).isEqualTo(1);
        assertThat(backlog.at(1).atMs()).isEqualTo(1_040);
        assertThat(backlog.bytesFrom(0)).isEqualTo(35);
        assertThat(backlog.bytesFrom(2)).isEqualTo(5);
        assertThat(backlog.bytesFrom(3)).isZero();
        assertThat(backlog.unitsBefore(0)).isZero();
        assertThat(backlog.unitsBefore(2)).isEqualTo(5);
        assertThat(backlog.unitsBefore(3)).isEqualTo(6);

        backlog.releaseUpTo(2);
        assertThat(references()).containsExactly(0, 0, 1);
        assertThat(backlog.tail()).isEqualTo(2);
        assertThat(backlog.bytesFrom(0)).as("what is kept of it").isEqualTo(5);
        assertThatThrownBy(() -> backlog.at(1)).hasMessage("place 1: expected 2 to below 3");
        assertThatThrownBy(() -> backlog.at(3)).hasMessage("place 3: expected 2 to below 3");
        backlog.releaseUpTo(99);
        assertThat(references()).containsExactly(0, 0, 0);
        assertThat(backlog.tail()).isEqualTo(3);
    }

    @Test
    void givesUpTheOldestBeyondItsBytesButNeverTheNewest() {
        Backlog backlog = new Backlog(null, 100);
        backlog.add(batch(60, 1, 0), 0);
        backlog.add(batch(40, 1, -1), 0);
        assertThat(backlog.tail()).isZero();
        backlog.add(batch(1, 1, -1), 0);
        assertThat(backlog.tail()).isEqualTo(1);
        backlog.add(batch(101, 1, -1), 0);
        assertThat(backlog.tail()).isEqualTo(3);
        assertThat(backlog.newestKey()).as("gone").isLessThan(backlog.tail());
        backlog.releaseUpTo(4);
        assertThat(references()).containsOnly(0);
    }

    @Test
    void framesAWholeBatchOnce() {
        Backlog backlog = new Backlog(LENGTH, 100);
        backlog.add(batch(3, 1, -1), 0);
        ByteBuf framed = backlog.at(0).bytes();
        assertThat(ByteBufUtil.hexDump(framed)).isEqualTo("03000102");
        assertThat(framed.maxWritableBytes()).as("room that a handler could fill").isZero();
        assertThat(backlog.at(0).nio().remaining()).isEqualTo(4);
        assertThat(backlog.bytesFrom(0)).isEqualTo(4);
        backlog.releaseUpTo(1);
        assertThat(framed.refCnt()).isZero();
        assertThat(references()).containsExactly(0);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void isLikeAListInRandomRuns(long seed) {
        Random random = new Random(seed);
        Backlog backlog = new Backlog(random.nextBoolean() ? LENGTH : null, 500);
        List<Integer> lengths = new ArrayList<>();
        List<Integer> units = new ArrayList<>();
        int tail = 0;
        int framing = backlog.head() == 0 ? 0 : 1;
        for (int step = 0; step < 2_000; step++) {
            if (random.nextInt(4) > 0) {
                int length = 1 + random.nextInt(40);
                int count = random.nextInt(5);
                backlog.add(batch(length, count, -1), step);
                framing = backlog.at(backlog.head() - 1).bytes().readableBytes() - length;
                lengths.add(length + framing);
                units.add(count);
                while (sum(lengths, tail, lengths.size()) > 500) {
                    tail++;
                }
            } else {
                int upTo = tail + random.nextInt(lengths.size() - tail + 2);
                backlog.releaseUpTo(upTo);
                tail = Math.min(Math.max(tail, upTo), lengths.size());
            }
            assertThat(backlog.tail()).isEqualTo(tail);
            assertThat(backlog.head()).isEqualTo(lengths.size());
            int place = tail + random.nextInt(lengths.size() - tail + 1);
            assertThat(backlog.bytesFrom(place)).isEqualTo(sum(lengths, place, lengths.size()));
            assertThat(backlog.unitsBefore(place)).isEqualTo(sum(units, 0, place));
            if (place < lengths.size()) {
                assertThat(backlog.at(place).bytes().readableBytes()).isEqualTo(lengths.get(place));
            }
        }
        backlog.releaseUpTo(backlog.head());
        assertThat(references()).containsOnly(0);
    }

    private static long sum(List<Integer> numbers, int from, int to) {
        return numbers.subList(from, to).stream().mapToLong(Integer::longValue).sum();
    }

    private Batch batch(int length, int units, int keyOffset) {
        ByteBuf bytes = Unpooled.directBuffer(length, length);
        for (int i = 0; i < length; i++) {
            bytes.writeByte(i);
        }
        all.add(bytes);
        return new Batch(bytes, keyOffset, false, 0, units, 0, 0, Unpooled.EMPTY_BUFFER);
    }

    private List<Integer> references() {
        return all.stream().map(ByteBuf::refCnt).toList();
    }
}

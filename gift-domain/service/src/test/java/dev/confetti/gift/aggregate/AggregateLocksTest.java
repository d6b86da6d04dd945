package dev.confetti.gift.aggregate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import org.axonframework.common.lock.Lock;
import org.junit.jupiter.api.Test;

class AggregateLocksTest {
    private static final int THREADS = 50;
    private static final int ROUNDS = 400;

    private final AggregateLocks locks = new AggregateLocks();

    @Test
    void oneAtATimeHoldsTheLockOfAName() throws Exception {
        // Increments of plain ints: any two at once would lose some.
        int[] counts = new int[3];
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                all.add(
                        threads.submit(
                                () -> {
                                    for (int round = 0; round < ROUNDS; round++) {
                                        int name = round % counts.length;
                                        Lock lock = locks.obtainLock("wallet:" + name);
                                        int before = counts[name];
                                        LockSupport.parkNanos(1_000);
                                        counts[name] = before + 1;
                                        lock.release();
                                    }
                                }));
            }
            for (Future<?> each : all) {
                each.get();
            }
        }
        assertThat(counts[0] + counts[1] + counts[2]).isEqualTo(THREADS * ROUNDS);
        assertThat(locks.size()).isZero();
    }

    @Test
    void aHolderMayTakeTheLockAgain() {
        Lock outer = locks.obtainLock("a");
        Lock inner = locks.obtainLock("a");
        inner.release();
        assertThat(outer.isHeld()).isTrue();
        assertThat(locks.size()).isEqualTo(1);
        outer.release();
        assertThat(outer.isHeld()).isFalse();
        assertThat(locks.size()).isZero();
    }

    @Test
    void locksOfOtherNamesAreNotInTheWay() throws Exception {
        Lock mine = locks.obtainLock("a");
        Thread other = Thread.ofVirtual().start(() -> locks.obtainLock("b").release());
        other.join();
        assertThat(mine.isHeld()).isTrue();
        mine.release();
    }

    @Test
    void onlyTheHolderReleases() throws Exception {
        Lock mine = locks.obtainLock("a");
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            // By its future, since what a thread of its own throws would be seen by nobody.
            Future<?> other = threads.submit(mine::release);
            assertThatThrownBy(other::get).hasCauseInstanceOf(IllegalMonitorStateException.class);
        }
        assertThat(mine.isHeld()).isTrue();
        assertThat(locks.size()).isEqualTo(1);
        mine.release();
        assertThat(locks.size()).isZero();
    }
}

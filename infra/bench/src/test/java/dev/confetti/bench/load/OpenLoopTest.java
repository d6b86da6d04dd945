package dev.confetti.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confetti.bench.report.Measure;
import dev.confetti.demo.pace.Pace;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OpenLoopTest {
    /** A clock that moves only when somebody sleeps on it or moves it. */
    private static final class HeldPace implements Pace {
        private long nanos = 5_000_000_000L;

        @Override
        public long nanoTime() {
            return nanos;
        }

        @Override
        public void sleepUntil(long until) {
            nanos = Math.max(nanos, until);
        }

        void passMs(long ms) {
            nanos += ms * 1_000_000;
        }
    }

    private final HeldPace pace = new HeldPace();

    @Test
    void startsEachCallWhenItIsDue() throws InterruptedException {
        List<Long> startsMs = new ArrayList<>();
        new OpenLoop(pace, 4)
                .run(4, (index, intended) -> startsMs.add(pace.nanoTime() / 1_000_000));
        assertThat(startsMs).containsExactly(5000L, 5250L, 5500L, 5750L);
    }

    @Test
    void countsTheWaitingThatAStalledServerCauses() throws InterruptedException {
        Measure latency = new Measure("answer");
        // Ten calls, one each 100 ms, of 1 ms each; the third takes 401 ms and blocks those behind
        // it.
        new OpenLoop(pace, 10)
                .run(
                        10,
                        (index, intended) -> {
                            pace.passMs(index == 2 ? 401 : 1);
                            latency.record(pace.nanoTime() - intended);
                        });
        // Meant at 200, ended at 601; then 300 → 602, 400 → 603, 500 → 604, 600 → 605, 700 → 701,
        // and so on.
        assertThat(latency.count()).isEqualTo(10);
        assertThat(latency.maxMicros()).isBetween(401_000L, 401_400L);
        assertThat(latency.microsAt(90)).isBetween(302_000L, 302_400L);
        assertThat(latency.microsAt(80)).isBetween(203_000L, 203_300L);
        assertThat(latency.microsAt(70)).isBetween(104_000L, 104_200L);
        assertThat(latency.microsAt(60)).isBetween(5_000L, 5_010L);
        assertThat(latency.microsAt(50)).isBetween(1_000L, 1_001L);
    }

    @Test
    void knowsHowManyCallsFitIntoATime() {
        assertThat(new OpenLoop(pace, 50).callsIn(30_000)).isEqualTo(1500);
        assertThat(new OpenLoop(pace, 0.5).callsIn(3_000)).isEqualTo(2);
        assertThat(new OpenLoop(pace, 50).callsIn(0)).isZero();
    }

    @Test
    void refusesARateThatIsNone() {
        assertThatThrownBy(() -> new OpenLoop(pace, 0))
                .hasMessage("expected a rate above 0 and up to 1000000 a second, got 0.0");
        assertThatThrownBy(() -> new OpenLoop(pace, Double.NaN))
                .isInstanceOf(IllegalArgumentException.class);
    }
}

package dev.confetti.board.push;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TicksTest {
    @ParameterizedTest
    @CsvSource({"1000, 100", "1001, 99", "1030, 70", "1099, 1", "1100, 100", "1250, 50"})
    void theNextTickIsOnTheGridWhateverTheWorkTook(long nowNanos, long leftNanos) {
        assertThat(new Ticks(1000, 100).nanosToNext(nowNanos)).isEqualTo(leftNanos);
    }

    @Test
    void aClockMayBeginBelowZeroAndPassIt() {
        assertThat(new Ticks(-250, 100).nanosToNext(-240)).isEqualTo(90);
        assertThat(new Ticks(-250, 100).nanosToNext(10)).isEqualTo(40);
        assertThat(new Ticks(Long.MAX_VALUE - 20, 100).nanosToNext(Long.MIN_VALUE + 9))
                .isEqualTo(70);
    }
}

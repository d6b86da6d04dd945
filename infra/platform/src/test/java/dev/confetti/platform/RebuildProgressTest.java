package dev.confetti.platform;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RebuildProgressTest {
    private static final long SECOND = 1_000_000_000L;

    private final RebuildProgress progress = new RebuildProgress(System.out);

    @Test
    void aLineEachSecondSaysHowFarHowFastAndHowLong() {
        assertThat(progress.line(8_192, 1_000_000, 0)).isNull();
        assertThat(progress.line(16_384, 1_000_000, SECOND / 2)).isNull();
        assertThat(progress.line(58_192, 1_000_000, SECOND))
                .isEqualTo(
                        "booked position 58,192 of 1,000,000 (5%), 50,000 events/s, about 19 s left");
        assertThat(progress.line(60_000, 1_000_000, SECOND + SECOND / 2)).isNull();
        assertThat(progress.line(68_192, 20_000_000, 4 * SECOND))
                .isEqualTo(
                        "booked position 68,192 of 20,000,000 (0%), 15,000 events/s, about 22 min 9 s left");
    }

    @Test
    void theEndAlwaysHasALine() {
        assertThat(progress.line(8_192, 9_000, 0)).isNull();
        assertThat(progress.line(9_000, 9_000, 1_000_000))
                .isEqualTo(
                        "booked position 9,000 of 9,000 (100%), 808,000 events/s, about 0 s left");
    }
}

package dev.confetti.bench.boards;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confetti.bench.stage.BenchFailure;
import org.junit.jupiter.api.Test;

class PushFindingsTest {
    /** Position 11 at 5 s, each next 10 ms later. */
    private static final GiftSchedule GIFTS = new GiftSchedule(11, 5_000_000, 100);

    @Test
    void aMessageIsAsLateAsItsOldestGift() throws Exception {
        PushFindings findings = new PushFindings();
        // What was there before the first gift says nothing of lateness.
        findings.arrived(GIFTS, true, 0, 10, 5_000_500);
        // Gifts 11 to 13, due at 5.00 s, 5.01 s and 5.02 s, come at 5.1 s.
        findings.arrived(GIFTS, false, 10, 13, 5_100_000);
        // Gift 14, due at 5.03 s, comes at 5.15 s, as a whole board.
        findings.arrived(GIFTS, true, 13, 14, 5_150_000);
        findings.lose();

        PushFindings read = PushFindings.of(findings.line());
        assertThat(read.oldest().getTotalCount()).isEqualTo(2);
        assertThat(read.oldest().getMinValue()).isBetween(99_900L, 100_000L);
        assertThat(read.oldest().getMaxValue()).isBetween(120_000L, 120_200L);
        assertThat(read.newest().getMinValue()).isBetween(79_900L, 80_000L);
        assertThat(read.wholes()).isEqualTo(1);
        assertThat(read.lost()).isEqualTo(1);
    }

    @Test
    void aScheduleIsReadAsItWasWritten() {
        assertThat(GiftSchedule.of(GIFTS.line())).isEqualTo(GIFTS);
        assertThat(GIFTS.microsOf(111)).isEqualTo(6_000_000);
    }

    @Test
    void moreListenersThanOpenFilesAreRefusedBeforeAnythingStarts() {
        assertThatThrownBy(() -> PushBench.requireOpenFiles(2_000_000_000))
                .isInstanceOf(BenchFailure.class)
                .hasMessageContaining("expected a limit of 2000001000 or more for 2000000000");
    }
}

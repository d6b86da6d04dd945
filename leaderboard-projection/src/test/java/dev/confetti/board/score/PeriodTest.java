package dev.confetti.board.score;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Windows, worked out by calendar. */
class PeriodTest {

    @ParameterizedTest
    @CsvSource(
            nullValues = "never",
            value = {
                "HOUR, 2026-11-22T16:59:59.999999Z, 2026-11-22T16, 2026-11-22T17:00:00Z",
                "HOUR, 2026-11-22T17:00:00Z, 2026-11-22T17, 2026-11-22T18:00:00Z",
                "HOUR, 2026-12-31T23:30:00Z, 2026-12-31T23, 2027-01-01T00:00:00Z",
                "DAY, 2026-11-22T23:59:59.999999Z, 2026-11-22, 2026-11-23T00:00:00Z",
                "DAY, 2026-11-23T00:00:00Z, 2026-11-23, 2026-11-24T00:00:00Z",
                "DAY, 2028-02-29T12:00:00Z, 2028-02-29, 2028-03-01T00:00:00Z",
                // A Sunday, and the Monday after it.
                "WEEK, 2026-11-22T23:59:59Z, 2026-W47, 2026-11-23T00:00:00Z",
                "WEEK, 2026-11-23T00:00:00Z, 2026-W48, 2026-11-30T00:00:00Z",
                // 2026 begins on a Thursday, so it has 53 weeks, the last of them into 2027.
                "WEEK, 2026-12-31T00:00:00Z, 2026-W53, 2027-01-04T00:00:00Z",
                "WEEK, 2027-01-03T23:59:59Z, 2026-W53, 2027-01-04T00:00:00Z",
                "WEEK, 2027-01-04T00:00:00Z, 2027-W01, 2027-01-11T00:00:00Z",
                // A Monday, whose week has its Thursday in 2030.
                "WEEK, 2029-12-31T00:00:00Z, 2030-W01, 2030-01-07T00:00:00Z",
                "MONTH, 2026-11-30T23:59:59.999999Z, 2026-11, 2026-12-01T00:00:00Z",
                "MONTH, 2026-12-01T00:00:00Z, 2026-12, 2027-01-01T00:00:00Z",
                "MONTH, 2028-02-29T00:00:00Z, 2028-02, 2028-03-01T00:00:00Z",
                "ALL, 2026-11-22T16:00:00Z, all, never",
            })
    void eachInstantHasItsWindow(
            Period period, Instant instant, String name, @Nullable Instant end) {
        Window window = period.windowOf(instant);

        assertThat(window.name()).isEqualTo(name);
        assertThat(window.end()).isEqualTo(end);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "ALL")
    void theWindowThatFollowsHasTheNextNumber(Period period) {
        Window window = period.windowOf(Instant.parse("2019-12-31T23:59:59Z"));
        for (int i = 0; i < 1_000; i++) {
            Window next = period.windowOf(Objects.requireNonNull(window.end()));
            assertThat(next.number()).as(next.name()).isEqualTo(window.number() + 1);
            window = next;
        }
    }

    @ParameterizedTest
    @CsvSource({"HOUR, 2026-11-22T16", "WEEK, 2026-W47", "MONTH, 2026-11"})
    void aWindowHasTheSameNameWhateverDigitsTheMachineWrites(Period period, String name) {
        Locale usual = Locale.getDefault();
        Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
        try {
            assertThat(period.windowOf(Instant.parse("2026-11-22T16:30:00Z")).name())
                    .isEqualTo(name);
        } finally {
            Locale.setDefault(usual);
        }
    }
}

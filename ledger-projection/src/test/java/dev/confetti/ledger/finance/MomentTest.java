package dev.confetti.ledger.finance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MomentTest {
    @ParameterizedTest
    @CsvSource({
        "2026-01-31, 2026-01-31T00:00:00Z",
        "2026-01-31T23:59:59Z, 2026-01-31T23:59:59Z",
        "2026-02-01T01:30:00+02:00, 2026-01-31T23:30:00Z",
        "2026-02-01T01:30:00 02:00, 2026-01-31T23:30:00Z",
        "2026-01-31T20:00:00-05:00, 2026-02-01T01:00:00Z"
    })
    void anInstantIsReadInItsOwnZoneAndADateInUtc(String text, Instant instant) {
        assertThat(Moment.parse("asOf", text)).isEqualTo(new Moment.Time(instant));
    }

    @Test
    void aPositionIsReadFromZeroOn() {
        assertThat(Moment.parse("asOf", "position:0")).isEqualTo(new Moment.Position(0));
        assertThat(Moment.parse("asOf", "position:17")).isEqualTo(new Moment.Position(17));
        assertThat(Moment.parse("asOf", null)).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "position:-1",
                "position:x",
                "position:",
                "17",
                "2026-02-30",
                "2026-01-31T23:59:59",
                "yesterday"
            })
    void whatIsNeitherIsRefused(String text) {
        assertThatThrownBy(() -> Moment.parse("asOf", text))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("asOf \"" + text + "\": expected position:N");
    }

    /** PostgreSQL would round up, and show what was recorded later. */
    @ParameterizedTest
    @CsvSource({
        "2026-01-01T00:00:00.123456789Z, 2026-01-01T00:00:00.123456Z",
        "2026-01-01T00:00:00.999999999Z, 2026-01-01T00:00:00.999999Z",
        "-0300-01-01T00:00:00Z, 0001-01-01T00:00:00Z",
        "+294277-01-01T00:00:00Z, 9999-12-31T23:59:59Z"
    })
    void anInstantIsMovedToOneThatPostgresHasAndNeverAhead(Instant asked, Instant taken) {
        assertThat(Moment.withinPostgres(asked)).isEqualTo(taken);
    }
}

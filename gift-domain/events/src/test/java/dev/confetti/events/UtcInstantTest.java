package dev.confetti.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UtcInstantTest {
    @Test
    void readsWhatInstantsWrite() {
        SplittableRandom random = new SplittableRandom(1);
        List<ChronoUnit> places =
                List.of(ChronoUnit.SECONDS, ChronoUnit.MILLIS, ChronoUnit.MICROS, ChronoUnit.NANOS);
        for (int i = 0; i < 20_000; i++) {
            Instant instant =
                    Instant.ofEpochSecond(
                                    random.nextLong(-70_000_000_000L, 300_000_000_000L),
                                    random.nextInt(1_000_000_000))
                            .truncatedTo(places.get(i % 4));
            assertThat(UtcInstant.parse(instant.toString())).isEqualTo(instant);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-01-31T23:59:59.5Z",
                "2026-01-31T23:59:59.000000001Z",
                "2026-01-31T24:00:00Z",
                "2026-01-31T23:59:59+02:00",
                "+12026-01-31T23:59:59Z",
                "2026-01-01T00:00:00.Z",
                "2026-01-31t23:59:59z"
            })
    void readsOtherFormsAsInstantsDo(String text) {
        assertThat(UtcInstant.parse(text)).isEqualTo(Instant.parse(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Z",
                "2026-02-29T00:00:00Z",
                "2026-13-01T00:00:00Z",
                "2026-01-01T25:00:00Z",
                "2026-01-01T00:60:00Z",
                "2026-01-01T00:00:61Z",
                "2026-01-01 00:00:00Z",
                "2026-01-01T00:00:00",
                "2026-01-31T23:59Z",
                "2026-01-01T00:00:00.1234567890Z",
                "2026-01-01T00:00:0xZ",
                "2026-01-01T00:00:00.1x3Z"
            })
    void refusesWhatIsNoInstant(String text) {
        assertThatThrownBy(() -> Instant.parse(text)).isInstanceOf(DateTimeException.class);
        assertThatThrownBy(() -> UtcInstant.parse(text)).isInstanceOf(DateTimeException.class);
    }
}

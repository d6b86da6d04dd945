package dev.confetti.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import picocli.CommandLine.TypeConversionException;

class DurationMsTest {
    private final DurationMs durations = new DurationMs();

    @Test
    void readsTheUsualForms() {
        assertThat(durations.convert("30")).isEqualTo(30_000);
        assertThat(durations.convert("500ms")).isEqualTo(500);
        assertThat(durations.convert("2m")).isEqualTo(120_000);
        assertThat(durations.convert("1h")).isEqualTo(3_600_000);
        assertThat(durations.convert("PT1M30S")).isEqualTo(90_000);
    }

    @Test
    void refusesOthers() {
        for (String text : new String[] {"", "soon", "-5", "5d", "PT-5S", "1.5s"}) {
            assertThatThrownBy(() -> durations.convert(text))
                    .isInstanceOf(TypeConversionException.class)
                    .hasMessage(
                            "expected a length of time such as 30s, 2m or PT30S, got '"
                                    + text
                                    + "'");
        }
    }

    @Test
    void namesTheVariableOfAnOption() {
        assertThat(EnvironmentDefaults.variable("--max-in-flight"))
                .isEqualTo("CONFETTI_MAX_IN_FLIGHT");
    }
}

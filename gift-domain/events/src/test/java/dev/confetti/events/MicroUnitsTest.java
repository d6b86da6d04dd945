package dev.confetti.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MicroUnitsTest {
    @Test
    void aMinorUnitHasAsManyMicroUnitsAsItsCurrencySays() {
        assertThat(MicroUnits.ofMinor(1_199, "USD")).isEqualTo(11_990_000);
        assertThat(MicroUnits.ofMinor(7, "JPY")).isEqualTo(7_000_000);
        assertThat(MicroUnits.ofMinor(-5, "KWD")).isEqualTo(-5_000);
    }

    @Test
    void whatIsLessThanAMinorUnitIsCutOff() {
        assertThat(MicroUnits.toMinor(11_999_999, "USD")).isEqualTo(1_199);
        assertThat(MicroUnits.toMinor(999_999, "JPY")).isZero();
        assertThat(MicroUnits.toMinor(1_000, "KWD")).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "usd", "COIN", "XXX"})
    void refusesWhatIsNoCurrencyWithAMinorUnit(String code) {
        assertThatThrownBy(() -> MicroUnits.ofMinor(1, code))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "currency \"" + code + "\": expected an ISO 4217 code with a minor unit");
    }

    @Test
    void overflowIsAnErrorAndNotANumber() {
        assertThatThrownBy(() -> MicroUnits.ofMinor(1_000_000_000_000_000L, "USD"))
                .isInstanceOf(ArithmeticException.class)
                .hasMessageContaining("1000000000000000 minor units of USD");
    }
}

package dev.confetti.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DiamondsTest {
    @Test
    void halfOfOneCoinIsExact() {
        assertThat(Diamonds.shareOf(1, 5000)).hasToString("0.5000");
        assertThat(Diamonds.shareOf(1199, 5000)).hasToString("599.5000");
        assertThat(Diamonds.shareOf(1, 3333)).hasToString("0.3333");
    }

    @Test
    void readsWhatItWrites() {
        assertThat(Diamonds.parse("-12.0001")).isEqualTo(new Diamonds(-120_001));
        assertThat(new Diamonds(-120_001)).hasToString("-12.0001");
        assertThat(Diamonds.parse("250")).isEqualTo(new Diamonds(2_500_000));
    }

    @Test
    void wholeDiamondsHaveNoFraction() {
        assertThat(Diamonds.ofWhole(250)).hasToString("250.0000");
        assertThat(Diamonds.ofWhole(250).hasFraction()).isFalse();
        assertThat(Diamonds.parse("250.0001").hasFraction()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "0.00001", "1e30", "NaN"})
    void refusesWhatIsNoAmount(String text) {
        assertThatThrownBy(() -> Diamonds.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("\"" + text + "\"");
    }

    @Test
    void overflowIsAnErrorAndNotANumber() {
        assertThatThrownBy(() -> Diamonds.shareOf(Long.MAX_VALUE / 2, 10_000))
                .isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> new Diamonds(Long.MAX_VALUE).plus(new Diamonds(1)))
                .isInstanceOf(ArithmeticException.class);
    }
}

package dev.confetti.gift.purchase;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SandboxProviderTest {
    // 0.99: 2.871 + 30 → 33; 19.99: 57.971 + 30 → 88; 5.00: 14.5 → 15, + 30; 0.20: capped.
    @ParameterizedTest
    @CsvSource({"99,33", "1999,88", "500,45", "19999,610", "20,20", "30,30", "31,31", "1,1"})
    void theCommissionIsRoundedHalfUpAndCappedByThePrice(long priceMinor, long commissionMinor) {
        assertThat(SandboxProvider.commissionMinor(priceMinor)).isEqualTo(commissionMinor);
    }
}

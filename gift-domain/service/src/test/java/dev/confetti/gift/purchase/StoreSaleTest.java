package dev.confetti.gift.purchase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StoreSaleTest {
    // 299.7 → 300; 149.85 → 150; 30.3 → 30; 0.5 → 1.
    @ParameterizedTest
    @CsvSource({"999,3000,300", "999,1500,150", "101,3000,30", "5,1000,1", "999,0,0"})
    void theCommissionIsRoundedHalfUp(long priceMinor, int bps, long commissionMinor) {
        StoreSale sale = new StoreSale("r", "p", 1, null, bps, null, null, null);
        assertThat(sale.commissionMinor(priceMinor)).isEqualTo(commissionMinor);
    }

    // 1 of 3: 33.333…%; 2 of 3: 66.666…%; 15,000 − 1 of 15,000: 99.99333…%.
    @ParameterizedTest
    @CsvSource({
        "0,700,0",
        "700,700,100000",
        "175,700,25000",
        "1,3,33333",
        "2,3,66666",
        "14999,15000,99993"
    })
    void aSpentShareIsInThousandthsOfAPerCentRoundedDown(
            long spentCoins, long coins, int millipercent) {
        assertThat(new SpentShare(spentCoins, coins).millipercent()).isEqualTo(millipercent);
    }

    @Test
    void aSpentShareIsOfCoinsThatWereThere() {
        assertThatThrownBy(() -> new SpentShare(701, 700))
                .hasMessage("701 of 700 coins spent: expected 0 to all of them");
    }
}

package dev.confetti.ledger.posting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class LotTest {
    private static final UUID ID = new UUID(0, 1);

    @Test
    void anEmptiedLotLeavesNoResidue() {
        Lot lot = lot(3, 1_000_000, 100_000);
        LotUse first = lot.use(1);
        LotUse second = lot.after(first).use(1);
        LotUse third = lot.after(first).after(second).use(1);
        assertThat(List.of(first.revenue(), second.revenue(), third.revenue()))
                .containsExactly(333_333L, 333_333L, 333_334L);
        assertThat(List.of(first.commission(), second.commission(), third.commission()))
                .containsExactly(33_333L, 33_333L, 33_334L);
    }

    @Test
    void aPriceTimesCoinsBeyond64BitsIsExact() {
        // 9.2e18 × 2 / 3 needs 65 bits on the way.
        assertThat(lot(3, 9_000_000_000_000_000_001L, 0).use(2).revenue())
                .isEqualTo(6_000_000_000_000_000_000L);
        // A product between 2^63 and 2^64 has no high word, yet is no positive long.
        assertThat(lot(3, 4_700_000_000_000_000_000L, 0).use(2).revenue())
                .isEqualTo(3_133_333_333_333_333_333L);
    }

    @Test
    void moreCoinsThanTheLotHasAreRefused() {
        Lot lot = lot(10, 1_000, 0);
        assertThatThrownBy(() -> lot.use(11))
                .isInstanceOf(UnpostableEventException.class)
                .hasMessageContaining("expected to spend 1 to 10 coins, got 11");
        assertThatThrownBy(() -> lot.use(0)).isInstanceOf(UnpostableEventException.class);
        assertThatThrownBy(() -> lot.after(new LotUse(ID, 1, -1, 0, 0)))
                .isInstanceOf(UnpostableEventException.class)
                .hasMessageContaining("counters from 0");
    }

    @Test
    void usesAndReversalsInAnyOrderNeverGoNegativeAndEndWithoutResidue() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int run = 0; run < 300; run++) {
            long coins = 1L + random.nextInt(30);
            Lot lot = lot(coins, random.nextInt(100), random.nextInt(10));
            List<LotUse> uses = new ArrayList<>();
            for (int step = 0; step < 60; step++) {
                if (lot.used() < coins && random.nextInt(3) > 0) {
                    LotUse use = lot.use(1 + random.nextLong(coins - lot.used()));
                    assertThat(use.revenue()).as("seed %d", seed).isNotNegative();
                    uses.add(use);
                    lot = lot.after(use);
                    long line = floor(lot.price(), lot.used(), coins);
                    assertThat(lot.recognised())
                            .as("seed %d, %s", seed, lot)
                            .isGreaterThanOrEqualTo(line);
                } else if (!uses.isEmpty()) {
                    lot = lot.after(uses.remove(random.nextInt(uses.size())).mirrored());
                }
                assertThat(lot.recognised())
                        .as("seed %d", seed)
                        .isEqualTo(uses.stream().mapToLong(LotUse::revenue).sum());
            }
            if (lot.used() < coins) {
                lot = lot.after(lot.use(coins - lot.used()));
            }
            assertThat(lot.recognised()).as("seed %d, %s", seed, lot).isEqualTo(lot.price());
            assertThat(lot.commissionRecognised()).isEqualTo(lot.commission());
        }
    }

    private static long floor(long price, long used, long coins) {
        return BigInteger.valueOf(price)
                .multiply(BigInteger.valueOf(used))
                .divide(BigInteger.valueOf(coins))
                .longValueExact();
    }

    private static Lot lot(long coins, long price, long commission) {
        return Lot.opened(1, ID, "42", Asset.fiat("USD"), coins, price, commission);
    }
}

package dev.confetti.gift.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class PriceListTest {
    private static final Instant T = Instant.parse("2026-01-01T12:00:00Z");
    private static final Catalogue BASE =
            new Catalogue(
                    List.of(
                            new Gift("rose", "Rose", 5, 1, 1_000),
                            new Gift("crown", "Crown", 50, 3, 1_000)));

    private final PriceList list =
            new PriceList(
                    BASE,
                    List.of(
                            change("rose", 7, 10),
                            change("crown", 60, 20),
                            change("rose", 8, 20),
                            change("rose", 70, 20)));

    private static PriceChange change(String giftId, long coins, long atSecond) {
        return new PriceChange(
                new UUID(1, coins), giftId, coins, T.plusSeconds(atSecond), T.minusSeconds(60));
    }

    private long coins(String giftId, Instant at) {
        return list.gift(giftId, at).orElseThrow().coins();
    }

    @Test
    void aPriceCountsFromItsInstantOn() {
        assertThat(coins("rose", T)).isEqualTo(5);
        assertThat(coins("rose", T.plusSeconds(10).minusNanos(1_000))).isEqualTo(5);
        assertThat(coins("rose", T.plusSeconds(10))).isEqualTo(7);
        assertThat(coins("crown", T.plusSeconds(19))).isEqualTo(50);
        assertThat(coins("crown", T.plusSeconds(20))).isEqualTo(60);
    }

    @Test
    void ofTwoChangesAtOneInstantTheLaterOneCounts() {
        assertThat(coins("rose", T.plusSeconds(20))).isEqualTo(70);
    }

    @Test
    void theVersionCountsTheChangesThatAreEffective() {
        assertThat(list.versionAt(T)).isEqualTo(1);
        assertThat(list.versionAt(T.plusSeconds(10).minusNanos(1_000))).isEqualTo(1);
        assertThat(list.versionAt(T.plusSeconds(10))).isEqualTo(2);
        assertThat(list.versionAt(T.plusSeconds(19))).isEqualTo(2);
        assertThat(list.versionAt(T.plusSeconds(20))).isEqualTo(5);
        assertThat(list.versionAt(T.plusSeconds(9_999))).isEqualTo(5);
        assertThat(new PriceList(BASE, List.of()).versionAt(T)).isEqualTo(1);
    }

    @Test
    void theCheapestGiftIsShownFirstAlsoAfterAChange() {
        assertThat(list.gifts(T)).extracting(Gift::giftId).containsExactly("rose", "crown");
        assertThat(list.gifts(T.plusSeconds(20)))
                .extracting(Gift::giftId)
                .containsExactly("crown", "rose");
    }

    @Test
    void anUnknownGiftHasNoPrice() {
        assertThat(list.gift("tulip", T)).isEmpty();
    }

    @Test
    void changesOutOfOrderAreAnError() {
        List<PriceChange> wrong = List.of(change("rose", 7, 10), change("crown", 60, 9));
        assertThatThrownBy(() -> new PriceList(BASE, wrong))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("crown")
                .hasMessageContaining("2026-01-01T12:00:10Z");
    }
}

package dev.confetti.gift.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class CatalogueTest {
    @Test
    void theBuildsCatalogueHasTwoHundredGiftsInFiveTiers() {
        Catalogue catalogue = Catalogue.ofThisBuild();
        assertThat(catalogue.gifts()).hasSizeGreaterThanOrEqualTo(200);
        assertThat(catalogue.gifts().stream().map(Gift::tier).distinct())
                .containsExactlyInAnyOrder(1, 2, 3, 4, 5);
        assertThat(catalogue.gift("ant"))
                .hasValueSatisfying(ant -> assertThat(ant.coins()).isOne());
        assertThat(catalogue.gift("no-such-gift")).isEmpty();
    }

    @Test
    void anIdStandsOnce() {
        Gift rose = new Gift("rose", "Rose", 1, 1, 1_000);
        assertThatThrownBy(() -> new Catalogue(List.of(rose, rose)))
                .hasMessageContaining("gift rose stands twice");
    }
}

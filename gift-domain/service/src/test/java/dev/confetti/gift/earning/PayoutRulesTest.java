package dev.confetti.gift.earning;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confetti.events.Diamonds;
import dev.confetti.gift.earning.CreatorCommand.ApprovePayout;
import dev.confetti.gift.earning.CreatorCommand.RequestPayout;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class PayoutRulesTest {
    private static final Instant NOW = Instant.parse("2026-01-12T00:00:00Z");

    @Test
    void whatFeeAndTaxEatUpWhenItIsApprovedIsNotPaid() {
        PayoutRules cheap = new PayoutRules(1, 0, 0, 0, "USD");
        PayoutRules dear = new PayoutRules(1, 100, 0, 0, "USD");
        Diamonds hundred = Diamonds.parse("100");
        UUID payoutId = new UUID(1, 1);
        CreatorDecision requested =
                cheap.request(
                        CreatorState.NONE,
                        new RequestPayout(payoutId, NOW, "c", hundred, hundred, 1_000_000, 0));
        CreatorState creator =
                CreatorState.NONE.evolve(((CreatorDecision.Accepted) requested).event());
        ApprovePayout approve = new ApprovePayout(new UUID(1, 2), NOW, "c", payoutId, "fin");
        assertThat(dear.approve(creator, approve)).isEqualTo(new CreatorDecision.BelowMinimum(1));
        assertThat(cheap.approve(creator, approve)).isInstanceOf(CreatorDecision.Accepted.class);
    }

    @Test
    void theAmountIsAPartOfTheWorthInWholeMinorUnits() {
        // 300 diamonds worth 1.000000 USD: 100 of them are 0.333333, so 0.33.
        assertThat(amount("USD", 300, 1_000_000, 100)).isEqualTo(33);
        // Yen have no minor unit, Bahrain's dinars have three places.
        assertThat(amount("JPY", 100, 5_999_999, 100)).isEqualTo(5);
        assertThat(amount("BHD", 100, 5_999_999, 100)).isEqualTo(5_999);
    }

    private static long amount(String currency, long available, long worthMicros, long wanted) {
        CreatorDecision decision =
                new PayoutRules(1, 0, 0, 0, currency)
                        .request(
                                CreatorState.NONE,
                                new RequestPayout(
                                        new UUID(1, 1),
                                        NOW,
                                        "c",
                                        Diamonds.parse(Long.toString(wanted)),
                                        Diamonds.parse(Long.toString(available)),
                                        worthMicros,
                                        0));
        return ((dev.confetti.events.CreatorEvent.PayoutRequested)
                        ((CreatorDecision.Accepted) decision).event())
                .amountMinor();
    }
}

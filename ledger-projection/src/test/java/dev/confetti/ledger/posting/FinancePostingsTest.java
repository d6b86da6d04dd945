package dev.confetti.ledger.posting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confetti.events.ConfettiEvent;
import dev.confetti.events.FiatAccounts;
import dev.confetti.events.FinanceEvent.AdjustmentApproved;
import dev.confetti.events.FinanceEvent.AdjustmentRejected;
import dev.confetti.events.FinanceEvent.AdjustmentRequested;
import dev.confetti.events.FinanceEvent.BreakageRecognised;
import dev.confetti.events.FinanceEvent.PeriodClosed;
import dev.confetti.events.FinanceEvent.ProviderSettled;
import dev.confetti.ledger.Samples;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What finance records; numbers of entries are those of the hand-worked example. */
class FinancePostingsTest {
    private static final String DIGEST = "ab".repeat(32);

    private static List<String> legs(ConfettiEvent event) {
        return PostingRules.draft(1, Samples.id(1), event, new WorkingBooks())
                .map(FinancePostingsTest::legs)
                .orElse(List.of());
    }

    private static List<String> legs(EntryDraft draft) {
        List<String> legs = new ArrayList<>();
        for (Leg leg : draft.legs()) {
            Asset asset = leg.debit().asset();
            legs.add(
                    leg.debit().code()
                            + " / "
                            + leg.credit().code()
                            + " "
                            + asset.decimal(leg.amount())
                            + " "
                            + asset.code());
        }
        return legs;
    }

    private static ProviderSettled settled(
            String account,
            String provider,
            long bank,
            long receivable,
            long commission,
            long suspense) {
        return new ProviderSettled(
                Samples.id(1),
                account,
                provider,
                "2026-01",
                "USD",
                bank,
                receivable,
                commission,
                suspense,
                1,
                DIGEST,
                "fin-1");
    }

    @Test
    void entry23AStoreSettles() {
        assertThat(legs(settled("1021:receivable:apple", "apple", 700, 700, 0, 0)))
                .containsExactly("1010:bank / 1021:receivable:apple 7.000000 USD");
    }

    @Test
    void entry24ACardProcessorSettles() {
        assertThat(legs(settled("1020:receivable:psp", "stripe", 2_312, 2_312, 0, 0)))
                .containsExactly("1010:bank / 1020:receivable:psp 23.120000 USD");
    }

    @Test
    void entry32BreakageIsRecognised() {
        assertThat(
                        legs(
                                new BreakageRecognised(
                                        Samples.id(1),
                                        "2026-03",
                                        "USD",
                                        500_000,
                                        "fin-1",
                                        "fin-2",
                                        null)))
                .containsExactly(
                        "2019:contract-liability:breakage / 4020:breakage-revenue 0.500000 USD");
    }

    @Test
    void breakageThatWasTooMuchIsTakenBack() {
        assertThat(
                        legs(
                                new BreakageRecognised(
                                        Samples.id(1),
                                        "2026-04",
                                        "USD",
                                        -200_000,
                                        "fin-1",
                                        "fin-2",
                                        null)))
                .containsExactly(
                        "4020:breakage-revenue / 2019:contract-liability:breakage 0.200000 USD");
    }

    @Test
    void entry34AnAdjustmentIsBookedOnceItIsApproved() {
        assertThat(
                        legs(
                                new AdjustmentApproved(
                                        Samples.id(1),
                                        "5090:adjustments",
                                        "1010:bank",
                                        30_000,
                                        "USD",
                                        "fin-2")))
                .containsExactly("5090:adjustments / 1010:bank 0.030000 USD");
        assertThat(
                        legs(
                                new AdjustmentRequested(
                                        Samples.id(1),
                                        "5090:adjustments",
                                        "1010:bank",
                                        30_000,
                                        "USD",
                                        "fin-1",
                                        null)))
                .isEmpty();
        assertThat(
                        legs(
                                new AdjustmentRejected(
                                        Samples.id(1),
                                        "5090:adjustments",
                                        "1010:bank",
                                        30_000,
                                        "USD",
                                        "fin-2",
                                        null)))
                .isEmpty();
        assertThat(legs(new PeriodClosed("2026-03", 34, DIGEST, "fin-1"))).isEmpty();
    }

    @Test
    void whatAProviderKeptMoreIsACommissionAndWhatIsMissingIsInSuspense() {
        // 7.03 was owed: 7.00 came, 0.02 is fee, 0.01 is missing.
        assertThat(legs(settled("1021:receivable:apple", "apple", 700, 703, 2, 1)))
                .containsExactlyInAnyOrder(
                        "1010:bank / 1021:receivable:apple 7.000000 USD",
                        "5020:channel-commission / 1021:receivable:apple 0.020000 USD",
                        "2300:suspense / 1021:receivable:apple 0.010000 USD");
        // 7.00 came that nobody expected.
        assertThat(legs(settled("1021:receivable:apple", "apple", 700, 0, 0, -700)))
                .containsExactly("1010:bank / 2300:suspense 7.000000 USD");
        // More went back than was sold: the provider took it from the bank.
        assertThat(legs(settled("1020:receivable:psp", "stripe", -560, -560, 0, 0)))
                .containsExactly("1020:receivable:psp / 1010:bank 5.600000 USD");
        assertThat(legs(settled("1020:receivable:psp", "stripe", 0, 0, 0, 0))).isEmpty();
    }

    @Test
    void aSettlementThatDoesNotAddUpIsNotBooked() {
        assertThatThrownBy(() -> legs(settled("1021:receivable:apple", "apple", 700, 703, 2, 0)))
                .isInstanceOf(UnpostableEventException.class);
        assertThatThrownBy(() -> legs(settled("1020:receivable:psp", "apple", 700, 700, 0, 0)))
                .isInstanceOf(UnpostableEventException.class)
                .hasMessageContaining("1021:receivable:apple");
    }

    /** The lists that the service refuses by are this chart's. */
    @Test
    void everyFiatAccountOfTheChartIsEitherAdjustableOrExplained() {
        List<String> known = new ArrayList<>(FiatAccounts.ADJUSTABLE);
        known.addAll(FiatAccounts.EXPLAINED.keySet());

        assertThat(known)
                .containsExactlyInAnyOrderElementsOf(
                        Accounts.systemCodes().stream().filter(Accounts::isFiat).toList());
        for (String provider : List.of("apple", "google", "stripe", "sandbox")) {
            assertThat(FiatAccounts.receivableFrom(provider))
                    .isEqualTo(Accounts.receivable(provider, Asset.fiat("USD")).code());
        }
    }
}

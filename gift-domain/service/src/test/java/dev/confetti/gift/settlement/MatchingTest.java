package dev.confetti.gift.settlement;

import static dev.confetti.gift.settlement.LineKind.CHARGEBACK;
import static dev.confetti.gift.settlement.LineKind.FEE;
import static dev.confetti.gift.settlement.LineKind.OTHER;
import static dev.confetti.gift.settlement.LineKind.PURCHASE;
import static dev.confetti.gift.settlement.LineKind.REFUND;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What lines settle, worked out by hand in cents. */
class MatchingTest {
    private static Movement booked(int id, LineKind kind, String name, long gross, long fee) {
        return new Movement(new UUID(0, id), kind, name, "USD", gross, fee, false);
    }

    private static ReportLine line(LineKind kind, String name, long gross, long fee) {
        return new ReportLine(2, "s", kind, name, "USD", gross, fee);
    }

    private static SettledLine only(ReportLine line, Movement... booked) {
        return Matching.match(List.of(line), List.of(booked)).getFirst();
    }

    /** Receivable, commission, suspense; and the sum that must hold. */
    private static void assertBooked(
            SettledLine settled, Finding finding, long receivable, long commission, long suspense) {
        assertThat(settled.finding()).isEqualTo(finding);
        assertThat(settled.receivableMinor()).isEqualTo(receivable);
        assertThat(settled.commissionMinor()).isEqualTo(commission);
        assertThat(settled.suspenseMinor()).isEqualTo(suspense);
        assertThat(settled.line().netMinor() + commission + suspense).isEqualTo(receivable);
    }

    @Test
    void aLineAsBookedLeavesNothing() {
        Movement sale = booked(1, PURCHASE, "a", 2_400, 88);
        SettledLine settled = only(line(PURCHASE, "a", 2_400, 88), sale);
        assertBooked(settled, Finding.AS_BOOKED, 2_312, 0, 0);
        assertThat(settled.movement()).isEqualTo(sale);
    }

    @Test
    void aDifferenceOfFeesIsACommission() {
        Movement sale = booked(1, PURCHASE, "a", 2_400, 88);
        assertBooked(only(line(PURCHASE, "a", 2_400, 90), sale), Finding.OTHER_FEE, 2_312, 2, 0);
        assertBooked(only(line(PURCHASE, "a", 2_400, 80), sale), Finding.OTHER_FEE, 2_312, -8, 0);
        // A refund of which 59 of commission were to come back, and 29 did.
        assertBooked(
                only(line(REFUND, "r", -999, -29), booked(2, REFUND, "r", -999, -59)),
                Finding.OTHER_FEE,
                -940,
                30,
                0);
        assertBooked(
                only(
                        line(CHARGEBACK, "d", -1_200, 2_000),
                        booked(3, CHARGEBACK, "d", -1_200, 1_500)),
                Finding.OTHER_FEE,
                -2_700,
                500,
                0);
    }

    @Test
    void aDifferenceOfAmountsIsInSuspense() {
        Movement sale = booked(1, PURCHASE, "a", 2_400, 88);
        assertBooked(
                only(line(PURCHASE, "a", 2_390, 88), sale), Finding.OTHER_AMOUNT, 2_312, 0, 10);
        assertBooked(
                only(line(PURCHASE, "a", 2_500, 90), sale), Finding.OTHER_AMOUNT, 2_312, 2, -100);
    }

    @Test
    void whatNobodyKnowsIsInSuspenseAsAWhole() {
        assertBooked(only(line(PURCHASE, "x", 1_000, 300)), Finding.UNKNOWN_REFERENCE, 0, 0, -700);
        assertBooked(only(line(OTHER, "a", -500, 0)), Finding.UNKNOWN_KIND, 0, 0, 500);
        // A refund's name is no purchase's.
        assertBooked(
                only(line(REFUND, "a", -1_000, 0), booked(1, PURCHASE, "a", 1_000, 300)),
                Finding.UNKNOWN_REFERENCE,
                0,
                0,
                1_000);
    }

    @Test
    void anotherCurrencySettlesNothing() {
        Movement euro = new Movement(new UUID(0, 1), PURCHASE, "a", "EUR", 1_000, 300, false);
        assertBooked(
                only(line(PURCHASE, "a", 1_000, 300), euro), Finding.OTHER_CURRENCY, 0, 0, -700);
    }

    @Test
    void aFeeOfTheProvidersOwnIsACommission() {
        assertBooked(only(line(FEE, "", 0, 200)), Finding.FEE_ALONE, 0, 200, 0);
        assertBooked(only(line(FEE, "", -200, 0)), Finding.FEE_ALONE, 0, 200, 0);
    }

    @Test
    void aMovementIsSettledOnce() {
        ReportLine sale = line(PURCHASE, "a", 1_000, 300);
        List<SettledLine> twice =
                Matching.match(List.of(sale, sale), List.of(booked(1, PURCHASE, "a", 1_000, 300)));
        assertBooked(twice.get(0), Finding.AS_BOOKED, 700, 0, 0);
        assertBooked(twice.get(1), Finding.SETTLED_BEFORE, 0, 0, -700);
        Movement before = new Movement(new UUID(0, 1), PURCHASE, "a", "USD", 1_000, 300, true);
        assertBooked(only(sale, before), Finding.SETTLED_BEFORE, 0, 0, -700);
    }

    @Test
    void ofTwoOfOneNameTheOneOfTheSameAmountIsMeant() {
        Movement other = booked(1, PURCHASE, "a", 500, 150);
        Movement meant = booked(2, PURCHASE, "a", 1_000, 300);
        assertThat(only(line(PURCHASE, "a", 1_000, 300), other, meant).movement()).isEqualTo(meant);
    }
}

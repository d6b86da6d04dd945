package dev.confetti.ledger.posting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confetti.events.ConfettiEvent;
import dev.confetti.events.CreatorEvent.EarningsReleased;
import dev.confetti.events.CreatorEvent.PayoutApproved;
import dev.confetti.events.CreatorEvent.PayoutRejected;
import dev.confetti.events.CreatorEvent.PayoutSettled;
import dev.confetti.events.CreatorEvent.PayoutWithdrawn;
import dev.confetti.events.CreatorEvent.Worth;
import dev.confetti.events.Diamonds;
import dev.confetti.events.GiftEvent.GiftSent;
import dev.confetti.ledger.Samples;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Payouts of more and of less than there is; numbers worked by hand. A gift of 400 promo coins
 * earns 200 diamonds, which are 2.00: 0.20 tax, 0.25 fee, 1.55 to the bank.
 */
class PayoutPostingsTest {
    private final WorkingBooks books = new WorkingBooks();
    private final GiftSent gift = Samples.gift(2, "v", "7", List.of(), 400);
    private final PayoutApproved payout = Samples.payout(10, 200, 200, 20);
    private long position;

    @BeforeEach
    void earn() {
        book(Samples.grant(1, "v", 10_000));
        books.willAskFor(gift.giftSendId());
        book(gift);
        book(release(2_000_000));
    }

    @Test
    void aRejectedPayoutIsTheMirrorOfItsRequest() {
        book(Samples.requested(payout));
        assertThat(
                        book(
                                new PayoutRejected(
                                        payout.payoutId(),
                                        "7",
                                        payout.diamonds(),
                                        200,
                                        "USD",
                                        "fin",
                                        null)))
                .containsExactlyInAnyOrder(
                        "D creator:7:diamond:reserved 200.0000",
                        "C creator:7:diamond:available 200.0000",
                        "D 2130:payout:requested 2.000000",
                        "C 2120:creator-payable:available 2.000000");
    }

    @Test
    void aWithdrawnPayoutIsTheMirrorOfItsApprovalAndItsRequest() {
        book(Samples.requested(payout));
        book(payout);
        assertThat(
                        book(
                                new PayoutWithdrawn(
                                        payout.payoutId(),
                                        "7",
                                        payout.diamonds(),
                                        200,
                                        20,
                                        25,
                                        "USD",
                                        "fin",
                                        null)))
                .containsExactlyInAnyOrder(
                        "D creator:7:diamond:reserved 200.0000",
                        "C creator:7:diamond:available 200.0000",
                        "D 2131:payout:approved 1.550000",
                        "D 2150:withholding-tax 0.200000",
                        "D 4030:payout-fee 0.250000",
                        "C 2120:creator-payable:available 2.000000");
    }

    @Test
    void whatTheBankTakesForATransferIsACostOfThePlatform() {
        pay();
        assertThat(
                        book(
                                new PayoutSettled(
                                        payout.payoutId(),
                                        "7",
                                        155,
                                        50,
                                        "USD",
                                        Samples.id(2),
                                        null)))
                .containsExactlyInAnyOrder(
                        "D 1030:payouts-in-transit 1.550000",
                        "D 5060:bank-charges 0.500000",
                        "C 1010:bank 2.050000");
    }

    @Test
    void aReversalAfterThePayoutIsClawedBackAndLaterEarningsMakeItGood() {
        pay();
        assertThat(book(Samples.reversalAfterRelease(gift)))
                .contains(
                        "D creator:7:diamond:available 200.0000",
                        "D 1070:creator-clawback 2.000000",
                        "C 5050:promotion-cost 2.000000");
        assertThat(book(release(1_500_000)))
                .contains("D 2110:creator-payable:pending 1.500000")
                .contains("C 1070:creator-clawback 1.500000");
        assertThat(book(release(1_500_000)))
                .contains(
                        "D 2110:creator-payable:pending 1.500000",
                        "C 1070:creator-clawback 0.500000",
                        "C 2120:creator-payable:available 1.000000");
        assertThat(books.payable("7", Asset.fiat("USD"))).isEqualTo(1_000_000);
    }

    @Test
    void aReversalTakesWhatIsThereBeforeItIsClawedBack() {
        pay();
        book(release(500_000));
        assertThat(book(Samples.reversalAfterRelease(gift)))
                .contains(
                        "D 2120:creator-payable:available 0.500000",
                        "D 1070:creator-clawback 1.500000");
    }

    @Test
    void whatComesBackFromTheBankMakesAClawbackGood() {
        pay();
        book(Samples.reversalAfterRelease(gift));
        // 1.55 are back, 0.35 of them kept by the banks; tax and fee as well: 2.00.
        assertThat(book(Samples.returned(payout, 35)))
                .containsExactlyInAnyOrder(
                        "D diamond:redeemed 200.0000",
                        "C creator:7:diamond:available 200.0000",
                        "D 1010:bank 1.200000",
                        "D 5060:bank-charges 0.350000",
                        "D 2150:withholding-tax 0.200000",
                        "D 4030:payout-fee 0.250000",
                        "C 1070:creator-clawback 2.000000");
        assertThat(books.payable("7", Asset.fiat("USD"))).isZero();
    }

    @Test
    void clawbacksAreEachCreatorsOwn() {
        pay();
        book(Samples.reversalAfterRelease(gift));
        assertThat(
                        book(
                                new EarningsReleased(
                                        "8",
                                        Diamonds.parse("10"),
                                        2,
                                        2,
                                        2,
                                        List.of(new Worth("USD", 100_000)))))
                .contains("C 2120:creator-payable:available 0.100000");
    }

    @Test
    void whatCannotBeIsRefused() {
        assertThatThrownBy(
                        () ->
                                book(
                                        new PayoutSettled(
                                                Samples.id(1),
                                                "7",
                                                0,
                                                0,
                                                "USD",
                                                Samples.id(2),
                                                null)))
                .isInstanceOf(UnpostableEventException.class)
                .hasMessageContaining("an amount above 0");
        assertThatThrownBy(() -> book(Samples.returned(payout, 156)))
                .isInstanceOf(UnpostableEventException.class)
                .hasMessageContaining("charges of 0 to what was paid, 155");
        assertThatThrownBy(() -> book(Samples.sent(Samples.payout(3, 10, 25, 0))))
                .isInstanceOf(UnpostableEventException.class)
                .hasMessageContaining("that leave something");
    }

    private void pay() {
        for (ConfettiEvent event :
                List.of(
                        Samples.requested(payout),
                        payout,
                        Samples.sent(payout),
                        Samples.settled(payout))) {
            book(event);
        }
    }

    private static EarningsReleased release(long micros) {
        return new EarningsReleased(
                "7", new Diamonds(micros), 2, 2, 2, List.of(new Worth("USD", micros)));
    }

    private List<String> book(ConfettiEvent event) {
        position++;
        EntryDraft draft =
                PostingRules.draft(position, Samples.id(position), event, books).orElseThrow();
        books.apply(draft);
        return Posting.of(draft.legs()).stream()
                .map(
                        posting ->
                                posting.side().letter()
                                        + " "
                                        + posting.account().code()
                                        + " "
                                        + posting.account().asset().decimal(posting.amount()))
                .toList();
    }
}

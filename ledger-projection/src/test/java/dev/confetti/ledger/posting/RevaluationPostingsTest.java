package dev.confetti.ledger.posting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confetti.events.ConfettiEvent;
import dev.confetti.events.CreatorEvent.EarningsReleased;
import dev.confetti.events.CreatorEvent.EarningsRevalued;
import dev.confetti.events.CreatorEvent.PayoutApproved;
import dev.confetti.events.CreatorEvent.Worth;
import dev.confetti.events.Diamonds;
import dev.confetti.events.GiftEvent.GiftReversed;
import dev.confetti.events.GiftEvent.GiftSent;
import dev.confetti.ledger.Samples;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * New rates; numbers worked by hand. A gift of 300 paid and 100 promo coins earns 200 diamonds,
 * which are 2.00 dollars: 1.50 the creator's share of revenue, 0.50 a cost of promotion.
 */
class RevaluationPostingsTest {
    private final WorkingBooks books = new WorkingBooks();
    private final GiftSent gift = Samples.gift(2, "v", "7", List.of(Samples.share(1, 300)), 100);
    private final Map<String, Long> balances = new HashMap<>();
    private long position;

    @BeforeEach
    void earn() {
        book(Samples.purchase(1, "v", 1_000, 0, 1_000, 0, 0, "sandbox"));
        book(Samples.grant(1, "v", 10_000));
        books.willAskFor(gift.giftSendId());
        book(gift);
    }

    @Test
    void inTheSameCurrencyTheDifferenceIsTheCreatorsShare() {
        assertThat(book(revalued("USD", 3, "200", usd(2_000_000), "0", List.of())))
                .containsExactlyInAnyOrder(
                        "D creator:7:diamond:pending DIAMOND 200.0000",
                        "C diamond:issued DIAMOND 200.0000",
                        "D diamond:issued DIAMOND 200.0000",
                        "C creator:7:diamond:pending DIAMOND 200.0000",
                        "D 5010:creator-share USD 4.000000",
                        "C 2110:creator-payable:pending USD 4.000000");
        assertThat(book(revalued("USD", 1, "200", usd(6_000_000), "0", List.of())))
                .contains(
                        "D 2110:creator-payable:pending USD 4.000000",
                        "C 5010:creator-share USD 4.000000");
        assertThat(balance("2110:creator-payable:pending USD")).isEqualTo(2_000_000);
    }

    @Test
    void inAnotherCurrencyEachIsTheCreatorsShare() {
        book(release("200", usd(2_000_000)));
        assertThat(book(revalued("EUR", 3, "0", List.of(), "200", usd(2_000_000))))
                .containsExactlyInAnyOrder(
                        "D creator:7:diamond:available DIAMOND 200.0000",
                        "C diamond:issued DIAMOND 200.0000",
                        "D diamond:issued DIAMOND 200.0000",
                        "C creator:7:diamond:available DIAMOND 200.0000",
                        "D 2120:creator-payable:available USD 2.000000",
                        "C 5010:creator-share USD 2.000000",
                        "D 5010:creator-share EUR 6.000000",
                        "C 2120:creator-payable:available EUR 6.000000");
        assertThat(books.payable("7", Asset.fiat("USD"))).isZero();
        assertThat(books.payable("7", Asset.fiat("EUR"))).isEqualTo(6_000_000);
    }

    @Test
    void aHeldGiftThatIsReversedTakesItsPartOfTheRevaluationWithIt() {
        book(revalued("EUR", 3, "200", usd(2_000_000), "0", List.of()));
        assertThat(book(reversal(false, new Worth("EUR", 6_000_000))))
                .contains(
                        "D creator:7:diamond:pending DIAMOND 200.0000",
                        // What promotion cost is not the creators' share either.
                        "D 5010:creator-share USD 0.500000",
                        "C 5050:promotion-cost USD 0.500000",
                        "D 2110:creator-payable:pending EUR 6.000000",
                        "C 5010:creator-share EUR 6.000000");
        assertNothingIsLeft();
    }

    @Test
    void aReleasedGiftThatIsReversedTakesItsPartOfTheRevaluationWithIt() {
        book(release("200", usd(2_000_000)));
        book(revalued("USD", 2, "0", List.of(), "200", usd(2_000_000)));
        assertThat(book(reversal(true, new Worth("USD", 4_000_000))))
                .contains(
                        "D creator:7:diamond:available DIAMOND 200.0000",
                        "D 2120:creator-payable:available USD 4.000000",
                        "C 5050:promotion-cost USD 0.500000");
        assertNothingIsLeft();
    }

    @Test
    void aReversalAfterThePayoutIsClawedBackAtTheNewRateAndADebtIsRevaluedToo() {
        book(release("200", usd(2_000_000)));
        PayoutApproved payout = Samples.payout(10, 200, 200, 20);
        for (ConfettiEvent event :
                List.of(
                        Samples.requested(payout),
                        payout,
                        Samples.sent(payout),
                        Samples.settled(payout))) {
            book(event);
        }
        book(reversal(true, new Worth("EUR", 6_000_000)));
        assertThat(balance("1070:creator-clawback EUR")).isEqualTo(-6_000_000);
        assertThat(
                        book(
                                revalued(
                                        "USD",
                                        2,
                                        "0",
                                        List.of(),
                                        "-200",
                                        List.of(new Worth("EUR", -6_000_000)))))
                .contains(
                        "D 5010:creator-share EUR 6.000000",
                        "C 1070:creator-clawback EUR 6.000000",
                        "D 1070:creator-clawback USD 4.000000",
                        "C 5010:creator-share USD 4.000000");
        assertThat(balance("1070:creator-clawback EUR")).isZero();
        assertThat(books.payable("7", Asset.fiat("USD"))).isEqualTo(-4_000_000);
    }

    @Test
    void whatCannotBeIsRefused() {
        assertThatThrownBy(() -> book(revalued("EUR", 0, "200", usd(1), "0", List.of())))
                .isInstanceOf(UnpostableEventException.class)
                .hasMessageContaining("a rate above 0");
        assertThatThrownBy(() -> book(revalued("EUR", 1, "-200", usd(1), "0", List.of())))
                .isInstanceOf(UnpostableEventException.class)
                .hasMessageContaining("pending diamonds");
    }

    /** The gift is as if it had never been. */
    private void assertNothingIsLeft() {
        for (String account :
                List.of(
                        "2110:creator-payable:pending",
                        "2120:creator-payable:available",
                        "1070:creator-clawback",
                        "5010:creator-share",
                        "5050:promotion-cost")) {
            assertThat(balance(account + " USD")).as(account).isZero();
            assertThat(balance(account + " EUR")).as(account).isZero();
        }
    }

    private static List<Worth> usd(long micros) {
        return List.of(new Worth("USD", micros));
    }

    private static EarningsReleased release(String diamonds, List<Worth> amounts) {
        return new EarningsReleased("7", Diamonds.parse(diamonds), 2, 2, 2, amounts);
    }

    private static EarningsRevalued revalued(
            String currency,
            long rateMicros,
            String pending,
            List<Worth> pendingAmounts,
            String available,
            List<Worth> availableAmounts) {
        return new EarningsRevalued(
                Samples.id(77),
                "7",
                3,
                currency,
                rateMicros,
                Diamonds.parse(pending),
                pendingAmounts,
                Diamonds.parse(available),
                availableAmounts,
                "fin",
                "ance");
    }

    private GiftReversed reversal(boolean released, Worth worth) {
        return new GiftReversed(
                gift.giftSendId(),
                gift.viewerId(),
                gift.liveId(),
                gift.creatorId(),
                gift.giftId(),
                gift.coins(),
                gift.lots(),
                gift.promoCoins(),
                gift.diamonds(),
                Samples.START,
                List.of(),
                0,
                3,
                released,
                worth,
                null);
    }

    private long balance(String account) {
        return balances.getOrDefault(account, 0L);
    }

    private List<String> book(ConfettiEvent event) {
        position++;
        EntryDraft draft =
                PostingRules.draft(position, Samples.id(position), event, books).orElseThrow();
        books.apply(draft);
        return Posting.of(draft.legs()).stream()
                .map(
                        posting -> {
                            Asset asset = posting.account().asset();
                            String account = posting.account().code() + " " + asset.code();
                            balances.merge(
                                    account,
                                    posting.side() == Side.CREDIT
                                            ? posting.amount()
                                            : -posting.amount(),
                                    Long::sum);
                            return posting.side().letter()
                                    + " "
                                    + account
                                    + " "
                                    + asset.decimal(posting.amount());
                        })
                .toList();
    }
}

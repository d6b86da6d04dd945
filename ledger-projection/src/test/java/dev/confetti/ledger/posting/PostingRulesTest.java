package dev.confetti.ledger.posting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confetti.events.CoinEvent.CoinsPurchased;
import dev.confetti.events.CoinEvent.SpendingLimitSet;
import dev.confetti.events.CoinEvent.WalletBlocked;
import dev.confetti.events.CoinEvent.WalletUnblocked;
import dev.confetti.events.ConfettiEvent;
import dev.confetti.events.CreatorEvent.EarningsReleased;
import dev.confetti.events.CreatorEvent.Worth;
import dev.confetti.events.Diamonds;
import dev.confetti.events.GiftEvent.GiftReversed;
import dev.confetti.events.GiftEvent.GiftSent;
import dev.confetti.events.LiveEvent;
import dev.confetti.events.LotShare;
import dev.confetti.events.PersonEvent.BoardVisibilityChanged;
import dev.confetti.events.PersonEvent.PersonForgotten;
import dev.confetti.ledger.Samples;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PostingRulesTest {
    private final TestBooks books = new TestBooks();

    @Test
    void aGiftPaidAndPromoSplitsItsShareByWhoPaid() {
        books.book(Samples.purchase(1, "v", 100, 0, 100, 0, 10, "sandbox"));
        books.book(Samples.grant(2, "v", 10));
        assertThat(books.book(Samples.gift(3, "v", "c", List.of(Samples.share(1, 30)), 10)))
                .containsExactlyInAnyOrder(
                        "D viewer:v:coin:paid 30",
                        "C coin:consumed:paid 30",
                        "D viewer:v:coin:promo 10",
                        "C coin:consumed:promo 10",
                        "D diamond:issued 20.0000",
                        "C creator:c:diamond:pending 20.0000",
                        "D 2010:contract-liability 0.300000",
                        "C 4010:gift-revenue 0.300000",
                        "D 5020:channel-commission 0.030000",
                        "C 1060:deferred-commission 0.030000",
                        "D 5010:creator-share 0.150000",
                        "D 5050:promotion-cost 0.050000",
                        "C 2110:creator-payable:pending 0.200000");
    }

    @Test
    void aFeeAboveThePriceIsOwedToTheChannel() {
        assertThat(books.book(Samples.purchase(1, "v", 10, 0, 25, 5, 30, "stripe")))
                .containsExactlyInAnyOrder(
                        "D coin:issued:paid 10",
                        "C viewer:v:coin:paid 10",
                        "D 1060:deferred-commission 0.300000",
                        "C 2010:contract-liability 0.250000",
                        "C 1020:receivable:psp 0.050000",
                        "D 1020:receivable:psp 0.050000",
                        "C 2210:vat-payable 0.050000");
    }

    @Test
    void eachProviderHasItsReceivable() {
        assertThat(books.book(Samples.purchase(1, "v", 10, 0, 100, 0, 0, "sandbox")))
                .contains("D 1020:receivable:psp 1.000000");
        assertThat(books.book(Samples.purchase(2, "v", 10, 0, 100, 0, 0, "google")))
                .contains("D 1022:receivable:google 1.000000");
    }

    @Test
    void minorUnitsFollowTheCurrency() {
        assertThat(Asset.fiat("USD").ofMinor(1_000)).isEqualTo(10_000_000);
        assertThat(Asset.fiat("JPY").ofMinor(1_000)).isEqualTo(1_000_000_000);
        assertThat(Asset.fiat("BHD").ofMinor(1_000)).isEqualTo(1_000_000);
        assertThatThrownBy(() -> Asset.fiat("XYZ"))
                .isInstanceOf(UnpostableEventException.class)
                .hasMessageContaining("currency \"XYZ\": expected an ISO 4217 code");
        assertThatThrownBy(() -> Asset.fiat("XAU")).isInstanceOf(UnpostableEventException.class);
        assertThatThrownBy(() -> Asset.fiat("USD").ofMinor(Long.MAX_VALUE))
                .isInstanceOf(UnpostableEventException.class);
    }

    @Test
    void lotsOfTwoCurrenciesAreRecognisedEachInItsOwn() {
        books.book(Samples.purchase(1, "v", 10, 0, 100, 0, 0, "sandbox"));
        books.book(
                new CoinsPurchased(
                        Samples.id(2),
                        Samples.id(2),
                        "v",
                        10,
                        0,
                        1_000,
                        0,
                        0,
                        "JPY",
                        "sandbox",
                        "r",
                        null));
        List<String> lines =
                books.book(
                        Samples.gift(
                                3,
                                "v",
                                "c",
                                List.of(Samples.share(1, 10), Samples.share(2, 5)),
                                0));
        assertThat(lines)
                .contains("D 2010:contract-liability 1.000000", "C 4010:gift-revenue 1.000000")
                .contains("D 2010:contract-liability 500.000000", "C 4010:gift-revenue 500.000000");
    }

    @Test
    void aReversalMirrorsWhatWasBookedEvenWhenTheLotWentOn() {
        // 3 coins for 0.01: the first takes 3333, the second 3333, the third 3334 micro-units.
        books.book(Samples.purchase(1, "v", 3, 0, 1, 0, 0, "sandbox"));
        GiftSent first = Samples.gift(2, "v", "c", List.of(Samples.share(1, 1)), 0);
        books.willAskFor(first.giftSendId());
        books.book(first);
        books.book(Samples.gift(3, "v", "c", List.of(Samples.share(1, 2)), 0));
        assertThat(books.book(Samples.reversal(first)))
                .contains("C 2010:contract-liability 0.003333", "D 4010:gift-revenue 0.003333");
        Lot lot = books.lot(1);
        assertThat(lot.used()).isEqualTo(2);
        assertThat(lot.recognised()).isEqualTo(6_667);
        assertThat(books.book(Samples.gift(4, "v", "c", List.of(Samples.share(1, 1)), 0)))
                .contains("D 2010:contract-liability 0.003333");
        assertThat(books.lot(1).recognised()).isEqualTo(10_000);
    }

    @Test
    void aReversalOfWhatWasReleasedComesOffWhatIsAvailable() {
        books.book(Samples.grant(1, "v", 10));
        GiftSent gift = Samples.gift(2, "v", "c", List.of(), 10);
        books.willAskFor(gift.giftSendId());
        books.book(gift);
        assertThat(
                        books.book(
                                new EarningsReleased(
                                        "c",
                                        Diamonds.parse("5"),
                                        2,
                                        2,
                                        2,
                                        List.of(new Worth("USD", 50_000)))))
                .containsExactlyInAnyOrder(
                        "D creator:c:diamond:pending 5.0000",
                        "C creator:c:diamond:available 5.0000",
                        "D 2110:creator-payable:pending 0.050000",
                        "C 2120:creator-payable:available 0.050000");
        assertThat(books.book(Samples.reversalAfterRelease(gift)))
                .containsExactlyInAnyOrder(
                        "D coin:consumed:promo 10",
                        "C viewer:v:coin:promo 10",
                        "D creator:c:diamond:available 5.0000",
                        "C diamond:issued 5.0000",
                        "D 2120:creator-payable:available 0.050000",
                        "C 5050:promotion-cost 0.050000");
    }

    @Test
    void aReleaseOfNothingIsRefused() {
        assertThatThrownBy(
                        () ->
                                books.book(
                                        new EarningsReleased(
                                                "c", Diamonds.ZERO, 2, 2, 2, List.of())))
                .isInstanceOf(UnpostableEventException.class)
                .hasMessageContaining("diamonds above 0");
    }

    @Test
    void aSecondReversalIsRefused() {
        books.book(Samples.grant(1, "v", 5));
        GiftSent gift = Samples.gift(2, "v", "c", List.of(), 5);
        books.willAskFor(gift.giftSendId());
        books.book(gift);
        books.book(Samples.reversal(gift));
        assertThatThrownBy(() -> books.book(Samples.reversal(gift)))
                .isInstanceOf(UnpostableEventException.class)
                .hasMessageContaining("it was reversed before");
    }

    @ParameterizedTest
    @MethodSource
    void eventsWithoutMoneyPostNothing(ConfettiEvent event) {
        assertThat(PostingRules.draft(1, Samples.id(1), event, new WorkingBooks())).isEmpty();
    }

    static Stream<ConfettiEvent> eventsWithoutMoneyPostNothing() {
        return Stream.of(
                new WalletBlocked("v", null),
                new WalletUnblocked("v", null),
                new SpendingLimitSet("v", 500L, Samples.START),
                new SpendingLimitSet("v", null, Samples.START),
                new PersonForgotten("v", "v"),
                new BoardVisibilityChanged("v", true, "v"),
                new LiveEvent.LiveCreated("l", "c", null, null, null),
                new LiveEvent.LiveStarted("l", "c", Samples.id(1)),
                new LiveEvent.LiveAway("l", "c", Samples.id(1)),
                new LiveEvent.LiveEnded("l", "c", LiveEvent.EndReason.PUBLISHER_GONE));
    }

    @ParameterizedTest
    @MethodSource
    void contradictionsAreRefused(ConfettiEvent event, String expected) {
        books.book(Samples.purchase(1, "v", 10, 0, 100, 0, 0, "sandbox"));
        GiftSent gift = Samples.gift(2, "v", "c", List.of(Samples.share(1, 2)), 0);
        books.willAskFor(gift.giftSendId());
        books.book(gift);
        assertThatThrownBy(() -> books.book(event))
                .isInstanceOf(UnpostableEventException.class)
                .hasMessageContaining(expected);
    }

    static Stream<org.junit.jupiter.params.provider.Arguments> contradictionsAreRefused() {
        GiftSent gift = Samples.gift(2, "v", "c", List.of(Samples.share(1, 2)), 0);
        GiftReversed reversal = Samples.reversal(gift);
        return Stream.of(
                refused(Samples.purchase(1, "v", 10, 0, 100, 0, 0, "sandbox"), "a lot that is"),
                refused(Samples.purchase(5, "v", 0, 0, 100, 0, 0, "sandbox"), "coins above 0"),
                refused(Samples.purchase(5, "v:x", 1, 0, 1, 0, 0, "sandbox"), "\"v:x\""),
                refused(Samples.grant(5, "v", 0), "coins above 0"),
                refused(
                        Samples.gift(5, "v", "c", List.of(Samples.share(1, 9)), 0),
                        "expected to spend 1 to 8 coins, got 9"),
                refused(
                        Samples.gift(
                                5, "v", "c", List.of(Samples.share(1, 5), Samples.share(1, 5)), 0),
                        "once"),
                refused(Samples.gift(5, "w", "c", List.of(Samples.share(1, 1)), 0), "viewer's own"),
                refused(Samples.gift(5, "v", "c", List.of(Samples.share(9, 1)), 0), "found null"),
                refused(withCoins(gift, 3), "expected coins above 0"),
                refused(withDiamonds(gift), "diamonds = coins × share"),
                refused(withRate(gift, -1), "a rate of 0 or more"),
                refused(withRate(gift, Long.MAX_VALUE), "within 64 bits"),
                refused(
                        Samples.reversal(
                                Samples.gift(5, "v", "c", List.of(Samples.share(1, 2)), 0)),
                        "sent before, found none"),
                refused(withLots(reversal, List.of(Samples.share(3, 2))), "was booked with"));
    }

    private static org.junit.jupiter.params.provider.Arguments refused(
            ConfettiEvent event, String expected) {
        return org.junit.jupiter.params.provider.Arguments.of(event, expected);
    }

    private static GiftSent withCoins(GiftSent g, long coins) {
        return gift(g, coins, g.diamonds(), g.rateMicros());
    }

    private static GiftSent withDiamonds(GiftSent g) {
        return gift(g, g.coins(), Diamonds.parse("1.5"), g.rateMicros());
    }

    private static GiftSent withRate(GiftSent g, long rateMicros) {
        return gift(g, g.coins(), g.diamonds(), rateMicros);
    }

    private static GiftSent gift(GiftSent g, long coins, Diamonds diamonds, long rateMicros) {
        return new GiftSent(
                g.giftSendId(),
                g.viewerId(),
                null,
                g.liveId(),
                g.creatorId(),
                "rose",
                "Rose",
                1,
                1,
                coins,
                coins,
                g.lots(),
                g.promoCoins(),
                g.shareBps(),
                diamonds,
                rateMicros,
                "USD",
                g.comboId(),
                1,
                1,
                10_000);
    }

    private static GiftReversed withLots(GiftReversed r, List<LotShare> lots) {
        return new GiftReversed(
                r.giftSendId(),
                r.viewerId(),
                r.liveId(),
                r.creatorId(),
                r.giftId(),
                r.coins(),
                lots,
                r.promoCoins(),
                r.diamonds(),
                r.sentAt(),
                List.of(),
                0,
                1,
                false,
                null,
                null);
    }
}

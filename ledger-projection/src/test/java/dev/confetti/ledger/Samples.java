package dev.confetti.ledger;

import dev.confetti.events.CoinEvent.ChargebackLost;
import dev.confetti.events.CoinEvent.ChargebackOpened;
import dev.confetti.events.CoinEvent.ChargebackWon;
import dev.confetti.events.CoinEvent.CoinDebtRecovered;
import dev.confetti.events.CoinEvent.CoinsGranted;
import dev.confetti.events.CoinEvent.CoinsPurchased;
import dev.confetti.events.CoinEvent.PurchaseRefunded;
import dev.confetti.events.ConfettiEvent;
import dev.confetti.events.CreatorEvent.EarningsReleased;
import dev.confetti.events.CreatorEvent.PayoutApproved;
import dev.confetti.events.CreatorEvent.PayoutRejected;
import dev.confetti.events.CreatorEvent.PayoutRequested;
import dev.confetti.events.CreatorEvent.Worth;
import dev.confetti.events.Diamonds;
import dev.confetti.events.EventType;
import dev.confetti.events.GiftEvent.GiftReversed;
import dev.confetti.events.GiftEvent.GiftSent;
import dev.confetti.events.LotShare;
import dev.confetti.ledger.journal.SourceEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Events for tests, with the parts that do not matter filled in. */
public final class Samples {
    public static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private Samples() {}

    public static UUID id(long number) {
        return new UUID(0x5000L, 0x8000_0000_0000_0000L | number);
    }

    public static CoinsPurchased purchase(
            long id,
            String viewer,
            long coins,
            long bonus,
            long priceMinor,
            long taxMinor,
            long commissionMinor,
            String provider) {
        return new CoinsPurchased(
                id(id),
                id(id),
                viewer,
                coins,
                bonus,
                priceMinor,
                taxMinor,
                commissionMinor,
                "USD",
                provider,
                "ref-" + id);
    }

    public static CoinsGranted grant(long id, String viewer, long coins) {
        return new CoinsGranted(id(id), viewer, coins, null);
    }

    /** A gift at a share of 50% and one micro-unit of a dollar per 0.0001 diamond. */
    public static GiftSent gift(
            long id, String viewer, String creator, List<LotShare> lots, long promoCoins) {
        long coins = promoCoins + lots.stream().mapToLong(LotShare::coins).sum();
        return new GiftSent(
                id(id),
                viewer,
                "Ada",
                "live-" + creator,
                creator,
                "rose",
                "Rose",
                1,
                1,
                coins,
                coins,
                lots,
                promoCoins,
                5_000,
                Diamonds.shareOf(coins, 5_000),
                1,
                "USD",
                id(id),
                1,
                1,
                10_000);
    }

    public static GiftReversed reversal(GiftSent gift) {
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
                START,
                List.of(),
                0,
                1,
                false,
                null);
    }

    /** A reversal of what was released. */
    public static GiftReversed reversalAfterRelease(GiftSent gift) {
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
                START,
                List.of(),
                0,
                1,
                true,
                null);
    }

    /** A reversal some of whose lots were closed meanwhile. */
    public static GiftReversed reversal(
            GiftSent gift, List<LotShare> closedLots, long debtLowered) {
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
                START,
                closedLots,
                debtLowered,
                1,
                false,
                null);
    }

    /** The whole price back, tax and commission, too. */
    public static PurchaseRefunded refund(
            long id, CoinsPurchased purchase, long coinsTaken, long frozenCoins) {
        return new PurchaseRefunded(
                id(id),
                purchase.purchaseId(),
                purchase.lotId(),
                purchase.viewerId(),
                coinsTaken,
                frozenCoins,
                purchase.lotCoins() - coinsTaken,
                purchase.priceMinor() + purchase.taxMinor(),
                purchase.commissionMinor(),
                purchase.currency(),
                purchase.provider(),
                "refund-" + id,
                null);
    }

    public static CoinDebtRecovered recovery(
            long id, String viewer, List<LotShare> lots, long promoCoins) {
        long coins = promoCoins + lots.stream().mapToLong(LotShare::coins).sum();
        return new CoinDebtRecovered(id(id), viewer, coins, lots, promoCoins);
    }

    /** Of the whole amount, at a fee of 15.00. */
    public static ChargebackOpened chargeback(long id, CoinsPurchased purchase, long frozenCoins) {
        return new ChargebackOpened(
                id(id),
                purchase.purchaseId(),
                purchase.lotId(),
                purchase.viewerId(),
                frozenCoins,
                purchase.priceMinor() + purchase.taxMinor(),
                1_500,
                purchase.currency(),
                purchase.provider(),
                "dispute-" + id);
    }

    public static ChargebackWon won(ChargebackOpened opened, long coins) {
        return new ChargebackWon(
                opened.chargebackId(),
                opened.purchaseId(),
                opened.lotId(),
                opened.viewerId(),
                coins,
                opened.amountMinor(),
                opened.currency(),
                opened.provider());
    }

    public static ChargebackLost lost(
            ChargebackOpened opened,
            long frozenCoins,
            long coinsTaken,
            long coinsOwed,
            long taxMinor) {
        return new ChargebackLost(
                opened.chargebackId(),
                opened.purchaseId(),
                opened.lotId(),
                opened.viewerId(),
                frozenCoins,
                coinsTaken,
                coinsOwed,
                opened.amountMinor(),
                taxMinor,
                opened.currency(),
                opened.provider());
    }

    public static LotShare share(long lot, long coins) {
        return new LotShare(id(lot), coins);
    }

    /** Puts events in the log's order: positions from 1, one second apart. */
    public static List<SourceEvent> numbered(List<? extends ConfettiEvent> events) {
        List<SourceEvent> numbered = new ArrayList<>();
        for (ConfettiEvent event : events) {
            long position = numbered.size() + 1L;
            numbered.add(source(position, event));
        }
        return numbered;
    }

    public static SourceEvent source(long position, ConfettiEvent event) {
        return new SourceEvent(
                position,
                new UUID(0x5001L, 0x8000_0000_0000_0000L | position),
                EventType.of(event),
                START.plusSeconds(position),
                event);
    }

    /** What follows on them in the example: a release, refunds, debt, a chargeback. */
    public static List<ConfettiEvent> refundsOfTheExample() {
        CoinsPurchased spent = purchase(1, "42", 1000, 50, 1000, 0, 300, "apple");
        CoinsPurchased unspent = purchase(9, "42", 1000, 50, 1000, 0, 300, "apple");
        CoinsPurchased disputed = purchase(13, "42", 1000, 0, 1000, 200, 59, "stripe");
        ChargebackOpened opened = chargeback(14, disputed, 1000);
        return List.of(
                new EarningsReleased(
                        "7",
                        Diamonds.parse("899.5"),
                        4,
                        6,
                        8,
                        List.of(new Worth("USD", 8_995_000))),
                new PayoutRequested(id(20), "7", Diamonds.parse("400"), 400, "USD"),
                new PayoutApproved(id(20), "7", Diamonds.parse("400"), 400, 40, 25, "USD", "fin"),
                new PayoutRequested(id(21), "7", Diamonds.parse("200"), 200, "USD"),
                new PayoutRejected(id(21), "7", Diamonds.parse("200"), 200, "USD", "fin", null),
                unspent,
                refund(10, unspent, 1050, 0),
                refund(11, spent, 0, 0),
                recovery(12, "42", List.of(share(2, 1050)), 0),
                disputed,
                opened,
                lost(opened, 1000, 0, 0, 200));
    }

    /** The eight events of the hand-worked example. */
    public static List<ConfettiEvent> example() {
        GiftSent last = gift(7, "42", "7", List.of(share(2, 100)), 0);
        return List.of(
                purchase(1, "42", 1000, 50, 1000, 0, 300, "apple"),
                purchase(2, "42", 2100, 0, 2000, 400, 88, "stripe"),
                grant(3, "42", 100),
                gift(4, "42", "7", List.of(share(1, 500)), 0),
                gift(5, "42", "7", List.of(share(1, 550), share(2, 649)), 0),
                gift(6, "42", "7", List.of(), 100),
                last,
                reversal(last));
    }
}

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
import dev.confetti.events.CreatorEvent.PayoutFailed;
import dev.confetti.events.CreatorEvent.PayoutRequested;
import dev.confetti.events.CreatorEvent.PayoutReturned;
import dev.confetti.events.CreatorEvent.PayoutSent;
import dev.confetti.events.CreatorEvent.PayoutSettled;
import dev.confetti.events.CreatorEvent.Worth;
import dev.confetti.events.Diamonds;
import dev.confetti.events.EventType;
import dev.confetti.events.FinanceEvent.AdjustmentApproved;
import dev.confetti.events.FinanceEvent.BreakageRecognised;
import dev.confetti.events.FinanceEvent.ProviderSettled;
import dev.confetti.events.GiftEvent.GiftReversed;
import dev.confetti.events.GiftEvent.GiftSent;
import dev.confetti.events.LotShare;
import dev.confetti.ledger.journal.SourceEvent;
import java.time.Duration;
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
                "ref-" + id,
                null);
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
        return reversal(gift, List.of(), 0, false);
    }

    /** A reversal of what was released. */
    public static GiftReversed reversalAfterRelease(GiftSent gift) {
        return reversalAfterRelease(gift, List.of(), 0);
    }

    /** A reversal of what was released, some of whose lots were closed meanwhile. */
    public static GiftReversed reversalAfterRelease(
            GiftSent gift, List<LotShare> closedLots, long debtLowered) {
        return reversal(gift, closedLots, debtLowered, true);
    }

    /** A reversal some of whose lots were closed meanwhile. */
    public static GiftReversed reversal(
            GiftSent gift, List<LotShare> closedLots, long debtLowered) {
        return reversal(gift, closedLots, debtLowered, false);
    }

    private static GiftReversed reversal(
            GiftSent gift, List<LotShare> closedLots, long debtLowered, boolean released) {
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
                released,
                null,
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
        return source(position, event, Duration.ofSeconds(1));
    }

    /** Events from position 1 on, one each step of time. */
    public static List<SourceEvent> numbered(List<? extends ConfettiEvent> events, Duration step) {
        List<SourceEvent> numbered = new ArrayList<>();
        for (ConfettiEvent event : events) {
            numbered.add(source(numbered.size() + 1L, event, step));
        }
        return numbered;
    }

    public static SourceEvent source(long position, ConfettiEvent event, Duration step) {
        return new SourceEvent(
                position,
                new UUID(0x5001L, 0x8000_0000_0000_0000L | position),
                EventType.of(event),
                START.plus(step.multipliedBy(position)),
                event);
    }

    /** The rest of the example, from the release of earnings to the adjustment. */
    public static List<ConfettiEvent> restOfTheExample() {
        CoinsPurchased spent = purchase(1, "42", 1000, 50, 1000, 0, 300, "apple");
        CoinsPurchased unspent = purchase(25, "42", 1000, 50, 1000, 0, 300, "apple");
        CoinsPurchased disputed = purchase(29, "42", 1000, 0, 1000, 200, 59, "stripe");
        ChargebackOpened opened = chargeback(30, disputed, 1000);
        List<ConfettiEvent> rest = new ArrayList<>();
        rest.add(
                new EarningsReleased(
                        "7",
                        Diamonds.parse("899.5"),
                        4,
                        6,
                        8,
                        List.of(new Worth("USD", 8_995_000))));
        PayoutApproved first = payout(101, 400, 400, 40);
        rest.addAll(List.of(requested(first), first, sent(first), settled(first)));
        PayoutApproved second = payout(102, 200, 200, 20);
        rest.addAll(List.of(requested(second), second, sent(second), failed(second)));
        PayoutApproved third = payout(103, 200, 200, 20);
        rest.addAll(List.of(requested(third), third, sent(third), settled(third)));
        rest.add(returned(third, 35));
        rest.addAll(
                List.of(
                        settlement(23, "1021:receivable:apple", "apple", 700),
                        settlement(24, "1020:receivable:psp", "stripe", 2_312),
                        unspent,
                        refund(26, unspent, 1050, 0),
                        refund(27, spent, 0, 0),
                        recovery(28, "42", List.of(share(2, 1050)), 0),
                        disputed,
                        opened,
                        lost(opened, 1000, 0, 0, 200),
                        new BreakageRecognised(
                                id(32), "2026-03", "USD", 500_000, "fin", "fin-2", null),
                        grant(33, "42", 10),
                        new AdjustmentApproved(
                                id(34), "5090:adjustments", "1010:bank", 30_000, "USD", "fin-2")));
        return rest;
    }

    /** An approved payout of creator 7 at a fee of 0.25. */
    public static PayoutApproved payout(
            long id, long diamonds, long amountMinor, long withholdingMinor) {
        return new PayoutApproved(
                id(id),
                "7",
                new Diamonds(diamonds * 10_000),
                amountMinor,
                withholdingMinor,
                25,
                "USD",
                "fin");
    }

    /** Its request, which came before. */
    public static PayoutRequested requested(PayoutApproved payout) {
        return new PayoutRequested(
                payout.payoutId(),
                payout.creatorId(),
                payout.diamonds(),
                payout.amountMinor(),
                payout.currency());
    }

    public static PayoutSent sent(PayoutApproved payout) {
        return new PayoutSent(
                payout.payoutId(),
                payout.creatorId(),
                id(900),
                payout.diamonds(),
                payout.amountMinor(),
                payout.withholdingMinor(),
                payout.feeMinor(),
                payout.currency());
    }

    public static PayoutSettled settled(PayoutApproved payout) {
        return new PayoutSettled(
                payout.payoutId(),
                payout.creatorId(),
                payout.netMinor(),
                0,
                payout.currency(),
                id(901),
                null);
    }

    public static PayoutFailed failed(PayoutApproved payout) {
        return new PayoutFailed(
                payout.payoutId(),
                payout.creatorId(),
                payout.diamonds(),
                payout.amountMinor(),
                payout.withholdingMinor(),
                payout.feeMinor(),
                payout.currency(),
                id(902),
                "AC04",
                null);
    }

    public static PayoutReturned returned(PayoutApproved payout, long chargesMinor) {
        return new PayoutReturned(
                payout.payoutId(),
                payout.creatorId(),
                payout.diamonds(),
                payout.amountMinor(),
                payout.withholdingMinor(),
                payout.feeMinor(),
                chargesMinor,
                payout.currency(),
                id(903),
                "AC01",
                null);
    }

    private static ProviderSettled settlement(
            long id, String account, String provider, long amountMinor) {
        return new ProviderSettled(
                id(id),
                account,
                provider,
                "settlement-" + id,
                "USD",
                amountMinor,
                amountMinor,
                0,
                0,
                1,
                "ab".repeat(32),
                "fin");
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

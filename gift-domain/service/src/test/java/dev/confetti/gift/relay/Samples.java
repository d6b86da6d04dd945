package dev.confetti.gift.relay;

import dev.confetti.events.CoinEvent.ChargebackLost;
import dev.confetti.events.CoinEvent.ChargebackOpened;
import dev.confetti.events.CoinEvent.ChargebackWon;
import dev.confetti.events.CoinEvent.CoinDebtRecovered;
import dev.confetti.events.CoinEvent.CoinsGranted;
import dev.confetti.events.CoinEvent.CoinsPurchased;
import dev.confetti.events.CoinEvent.PurchaseRefunded;
import dev.confetti.events.CoinEvent.SpendingLimitSet;
import dev.confetti.events.CoinEvent.WalletBlocked;
import dev.confetti.events.CoinEvent.WalletUnblocked;
import dev.confetti.events.ConfettiEvent;
import dev.confetti.events.CreatorEvent.EarningsReleased;
import dev.confetti.events.CreatorEvent.EarningsRevalued;
import dev.confetti.events.CreatorEvent.PayoutApproved;
import dev.confetti.events.CreatorEvent.PayoutFailed;
import dev.confetti.events.CreatorEvent.PayoutOutcome;
import dev.confetti.events.CreatorEvent.PayoutRejected;
import dev.confetti.events.CreatorEvent.PayoutRequested;
import dev.confetti.events.CreatorEvent.PayoutResolutionRequested;
import dev.confetti.events.CreatorEvent.PayoutReturned;
import dev.confetti.events.CreatorEvent.PayoutSent;
import dev.confetti.events.CreatorEvent.PayoutSettled;
import dev.confetti.events.CreatorEvent.PayoutWithdrawn;
import dev.confetti.events.CreatorEvent.PayoutsHeld;
import dev.confetti.events.CreatorEvent.PayoutsResumed;
import dev.confetti.events.CreatorEvent.Worth;
import dev.confetti.events.Diamonds;
import dev.confetti.events.EventType;
import dev.confetti.events.FinanceEvent.AdjustmentApproved;
import dev.confetti.events.FinanceEvent.AdjustmentRejected;
import dev.confetti.events.FinanceEvent.AdjustmentRequested;
import dev.confetti.events.FinanceEvent.BankMessageReceived;
import dev.confetti.events.FinanceEvent.BreakageRecognised;
import dev.confetti.events.FinanceEvent.PayoutBatchCreated;
import dev.confetti.events.FinanceEvent.PeriodClosed;
import dev.confetti.events.FinanceEvent.ProviderSettled;
import dev.confetti.events.GiftEvent.GiftReversed;
import dev.confetti.events.GiftEvent.GiftSent;
import dev.confetti.events.LiveEvent.EndReason;
import dev.confetti.events.LiveEvent.LiveAway;
import dev.confetti.events.LiveEvent.LiveCreated;
import dev.confetti.events.LiveEvent.LiveEnded;
import dev.confetti.events.LiveEvent.LiveStarted;
import dev.confetti.events.LotShare;
import dev.confetti.events.PersonEvent.BoardVisibilityChanged;
import dev.confetti.events.PersonEvent.PersonForgotten;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** One event of every type, as it stands in the log. */
final class Samples {
    private static final UUID ID = UUID.fromString("5f0c3a0e-1111-5222-8333-444455556666");
    private static final Instant WHEN = Instant.parse("2026-11-22T12:00:00Z");

    private Samples() {}

    static ConfettiEvent of(EventType type, String viewer, String live, String creator) {
        return switch (type) {
            case COINS_PURCHASED ->
                    new CoinsPurchased(
                            ID, ID, viewer, 500, 50, 499, 95, 150, "EUR", "sandbox", "r-1", "DE");
            case COINS_GRANTED -> new CoinsGranted(ID, viewer, 20, null);
            case PURCHASE_REFUNDED ->
                    new PurchaseRefunded(
                            ID, ID, ID, viewer, 300, 0, 250, 594, 150, "EUR", "sandbox", "r-2",
                            null);
            case COIN_DEBT_RECOVERED ->
                    new CoinDebtRecovered(ID, viewer, 250, List.of(new LotShare(ID, 250)), 0);
            case CHARGEBACK_OPENED ->
                    new ChargebackOpened(
                            ID, ID, ID, viewer, 300, 594, 1500, "EUR", "sandbox", "d-1");
            case CHARGEBACK_WON ->
                    new ChargebackWon(ID, ID, ID, viewer, 300, 594, "EUR", "sandbox");
            case CHARGEBACK_LOST ->
                    new ChargebackLost(ID, ID, ID, viewer, 300, 0, 250, 594, 95, "EUR", "sandbox");
            case EARNINGS_RELEASED ->
                    new EarningsReleased(
                            creator,
                            new Diamonds(50_000),
                            1,
                            2,
                            2,
                            List.of(new Worth("EUR", 50_000)));
            case EARNINGS_REVALUED ->
                    new EarningsRevalued(
                            ID,
                            creator,
                            1,
                            "EUR",
                            2,
                            new Diamonds(50_000),
                            List.of(new Worth("USD", 50_000)),
                            Diamonds.ZERO,
                            List.of(),
                            "fin",
                            "ance");
            case PAYOUT_REQUESTED ->
                    new PayoutRequested(ID, creator, new Diamonds(50_000), 5, "EUR");
            case PAYOUT_APPROVED ->
                    new PayoutApproved(ID, creator, new Diamonds(50_000), 5, 1, 1, "EUR", "fin");
            case PAYOUT_REJECTED ->
                    new PayoutRejected(ID, creator, new Diamonds(50_000), 5, "EUR", "fin", null);
            case PAYOUT_WITHDRAWN ->
                    new PayoutWithdrawn(
                            ID, creator, new Diamonds(50_000), 5, 1, 1, "EUR", "fin", null);
            case PAYOUT_SENT ->
                    new PayoutSent(ID, creator, ID, new Diamonds(50_000), 5, 1, 1, "EUR");
            case PAYOUT_RESOLUTION_REQUESTED ->
                    new PayoutResolutionRequested(
                            ID, ID, creator, PayoutOutcome.SETTLED, 0, "EUR", "fin", null);
            case PAYOUT_SETTLED -> new PayoutSettled(ID, creator, 3, 0, "EUR", ID, null);
            case PAYOUT_FAILED ->
                    new PayoutFailed(
                            ID, creator, new Diamonds(50_000), 5, 1, 1, "EUR", ID, "AC04", null);
            case PAYOUT_RETURNED ->
                    new PayoutReturned(
                            ID, creator, new Diamonds(50_000), 5, 1, 1, 1, "EUR", ID, null, null);
            case PAYOUTS_HELD -> new PayoutsHeld(creator, "fin", null);
            case PAYOUTS_RESUMED -> new PayoutsResumed(creator, "fin", null);
            case PAYOUT_BATCH_CREATED -> new PayoutBatchCreated(ID, List.of(ID), "fin");
            case BANK_MESSAGE_RECEIVED ->
                    new BankMessageReceived(ID, "camt.053", "STMT-1", 2, "fin");
            case PROVIDER_SETTLED ->
                    new ProviderSettled(
                            ID,
                            "1021:receivable:apple",
                            "apple",
                            "2026-11",
                            "EUR",
                            700,
                            700,
                            0,
                            0,
                            1,
                            "cd".repeat(32),
                            "fin");
            case ADJUSTMENT_REQUESTED ->
                    new AdjustmentRequested(
                            ID, "5090:adjustments", "1010:bank", 30_000, "EUR", "fin", null);
            case ADJUSTMENT_APPROVED ->
                    new AdjustmentApproved(
                            ID, "5090:adjustments", "1010:bank", 30_000, "EUR", "fin-2");
            case ADJUSTMENT_REJECTED ->
                    new AdjustmentRejected(
                            ID, "5090:adjustments", "1010:bank", 30_000, "EUR", "fin-2", null);
            case BREAKAGE_RECOGNISED ->
                    new BreakageRecognised(ID, "2026-11", "EUR", 500_000, "fin", "fin-2", null);
            case PERIOD_CLOSED -> new PeriodClosed("2026-11", 7, "ab".repeat(32), "fin");
            case WALLET_BLOCKED -> new WalletBlocked(viewer, null);
            case WALLET_UNBLOCKED -> new WalletUnblocked(viewer, null);
            case SPENDING_LIMIT_SET -> new SpendingLimitSet(viewer, 500L, WHEN);
            case PERSON_FORGOTTEN -> new PersonForgotten(viewer, "admin");
            case BOARD_VISIBILITY_CHANGED -> new BoardVisibilityChanged(viewer, true, "admin");
            case GIFT_SENT ->
                    new GiftSent(
                            ID,
                            viewer,
                            null,
                            live,
                            creator,
                            "rose",
                            "Rose \"red\"",
                            1,
                            2,
                            5,
                            10,
                            List.of(new LotShare(ID, 10)),
                            0,
                            5000,
                            new Diamonds(50_000),
                            125,
                            "EUR",
                            ID,
                            2,
                            1,
                            10_000);
            case GIFT_REVERSED ->
                    new GiftReversed(
                            ID,
                            viewer,
                            live,
                            creator,
                            "rose",
                            10,
                            List.of(),
                            10,
                            new Diamonds(50_000),
                            WHEN,
                            List.of(),
                            0,
                            1,
                            false,
                            null,
                            null);
            case LIVE_CREATED -> new LiveCreated(live, creator, null, null, null);
            case LIVE_STARTED -> new LiveStarted(live, creator, ID);
            case LIVE_AWAY -> new LiveAway(live, creator, ID);
            case LIVE_ENDED -> new LiveEnded(live, creator, EndReason.PUBLISHER_GONE);
        };
    }
}

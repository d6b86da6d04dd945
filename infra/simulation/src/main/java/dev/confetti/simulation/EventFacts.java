package dev.confetti.simulation;

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
import dev.confetti.events.CreatorEvent.ChargedPayoutMoved;
import dev.confetti.events.CreatorEvent.EarningsReleased;
import dev.confetti.events.CreatorEvent.EarningsRevalued;
import dev.confetti.events.CreatorEvent.PayoutApproved;
import dev.confetti.events.CreatorEvent.PayoutFailed;
import dev.confetti.events.CreatorEvent.PayoutMoved;
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
import dev.confetti.events.FinanceEvent;
import dev.confetti.events.FinanceEvent.AdjustmentApproved;
import dev.confetti.events.FinanceEvent.AdjustmentEvent;
import dev.confetti.events.FinanceEvent.AdjustmentRejected;
import dev.confetti.events.FinanceEvent.AdjustmentRequested;
import dev.confetti.events.FinanceEvent.BankMessageReceived;
import dev.confetti.events.FinanceEvent.BreakageRecognised;
import dev.confetti.events.FinanceEvent.PayoutBatchCreated;
import dev.confetti.events.FinanceEvent.PeriodClosed;
import dev.confetti.events.FinanceEvent.ProviderSettled;
import dev.confetti.events.GiftEvent;
import dev.confetti.events.GiftEvent.GiftReversed;
import dev.confetti.events.GiftEvent.GiftSent;
import dev.confetti.events.LiveEvent.EndReason;
import dev.confetti.events.LiveEvent.LiveAway;
import dev.confetti.events.LiveEvent.LiveCreated;
import dev.confetti.events.LiveEvent.LiveEnded;
import dev.confetti.events.LiveEvent.LiveStarted;
import dev.confetti.events.LogRecord;
import dev.confetti.events.LotShare;
import dev.confetti.events.PersonEvent.BoardVisibilityChanged;
import dev.confetti.events.PersonEvent.PersonForgotten;
import dev.confetti.simulation.model.Facts;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Events of the service in the model's words. */
final class EventFacts {
    private EventFacts() {}

    /** What an event says, without its place in the log. */
    static Facts of(LogRecord row, String type) {
        Facts facts = new Facts(type);
        return switch (row.event()) {
            case CoinsPurchased event ->
                    facts.with("viewer", event.viewerId())
                            .with("purchase", event.purchaseId())
                            .with("lot", event.lotId())
                            .with("coins", event.coins())
                            .with("bonusCoins", event.bonusCoins())
                            .with("priceMinor", event.priceMinor());
            case CoinsGranted event ->
                    facts.with("viewer", event.viewerId())
                            .with("grant", event.grantId())
                            .with("coins", event.coins());
            case PurchaseRefunded event ->
                    facts.with("viewer", event.viewerId())
                            .with("refund", event.refundId())
                            .with("purchase", event.purchaseId())
                            .with("lot", event.lotId())
                            .with("coinsTaken", event.coinsTaken())
                            .with("frozenCoins", event.frozenCoins())
                            .with("coinsOwed", event.coinsOwed())
                            .with("amountMinor", event.amountMinor());
            case CoinDebtRecovered event ->
                    lots(facts, event.lots())
                            .with("viewer", event.viewerId())
                            .with("recovery", event.recoveryId())
                            .with("coins", event.coins())
                            .with("promoCoins", event.promoCoins());
            case ChargebackOpened event ->
                    facts.with("viewer", event.viewerId())
                            .with("chargeback", event.chargebackId())
                            .with("purchase", event.purchaseId())
                            .with("lot", event.lotId())
                            .with("frozenCoins", event.frozenCoins())
                            .with("amountMinor", event.amountMinor())
                            .with("feeMinor", event.feeMinor());
            case ChargebackWon event ->
                    facts.with("viewer", event.viewerId())
                            .with("chargeback", event.chargebackId())
                            .with("purchase", event.purchaseId())
                            .with("lot", event.lotId())
                            .with("coins", event.coins());
            case ChargebackLost event ->
                    facts.with("viewer", event.viewerId())
                            .with("chargeback", event.chargebackId())
                            .with("purchase", event.purchaseId())
                            .with("lot", event.lotId())
                            .with("frozenCoins", event.frozenCoins())
                            .with("coinsTaken", event.coinsTaken())
                            .with("coinsOwed", event.coinsOwed());
            case SpendingLimitSet event ->
                    facts.with("viewer", event.viewerId())
                            .with("coinsPerDay", event.coinsPerDay())
                            .with("effectiveAt", event.effectiveAt());
            case WalletBlocked event -> facts.with("viewer", event.viewerId());
            case WalletUnblocked event -> facts.with("viewer", event.viewerId());
            case GiftSent event ->
                    gift(facts, event, event.coins(), event.promoCoins(), event.lots())
                            .with("giftId", event.giftId())
                            .with("giftName", event.giftName())
                            .with("tier", event.tier())
                            .with("quantity", event.quantity())
                            .with("unitCoins", event.unitCoins())
                            .with("diamonds", event.diamonds().tenThousandths())
                            .with("shareBps", event.shareBps())
                            .with("combo", event.comboId())
                            .with("comboCount", event.comboCount())
                            .with("comboWindowMs", event.comboWindowMs())
                            .with("catalogueVersion", event.catalogueVersion());
            case GiftReversed event ->
                    gift(facts, event, event.coins(), event.promoCoins(), event.lots())
                            .with("giftId", event.giftId())
                            .with("diamonds", event.diamonds().tenThousandths())
                            .with("sentAt", event.sentAt())
                            .with("closedCoins", event.closedCoins())
                            .with("debtLowered", event.debtLowered())
                            .with("sentPosition", event.sentPosition())
                            .with("earningsReleased", event.earningsReleased())
                            .with("revalued", text(event.revalued()));
            case EarningsReleased event -> released(facts, event);
            case EarningsRevalued event -> revalued(facts, event);
            case PayoutRequested event -> moved(facts, event);
            case PayoutApproved event -> charged(facts, event).with("by", event.approvedBy());
            case PayoutRejected event -> moved(facts, event).with("by", event.rejectedBy());
            case PayoutWithdrawn event -> charged(facts, event).with("by", event.withdrawnBy());
            case PayoutResolutionRequested event ->
                    facts.with("creator", event.creatorId())
                            .with("payout", event.payoutId())
                            .with("resolution", event.resolutionId())
                            .with("outcome", event.outcome().text())
                            .with("chargesMinor", event.chargesMinor())
                            .with("by", event.requestedBy());
            case PayoutSent event -> charged(facts, event).with("batch", event.batchId());
            case PayoutsHeld event ->
                    facts.with("creator", event.creatorId()).with("by", event.heldBy());
            case PayoutsResumed event ->
                    facts.with("creator", event.creatorId()).with("by", event.resumedBy());
            case PayoutSettled event ->
                    facts.with("creator", event.creatorId())
                            .with("payout", event.payoutId())
                            .with("netMinor", event.netMinor())
                            .with("chargesMinor", event.chargesMinor())
                            .with("bankMessage", event.bankMessageId())
                            .with("bankReason", null)
                            .with("agreedBy", event.resolvedBy());
            case PayoutFailed event ->
                    charged(facts, event)
                            .with("bankMessage", event.bankMessageId())
                            .with("bankReason", event.bankReason())
                            .with("agreedBy", event.resolvedBy());
            case PayoutReturned event ->
                    charged(facts, event)
                            .with("chargesMinor", event.chargesMinor())
                            .with("bankMessage", event.bankMessageId())
                            .with("bankReason", event.bankReason())
                            .with("agreedBy", event.resolvedBy());
            case FinanceEvent event -> ofFinance(facts, event);
            case PersonForgotten event ->
                    facts.with("person", event.personId()).with("by", event.forgottenBy());
            case BoardVisibilityChanged event ->
                    facts.with("person", event.personId())
                            .with("hidden", event.hidden())
                            .with("by", event.changedBy());
            case LiveCreated event ->
                    facts.with("live", event.liveId()).with("creator", event.creatorId());
            case LiveStarted event ->
                    facts.with("live", event.liveId())
                            .with("creator", event.creatorId())
                            .with("publisher", event.publisherId());
            case LiveAway event ->
                    facts.with("live", event.liveId())
                            .with("creator", event.creatorId())
                            .with("publisher", event.publisherId());
            case LiveEnded event ->
                    facts.with("live", event.liveId())
                            .with("creator", event.creatorId())
                            .with("byCreator", event.reason() == EndReason.ENDED_BY_CREATOR);
        };
    }

    private static Facts ofFinance(Facts facts, FinanceEvent finance) {
        return switch (finance) {
            case PayoutBatchCreated event -> batch(facts, event);
            case BankMessageReceived event ->
                    facts.with("message", event.bankMessageId())
                            .with("kind", event.kind())
                            .with("reference", event.reference())
                            .with("lines", event.lines())
                            .with("by", event.receivedBy());
            case ProviderSettled event ->
                    facts.with("settlement", event.settlementId())
                            .with("account", event.account())
                            .with("reference", event.reference())
                            .with("bankMinor", event.bankMinor())
                            .with("receivableMinor", event.receivableMinor())
                            .with("commissionMinor", event.commissionMinor())
                            .with("suspenseMinor", event.suspenseMinor())
                            .with("lines", event.lines())
                            .with("by", event.settledBy());
            case AdjustmentRequested event ->
                    adjustment(facts, event).with("by", event.requestedBy());
            case AdjustmentApproved event ->
                    adjustment(facts, event).with("by", event.approvedBy());
            case AdjustmentRejected event ->
                    adjustment(facts, event).with("by", event.rejectedBy());
            case BreakageRecognised event ->
                    facts.with("breakage", event.breakageId())
                            .with("period", event.period())
                            .with("amountMicros", event.amountMicros())
                            .with("requestedBy", event.requestedBy())
                            .with("by", event.recognisedBy());
            case PeriodClosed event ->
                    facts.with("period", event.period())
                            .with("throughPosition", event.throughPosition())
                            .with("by", event.closedBy());
        };
    }

    private static Facts moved(Facts facts, PayoutMoved event) {
        return facts.with("creator", event.creatorId())
                .with("payout", event.payoutId())
                .with("diamonds", event.diamonds().tenThousandths())
                .with("amountMinor", event.amountMinor());
    }

    private static Facts charged(Facts facts, ChargedPayoutMoved event) {
        return moved(facts, event)
                .with("withholdingMinor", event.withholdingMinor())
                .with("feeMinor", event.feeMinor());
    }

    private static Facts adjustment(Facts facts, AdjustmentEvent event) {
        return facts.with("adjustment", event.adjustmentId())
                .with("debit", event.debitAccount())
                .with("credit", event.creditAccount())
                .with("amountMicros", event.amountMicros());
    }

    private static Facts batch(Facts facts, PayoutBatchCreated event) {
        Facts batch = facts.with("batch", event.batchId()).with("by", event.createdBy());
        for (int i = 0; i < event.payoutIds().size(); i++) {
            batch = batch.with("payout " + i, event.payoutIds().get(i));
        }
        return batch;
    }

    private static Facts released(Facts facts, EarningsReleased event) {
        Facts released =
                facts.with("creator", event.creatorId())
                        .with("diamonds", event.diamonds().tenThousandths())
                        .with("fromPosition", event.fromPosition())
                        .with("throughPosition", event.throughPosition())
                        .with("countedThrough", event.countedThrough());
        for (Worth worth : event.amounts()) {
            released = released.with(worth.currency(), worth.micros());
        }
        return released;
    }

    private static Facts revalued(Facts facts, EarningsRevalued event) {
        Facts revalued =
                facts.with("revaluation", event.revaluationId())
                        .with("creator", event.creatorId())
                        .with("throughPosition", event.throughPosition())
                        .with("currency", event.currency())
                        .with("rateMicros", event.rateMicros())
                        .with("pending", event.pending().tenThousandths())
                        .with("available", event.available().tenThousandths())
                        .with("requestedBy", event.requestedBy())
                        .with("by", event.approvedBy());
        for (Worth before : event.pendingAmounts()) {
            revalued = revalued.with("pending " + before.currency(), before.micros());
        }
        for (Worth before : event.availableAmounts()) {
            revalued = revalued.with("available " + before.currency(), before.micros());
        }
        return revalued;
    }

    private static @Nullable String text(@Nullable Worth worth) {
        return worth == null ? null : worth.currency() + " " + worth.micros();
    }

    private static Facts gift(
            Facts facts, GiftEvent event, long coins, long promoCoins, List<LotShare> lots) {
        return lots(facts, lots)
                .with("gift", event.giftSendId())
                .with("viewer", event.viewerId())
                .with("live", event.liveId())
                .with("creator", event.creatorId())
                .with("coins", coins)
                .with("promoCoins", promoCoins);
    }

    private static Facts lots(Facts facts, List<LotShare> lots) {
        Facts more = facts;
        for (int i = 0; i < lots.size(); i++) {
            more =
                    more.with("lot " + i, lots.get(i).lotId())
                            .with("lot " + i + " coins", lots.get(i).coins());
        }
        return more;
    }
}

package dev.confetti.events;

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
import dev.confetti.events.CreatorEvent.EarningsReleased;
import dev.confetti.events.CreatorEvent.EarningsRevalued;
import dev.confetti.events.CreatorEvent.PayoutApproved;
import dev.confetti.events.CreatorEvent.PayoutFailed;
import dev.confetti.events.CreatorEvent.PayoutRejected;
import dev.confetti.events.CreatorEvent.PayoutRequested;
import dev.confetti.events.CreatorEvent.PayoutResolutionRequested;
import dev.confetti.events.CreatorEvent.PayoutReturned;
import dev.confetti.events.CreatorEvent.PayoutSent;
import dev.confetti.events.CreatorEvent.PayoutSettled;
import dev.confetti.events.CreatorEvent.PayoutWithdrawn;
import dev.confetti.events.CreatorEvent.PayoutsHeld;
import dev.confetti.events.CreatorEvent.PayoutsResumed;
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
import dev.confetti.events.LiveEvent.LiveAway;
import dev.confetti.events.LiveEvent.LiveCreated;
import dev.confetti.events.LiveEvent.LiveEnded;
import dev.confetti.events.LiveEvent.LiveStarted;
import dev.confetti.events.PersonEvent.BoardVisibilityChanged;
import dev.confetti.events.PersonEvent.PersonForgotten;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The name, the topic and the shape of each kind of event. */
public enum EventType {
    COINS_PURCHASED("confetti.coins-purchased.v1", Topic.COINS, CoinsPurchased.class),
    COINS_GRANTED("confetti.coins-granted.v1", Topic.COINS, CoinsGranted.class),
    PURCHASE_REFUNDED("confetti.purchase-refunded.v1", Topic.COINS, PurchaseRefunded.class),
    COIN_DEBT_RECOVERED("confetti.coin-debt-recovered.v1", Topic.COINS, CoinDebtRecovered.class),
    CHARGEBACK_OPENED("confetti.chargeback-opened.v1", Topic.COINS, ChargebackOpened.class),
    CHARGEBACK_WON("confetti.chargeback-won.v1", Topic.COINS, ChargebackWon.class),
    CHARGEBACK_LOST("confetti.chargeback-lost.v1", Topic.COINS, ChargebackLost.class),
    WALLET_BLOCKED("confetti.wallet-blocked.v1", Topic.COINS, WalletBlocked.class),
    WALLET_UNBLOCKED("confetti.wallet-unblocked.v1", Topic.COINS, WalletUnblocked.class),
    SPENDING_LIMIT_SET("confetti.spending-limit-set.v1", Topic.COINS, SpendingLimitSet.class),
    PERSON_FORGOTTEN("confetti.person-forgotten.v1", Topic.COINS, PersonForgotten.class),
    BOARD_VISIBILITY_CHANGED(
            "confetti.board-visibility-changed.v1", Topic.COINS, BoardVisibilityChanged.class),
    GIFT_SENT("confetti.gift-sent.v1", Topic.GIFTS, GiftSent.class),
    GIFT_REVERSED("confetti.gift-reversed.v1", Topic.GIFTS, GiftReversed.class),
    EARNINGS_RELEASED("confetti.earnings-released.v1", Topic.CREATORS, EarningsReleased.class),
    EARNINGS_REVALUED("confetti.earnings-revalued.v1", Topic.CREATORS, EarningsRevalued.class),
    PAYOUT_REQUESTED("confetti.payout-requested.v1", Topic.CREATORS, PayoutRequested.class),
    PAYOUT_APPROVED("confetti.payout-approved.v1", Topic.CREATORS, PayoutApproved.class),
    PAYOUT_REJECTED("confetti.payout-rejected.v1", Topic.CREATORS, PayoutRejected.class),
    PAYOUT_WITHDRAWN("confetti.payout-withdrawn.v1", Topic.CREATORS, PayoutWithdrawn.class),
    PAYOUT_SENT("confetti.payout-sent.v1", Topic.CREATORS, PayoutSent.class),
    PAYOUT_RESOLUTION_REQUESTED(
            "confetti.payout-resolution-requested.v1",
            Topic.CREATORS,
            PayoutResolutionRequested.class),
    PAYOUT_SETTLED("confetti.payout-settled.v1", Topic.CREATORS, PayoutSettled.class),
    PAYOUT_FAILED("confetti.payout-failed.v1", Topic.CREATORS, PayoutFailed.class),
    PAYOUT_RETURNED("confetti.payout-returned.v1", Topic.CREATORS, PayoutReturned.class),
    PAYOUTS_HELD("confetti.payouts-held.v1", Topic.CREATORS, PayoutsHeld.class),
    PAYOUTS_RESUMED("confetti.payouts-resumed.v1", Topic.CREATORS, PayoutsResumed.class),
    LIVE_CREATED("confetti.live-created.v1", Topic.LIVES, LiveCreated.class),
    LIVE_STARTED("confetti.live-started.v1", Topic.LIVES, LiveStarted.class),
    LIVE_AWAY("confetti.live-away.v1", Topic.LIVES, LiveAway.class),
    LIVE_ENDED("confetti.live-ended.v1", Topic.LIVES, LiveEnded.class),
    PAYOUT_BATCH_CREATED(
            "confetti.payout-batch-created.v1", Topic.FINANCE, PayoutBatchCreated.class),
    BANK_MESSAGE_RECEIVED(
            "confetti.bank-message-received.v1", Topic.FINANCE, BankMessageReceived.class),
    PROVIDER_SETTLED("confetti.provider-settled.v1", Topic.FINANCE, ProviderSettled.class),
    ADJUSTMENT_REQUESTED(
            "confetti.adjustment-requested.v1", Topic.FINANCE, AdjustmentRequested.class),
    ADJUSTMENT_APPROVED("confetti.adjustment-approved.v1", Topic.FINANCE, AdjustmentApproved.class),
    ADJUSTMENT_REJECTED("confetti.adjustment-rejected.v1", Topic.FINANCE, AdjustmentRejected.class),
    BREAKAGE_RECOGNISED("confetti.breakage-recognised.v1", Topic.FINANCE, BreakageRecognised.class),
    PERIOD_CLOSED("confetti.period-closed.v1", Topic.FINANCE, PeriodClosed.class);

    private static final Map<String, EventType> BY_NAME =
            Arrays.stream(values())
                    .collect(Collectors.toMap(EventType::typeName, Function.identity()));
    private static final Map<Class<?>, EventType> BY_CLASS =
            Arrays.stream(values())
                    .collect(Collectors.toMap(EventType::eventClass, Function.identity()));

    private final String typeName;
    private final Topic topic;
    private final Class<? extends ConfettiEvent> eventClass;

    EventType(String typeName, Topic topic, Class<? extends ConfettiEvent> eventClass) {
        this.typeName = typeName;
        this.topic = topic;
        this.eventClass = eventClass;
    }

    /**
     * The CloudEvents type, such as {@code confetti.gift-sent.v1}; also the log's {@code type}
     * column.
     */
    public String typeName() {
        return typeName;
    }

    public Topic topic() {
        return topic;
    }

    public Class<? extends ConfettiEvent> eventClass() {
        return eventClass;
    }

    public static EventType of(ConfettiEvent event) {
        EventType type = BY_CLASS.get(event.getClass());
        if (type == null) {
            throw new UnknownEventTypeException(event.getClass().getName());
        }
        return type;
    }

    /**
     * The type of a name.
     *
     * @throws UnknownEventTypeException when this build does not know the type: whoever books
     *     events must stop then, not skip
     */
    public static EventType named(String typeName) {
        EventType type = BY_NAME.get(typeName);
        if (type == null) {
            throw new UnknownEventTypeException(typeName);
        }
        return type;
    }
}

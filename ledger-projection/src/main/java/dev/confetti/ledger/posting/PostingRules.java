package dev.confetti.ledger.posting;

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
import dev.confetti.events.LiveEvent;
import dev.confetti.events.PersonEvent;
import java.util.Optional;
import java.util.UUID;

/** Which rule books which event: one exhaustive function. */
public final class PostingRules {
    private PostingRules() {}

    /**
     * The entry of an event.
     *
     * @param position the event's place in the log, above that of everything in {@code books}
     * @param eventId names an entry that has no other name
     * @param books the books as they stand before the event; not changed
     * @return empty when the event moves no coins, diamonds or money
     * @throws UnpostableEventException when the event contradicts itself or the books
     */
    public static Optional<EntryDraft> draft(
            long position, UUID eventId, ConfettiEvent event, Books books) {
        try {
            return switch (event) {
                case CoinsPurchased purchased ->
                        Optional.of(CoinPostings.purchased(position, purchased, books));
                case CoinsGranted granted -> Optional.of(CoinPostings.granted(granted));
                case PurchaseRefunded refunded ->
                        Optional.of(PurchasePostings.refunded(refunded, books));
                case CoinDebtRecovered recovered ->
                        Optional.of(PurchasePostings.recovered(recovered, books));
                case ChargebackOpened opened -> Optional.of(PurchasePostings.opened(opened, books));
                case ChargebackWon won -> Optional.of(PurchasePostings.won(won, books));
                case ChargebackLost lost -> Optional.of(PurchasePostings.lost(lost, books));
                case EarningsReleased released ->
                        Optional.of(EarningPostings.released(eventId, released, books));
                case EarningsRevalued revalued -> RevaluationPostings.revalued(revalued, books);
                case PayoutRequested requested ->
                        Optional.of(PayoutPostings.requested(requested, books));
                case PayoutApproved approved -> Optional.of(PayoutPostings.approved(approved));
                case PayoutRejected rejected ->
                        Optional.of(PayoutPostings.rejected(rejected, books));
                case PayoutWithdrawn withdrawn ->
                        Optional.of(PayoutPostings.withdrawn(withdrawn, books));
                case PayoutSent sent -> Optional.of(PayoutPostings.sent(sent));
                case PayoutSettled settled -> Optional.of(PayoutPostings.settled(settled));
                case PayoutFailed failed -> Optional.of(PayoutPostings.failed(failed, books));
                case PayoutReturned returned ->
                        Optional.of(PayoutPostings.returned(returned, books));
                case ProviderSettled settled -> FinancePostings.settled(settled);
                case AdjustmentApproved approved -> Optional.of(FinancePostings.adjusted(approved));
                case BreakageRecognised breakage -> Optional.of(FinancePostings.breakage(breakage));
                case GiftSent sent -> Optional.of(GiftPostings.sent(sent, books));
                case GiftReversed reversed -> Optional.of(GiftPostings.reversed(reversed, books));
                case WalletBlocked _,
                        WalletUnblocked _,
                        SpendingLimitSet _,
                        PayoutResolutionRequested _,
                        PayoutsHeld _,
                        PayoutsResumed _,
                        PayoutBatchCreated _,
                        BankMessageReceived _,
                        AdjustmentRequested _,
                        AdjustmentRejected _,
                        PeriodClosed _,
                        LiveEvent _,
                        PersonEvent _ ->
                        Optional.empty();
            };
        } catch (ArithmeticException e) {
            throw new UnpostableEventException(
                    event + ": expected amounts within 64 bits at the ledger's scale", e);
        }
    }
}

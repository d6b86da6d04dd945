package dev.confetti.gift.earning;

import dev.confetti.events.ConfettiEvent;
import dev.confetti.events.CreatorEvent;
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
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/**
 * What a creator's own events add up to; immutable. Gifts and reversals are not among them.
 *
 * @param releasedThrough through which position earnings are released
 * @param payoutEvents how many events there were other than releases
 * @param isHeld whether nothing is paid for now
 * @param payouts those that are under way, and those that were settled: they may be returned
 */
record CreatorState(
        long releasedThrough, long payoutEvents, boolean isHeld, Map<UUID, OpenPayout> payouts) {
    static final CreatorState NONE = new CreatorState(0, 0, false, Map.of());

    CreatorState {
        payouts = Map.copyOf(payouts);
    }

    CreatorState evolve(ConfettiEvent event) {
        if (!(event instanceof CreatorEvent ofCreator)) {
            throw new IllegalStateException(
                    "event " + event + " of a creator: expected a release or a payout");
        }
        return switch (ofCreator) {
            case EarningsReleased released ->
                    new CreatorState(released.throughPosition(), payoutEvents, isHeld, payouts);
            // What a payout is asked for on is not worth that any more.
            case EarningsRevalued _ ->
                    new CreatorState(releasedThrough, payoutEvents + 1, isHeld, payouts);
            case PayoutRequested requested -> with(requested.payoutId(), OpenPayout.of(requested));
            case PayoutApproved approved ->
                    with(approved.payoutId(), payout(approved.payoutId()).approved(approved));
            case PayoutSent sent ->
                    with(sent.payoutId(), payout(sent.payoutId()).at(OpenPayout.Stage.SENT));
            case PayoutSettled settled ->
                    with(
                            settled.payoutId(),
                            payout(settled.payoutId()).at(OpenPayout.Stage.SETTLED));
            case PayoutResolutionRequested resolution ->
                    with(
                            resolution.payoutId(),
                            payout(resolution.payoutId()).resolvedBy(resolution));
            case PayoutRejected rejected -> without(rejected.payoutId());
            case PayoutWithdrawn withdrawn -> without(withdrawn.payoutId());
            case PayoutFailed failed -> without(failed.payoutId());
            case PayoutReturned returned -> without(returned.payoutId());
            case PayoutsHeld _ -> held(true);
            case PayoutsResumed _ -> held(false);
        };
    }

    private OpenPayout payout(UUID payoutId) {
        OpenPayout payout = payouts.get(payoutId);
        if (payout == null) {
            throw new IllegalStateException(
                    "payout " + payoutId + ": expected its request among the creator's events");
        }
        return payout;
    }

    private CreatorState with(UUID payoutId, OpenPayout payout) {
        Map<UUID, OpenPayout> all = new HashMap<>(payouts);
        all.put(payoutId, payout);
        return new CreatorState(releasedThrough, payoutEvents + 1, isHeld, all);
    }

    private CreatorState without(UUID payoutId) {
        Map<UUID, OpenPayout> others = new HashMap<>(payouts);
        others.remove(payoutId);
        return new CreatorState(releasedThrough, payoutEvents + 1, isHeld, others);
    }

    private CreatorState held(boolean nowHeld) {
        return new CreatorState(releasedThrough, payoutEvents + 1, nowHeld, payouts);
    }
}

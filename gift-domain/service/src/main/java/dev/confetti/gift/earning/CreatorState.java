package dev.confetti.gift.earning;

import dev.confetti.events.ConfettiEvent;
import dev.confetti.events.CreatorEvent.EarningsReleased;
import dev.confetti.events.CreatorEvent.PayoutApproved;
import dev.confetti.events.CreatorEvent.PayoutRejected;
import dev.confetti.events.CreatorEvent.PayoutRequested;
import dev.confetti.events.Diamonds;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/**
 * What a creator's own events add up to; immutable. Gifts and reversals are not among them.
 *
 * @param releasedThrough through which position earnings are released
 * @param payoutEvents how many events of payouts there were
 * @param payouts those that are under way
 */
record CreatorState(long releasedThrough, long payoutEvents, Map<UUID, OpenPayout> payouts) {
    static final CreatorState NONE = new CreatorState(0, 0, Map.of());

    CreatorState {
        payouts = Map.copyOf(payouts);
    }

    record OpenPayout(Diamonds diamonds, long amountMinor, String currency, boolean isApproved) {}

    CreatorState evolve(ConfettiEvent event) {
        return switch (event) {
            case EarningsReleased released ->
                    new CreatorState(released.throughPosition(), payoutEvents, payouts);
            case PayoutRequested requested ->
                    with(
                            requested.payoutId(),
                            new OpenPayout(
                                    requested.diamonds(),
                                    requested.amountMinor(),
                                    requested.currency(),
                                    false));
            case PayoutApproved approved ->
                    with(
                            approved.payoutId(),
                            new OpenPayout(
                                    approved.diamonds(),
                                    approved.amountMinor(),
                                    approved.currency(),
                                    true));
            case PayoutRejected rejected -> {
                Map<UUID, OpenPayout> others = new HashMap<>(payouts);
                others.remove(rejected.payoutId());
                yield new CreatorState(releasedThrough, payoutEvents + 1, others);
            }
            default ->
                    throw new IllegalStateException(
                            "event " + event + " of a creator: expected a release or a payout");
        };
    }

    private CreatorState with(UUID payoutId, OpenPayout payout) {
        Map<UUID, OpenPayout> all = new HashMap<>(payouts);
        all.put(payoutId, payout);
        return new CreatorState(releasedThrough, payoutEvents + 1, all);
    }
}

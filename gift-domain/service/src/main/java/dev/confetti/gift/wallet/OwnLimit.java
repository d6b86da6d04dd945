package dev.confetti.gift.wallet;

import dev.confetti.events.CoinEvent.SpendingLimitSet;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How many coins a viewer wants to spend in a UTC day at most. Less counts at once; more only after
 * a while, so that nobody raises it in the heat of the moment.
 *
 * @param coinsPerDay what counts until {@code pending} does; null: no limit
 * @param pending what was chosen in its place, for later
 */
public record OwnLimit(@Nullable Long coinsPerDay, @Nullable Pending pending) {
    static final OwnLimit NONE = new OwnLimit(null, null);

    /** A choice that counts from an instant on. */
    public record Pending(@Nullable Long coinsPerDay, Instant effectiveAt) {}

    /** The limit as it is at an instant: what was pending and counts by then is pending no more. */
    public OwnLimit at(Instant at) {
        return pending == null || at.isBefore(pending.effectiveAt())
                ? this
                : new OwnLimit(pending.coinsPerDay(), null);
    }

    /** Whether this is what was chosen last. */
    boolean isChosen(@Nullable Long wanted, Instant at) {
        OwnLimit now = at(at);
        return Objects.equals(
                wanted, now.pending == null ? now.coinsPerDay : now.pending.coinsPerDay());
    }

    /** Whether more could be spent with this than now. */
    boolean isRaisedBy(@Nullable Long wanted, Instant at) {
        Long now = at(at).coinsPerDay;
        return now != null && (wanted == null || wanted > now);
    }

    OwnLimit after(SpendingLimitSet set, Instant at) {
        return set.effectiveAt().isAfter(at)
                ? new OwnLimit(
                        at(at).coinsPerDay, new Pending(set.coinsPerDay(), set.effectiveAt()))
                : new OwnLimit(set.coinsPerDay(), null);
    }
}

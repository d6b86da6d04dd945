package dev.confetti.ledger.journal;

import dev.confetti.ledger.posting.Asset;
import java.time.LocalDate;

/**
 * What a creator earned on one day in UTC, in diamonds or in what they are worth in one currency;
 * amounts are in the asset's smallest unit.
 *
 * @param gifts how many were sent; 0 in currencies, as are coins, reversals and coinsBack
 * @param coins of them
 * @param earned by them, 0 or more
 * @param reversals how many gifts were taken back
 * @param coinsBack of these
 * @param reversed what was earned by these, 0 or more
 * @param released what is held no longer, 0 or more
 * @param pending by how much what is held has changed
 * @param available by how much what can be paid has changed; in currencies less what is clawed back
 */
public record CreatorDay(
        LocalDate day,
        Asset asset,
        long gifts,
        long coins,
        long earned,
        long reversals,
        long coinsBack,
        long reversed,
        long released,
        long pending,
        long available) {

    /** Nothing yet. */
    public static CreatorDay empty(LocalDate day, Asset asset) {
        return new CreatorDay(day, asset, 0, 0, 0, 0, 0, 0, 0, 0, 0);
    }

    /** Both added up; the day is this one's. */
    public CreatorDay plus(CreatorDay other) {
        return new CreatorDay(
                day,
                asset,
                gifts + other.gifts,
                coins + other.coins,
                Math.addExact(earned, other.earned),
                reversals + other.reversals,
                coinsBack + other.coinsBack,
                Math.addExact(reversed, other.reversed),
                Math.addExact(released, other.released),
                Math.addExact(pending, other.pending),
                Math.addExact(available, other.available));
    }
}

package dev.confetti.ledger.posting;

import java.math.BigInteger;
import java.util.UUID;

/**
 * The coins of one purchase, what was paid for them, and how much of that has become revenue.
 * Amounts of money are in the smallest unit of {@code currency}.
 *
 * @param position of the purchase in the event log; names the lot in the journal
 * @param coins bonus included, more than 0
 * @param price before tax
 * @param commission what the channel kept
 * @param used coins spent so far, 0 to {@code coins}
 * @param recognised part of the price that is revenue, 0 to {@code price}
 * @param commissionRecognised part of the commission that is cost, 0 to {@code commission}
 */
public record Lot(
        long position,
        UUID lotId,
        String viewerId,
        Asset currency,
        long coins,
        long price,
        long commission,
        long used,
        long recognised,
        long commissionRecognised) {

    /** A lot of which nothing is spent. */
    static Lot opened(
            long position,
            UUID lotId,
            String viewerId,
            Asset currency,
            long coins,
            long price,
            long commission) {
        return new Lot(position, lotId, viewerId, currency, coins, price, commission, 0, 0, 0);
    }

    /**
     * Coins taken from this lot. Revenue after {@code used} coins is {@code floor(price × used /
     * coins)}; a use carries what is missing to that, so that an emptied lot leaves no residue.
     *
     * <p>After reversals the lot may be ahead of that line by a unit for each of them, since a
     * reversal takes back exactly what its gift had posted; a use is then 0, never negative.
     */
    LotUse use(long spentCoins) {
        if (spentCoins <= 0 || spentCoins > coins - used) {
            throw new UnpostableEventException(
                    "lot "
                            + lotId
                            + ": expected to spend 1 to "
                            + (coins - used)
                            + " coins, got "
                            + spentCoins);
        }
        long after = used + spentCoins;
        return new LotUse(
                lotId,
                position,
                spentCoins,
                Math.max(0, part(price, after) - recognised),
                Math.max(0, part(commission, after) - commissionRecognised));
    }

    /** What is left of this lot at once, coins and money, so that nothing can be taken any more. */
    LotUse close() {
        return new LotUse(
                lotId,
                position,
                coins - used,
                price - recognised,
                commission - commissionRecognised);
    }

    /** The lot after a use, or after a use was taken back. */
    public Lot after(LotUse use) {
        Lot next =
                new Lot(
                        position,
                        lotId,
                        viewerId,
                        currency,
                        coins,
                        price,
                        commission,
                        used + use.coins(),
                        recognised + use.revenue(),
                        commissionRecognised + use.commission());
        if (next.used < 0
                || next.used > coins
                || next.recognised < 0
                || next.recognised > price
                || next.commissionRecognised < 0
                || next.commissionRecognised > commission) {
            throw new UnpostableEventException(
                    this + " after " + use + ": expected counters from 0 to the lot's totals");
        }
        return next;
    }

    /** {@code floor(total × usedCoins / coins)}, also where the product exceeds 64 bits. */
    private long part(long total, long usedCoins) {
        if (Math.multiplyHigh(total, usedCoins) == 0) {
            long product = total * usedCoins;
            if (product >= 0) {
                return product / coins;
            }
        }
        return BigInteger.valueOf(total)
                .multiply(BigInteger.valueOf(usedCoins))
                .divide(BigInteger.valueOf(coins))
                .longValueExact();
    }
}

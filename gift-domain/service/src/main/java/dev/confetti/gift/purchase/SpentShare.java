package dev.confetti.gift.purchase;

/**
 * How much of a purchase's coins is spent.
 *
 * @param spentCoins 0 to {@code coins}
 * @param coins all that were bought, from 1
 */
public record SpentShare(long spentCoins, long coins) {
    private static final long WHOLE_MILLIPERCENT = 100_000;

    public SpentShare {
        if (coins < 1 || spentCoins < 0 || spentCoins > coins) {
            throw new IllegalArgumentException(
                    spentCoins + " of " + coins + " coins spent: expected 0 to all of them");
        }
    }

    /** In thousandths of a per cent, 0 to 100,000, rounded down. */
    public int millipercent() {
        return Math.toIntExact(Math.multiplyExact(spentCoins, WHOLE_MILLIPERCENT) / coins);
    }
}

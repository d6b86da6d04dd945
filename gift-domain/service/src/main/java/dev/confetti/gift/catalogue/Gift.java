package dev.confetti.gift.catalogue;

/**
 * A gift that can be sent.
 *
 * @param coins price of one, from 1
 * @param tier 1 (small, cheap) to 5
 * @param durationMs length of its animation
 */
public record Gift(String giftId, String name, long coins, int tier, int durationMs) {
    /** So that 9,999 of any gift are far from the edge of 64 bits. */
    static final long MOST_COINS = 1_000_000;

    public Gift {
        if (!giftId.matches("[a-z0-9-]{1,64}")
                || name.isBlank()
                || coins < 1
                || coins > MOST_COINS
                || tier < 1
                || tier > 5
                || durationMs < 1) {
            throw new IllegalArgumentException(
                    "gift "
                            + giftId
                            + " \""
                            + name
                            + "\" of "
                            + coins
                            + " coins, tier "
                            + tier
                            + ", "
                            + durationMs
                            + " ms: expected an id of [a-z0-9-], a name, 1 to "
                            + MOST_COINS
                            + " coins, tier 1 to 5, and a duration");
        }
    }

    /** The same gift at another price. */
    Gift atPrice(long otherCoins) {
        return new Gift(giftId, name, otherCoins, tier, durationMs);
    }
}

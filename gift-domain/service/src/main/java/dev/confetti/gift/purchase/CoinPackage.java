package dev.confetti.gift.purchase;

/**
 * Coins at a price.
 *
 * @param coins what is bought, from 1
 * @param bonusCoins what comes on top, from 0
 */
public record CoinPackage(String packageId, long coins, long bonusCoins, Money price) {
    public CoinPackage {
        if (packageId.isBlank() || coins < 1 || bonusCoins < 0 || price.amountMinor() < 1) {
            throw new IllegalArgumentException(
                    "package "
                            + packageId
                            + " of "
                            + coins
                            + " + "
                            + bonusCoins
                            + " coins for "
                            + price
                            + ": expected an id, coins from 1, a bonus from 0, and a price");
        }
    }
}

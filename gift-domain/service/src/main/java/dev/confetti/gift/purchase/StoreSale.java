package dev.confetti.gift.purchase;

import org.jspecify.annotations.Nullable;

/**
 * What a store sold, as it says itself.
 *
 * @param reference the sale's name at the store
 * @param quantity how many of the product
 * @param shown what the buyer was charged, with tax where the store includes it; null when the
 *     store does not say
 * @param commissionBps what the store keeps of the price, in ten-thousandths
 * @param storefront the country of the store, as it writes it; null when it does not say
 * @param token by which the store is told that the coins were delivered; null when it need not be
 * @param fault why it is not the sale of the purchase that it is said to be; null when it is
 */
public record StoreSale(
        String reference,
        String productId,
        long quantity,
        @Nullable Money shown,
        int commissionBps,
        @Nullable String storefront,
        @Nullable String token,
        @Nullable String fault) {
    private static final int WHOLE_BPS = 10_000;

    /** What the store keeps of a price, halves rounded up. */
    long commissionMinor(long priceMinor) {
        return Math.floorDiv(
                Math.addExact(Math.multiplyExact(priceMinor, commissionBps), WHOLE_BPS / 2),
                (long) WHOLE_BPS);
    }

    /** Why it does not pay for what was to be bought; null when it does. */
    @Nullable String faultFor(Checkout checkout) {
        String expected = checkout.link().productId();
        Money price = checkout.bought().price();
        if (fault != null) {
            return fault;
        }
        if (!productId.equals(expected)) {
            return "product " + productId + ": expected " + expected;
        }
        if (quantity != 1) {
            return "quantity " + quantity + ": expected 1";
        }
        // In another currency the store's own price list counts.
        if (shown != null
                && shown.currency().equals(price.currency())
                && shown.amountMinor() < price.amountMinor()) {
            return "sold for " + shown + ": expected at least " + price;
        }
        return null;
    }
}

package dev.confetti.gift.purchase;

import java.time.Instant;
import java.util.UUID;

/**
 * A purchase whose buyer pays elsewhere.
 *
 * @param bought as it was offered
 * @param reference the payment's name at the provider
 * @param link how the buyer pays
 * @param failed whether it cannot be paid any more
 */
record Checkout(
        UUID purchaseId,
        String viewerId,
        CoinPackage bought,
        String provider,
        String reference,
        CheckoutLink link,
        boolean failed,
        Instant createdAt) {}

package dev.confetti.gift.purchase;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How a buyer pays elsewhere: on a page, or in an app by its store.
 *
 * @param url of the page
 * @param productId what the app buys at its store
 * @param appAccountToken goes along with the purchase at the App Store: our id of it
 * @param obfuscatedAccountId goes along with the purchase at Google Play: our id of it
 * @param obfuscatedProfileId the same
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record CheckoutLink(
        @Nullable String url,
        @Nullable String productId,
        @Nullable UUID appAccountToken,
        @Nullable String obfuscatedAccountId,
        @Nullable String obfuscatedProfileId) {

    /** A page where the buyer pays. */
    public static CheckoutLink page(String url) {
        return new CheckoutLink(url, null, null, null, null);
    }

    /** A product that the app buys by StoreKit. */
    public static CheckoutLink appStore(String productId, UUID purchaseId) {
        return new CheckoutLink(null, productId, purchaseId, null, null);
    }

    /** A product that the app buys by the Play Billing Library. */
    public static CheckoutLink googlePlay(String productId, UUID purchaseId) {
        String id = purchaseId.toString();
        return new CheckoutLink(null, productId, null, id, id);
    }
}

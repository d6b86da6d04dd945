package dev.confetti.gift.google;

import com.google.api.services.androidpublisher.model.ProductLineItem;
import com.google.api.services.androidpublisher.model.ProductOfferDetails;
import com.google.api.services.androidpublisher.model.ProductPurchaseV2;
import dev.confetti.events.EventIds;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A purchase as Google Play shows it.
 *
 * @param accountId what our checkout gave the app for it
 * @param quantity of the product
 * @param regionCode where the buyer's Google account is billed; null when Google does not say
 * @param test whether a licence tester bought it for nothing
 * @param others whether other products were bought along
 */
record PlayPurchase(
        String token,
        State state,
        @Nullable String orderId,
        @Nullable String accountId,
        @Nullable String profileId,
        String productId,
        long quantity,
        @Nullable String regionCode,
        boolean consumed,
        boolean test,
        boolean others) {

    enum State {
        PENDING,
        PURCHASED,
        CANCELLED,
        UNKNOWN
    }

    static PlayPurchase of(String token, ProductPurchaseV2 shown) {
        List<ProductLineItem> items =
                shown.getProductLineItem() == null ? List.of() : shown.getProductLineItem();
        Optional<ProductLineItem> first = items.stream().findFirst();
        Optional<ProductOfferDetails> details = first.map(ProductLineItem::getProductOfferDetails);
        return new PlayPurchase(
                token,
                state(shown),
                shown.getOrderId(),
                shown.getObfuscatedExternalAccountId(),
                shown.getObfuscatedExternalProfileId(),
                first.map(ProductLineItem::getProductId).orElse(""),
                details.map(ProductOfferDetails::getQuantity).orElse(1),
                shown.getRegionCode(),
                details.map(ProductOfferDetails::getConsumptionState)
                        .filter("CONSUMPTION_STATE_CONSUMED"::equals)
                        .isPresent(),
                shown.getTestPurchaseContext() != null,
                items.size() > 1);
    }

    private static State state(ProductPurchaseV2 shown) {
        String state =
                shown.getPurchaseStateContext() == null
                        ? null
                        : shown.getPurchaseStateContext().getPurchaseState();
        for (State each : State.values()) {
            if (each.name().equals(state == null ? "" : state.toUpperCase(Locale.ROOT))) {
                return each;
            }
        }
        return State.UNKNOWN;
    }

    /** One that an app made without our id is kept under a name of its own, for finance. */
    UUID purchaseId() {
        try {
            return UUID.fromString(accountId == null ? "" : accountId);
        } catch (IllegalArgumentException e) {
            return EventIds.of("provider:" + GoogleProvider.NAME, "purchase-token", token);
        }
    }

    /** A test purchase may have no order. */
    String reference() {
        return orderId == null ? token : orderId;
    }

    /** Why it is not one of a purchase of ours, as far as Google alone can tell. */
    Optional<String> faultFor(UUID purchaseId, boolean testPurchases) {
        String id = purchaseId.toString();
        if (!purchaseId.equals(purchaseId())) {
            return Optional.of("obfuscatedAccountId " + accountId + ": expected " + id);
        }
        if (accountId != null && profileId != null && !profileId.equals(id)) {
            return Optional.of("obfuscatedProfileId " + profileId + ": expected " + id);
        }
        if (others) {
            return Optional.of("several products: expected one");
        }
        return test && !testPurchases
                ? Optional.of("a licence tester's purchase: expected one that was paid")
                : Optional.empty();
    }
}

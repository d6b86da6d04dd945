package dev.confetti.gift.google;

import dev.confetti.gift.problem.ProblemType;
import dev.confetti.gift.problem.RefusedException;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A <a href="https://developer.android.com/google/play/billing/rtdn-reference">developer
 * notification</a> of Google Play, as far as it concerns us. It says that something happened to a
 * purchase; what, the API tells.
 */
sealed interface DeveloperNotification {
    /** A one-time product was bought, or its pending purchase ended. */
    record OneTimeProduct(String purchaseToken) implements DeveloperNotification {}

    /**
     * A purchase was paid back.
     *
     * @param wholly whether all of it was
     */
    record VoidedPurchase(String purchaseToken, String orderId, boolean wholly)
            implements DeveloperNotification {}

    /** A test, a subscription, another app. */
    record Other() implements DeveloperNotification {}

    JsonMapper JSON = JsonMapper.builder().build();

    /** One-time products, in a voided purchase. */
    int ONE_TIME = 2;

    int FULL_REFUND = 1;

    /**
     * Reads the body of a push.
     *
     * @param packageName our app; notifications of others are passed over
     * @throws RefusedException {@code malformed-request}
     */
    static DeveloperNotification of(byte[] push, String packageName) {
        try {
            String data = text(JSON.readTree(push).path("message"), "data");
            JsonNode notification = JSON.readTree(Base64.getDecoder().decode(data));
            if (!packageName.equals(text(notification, "packageName"))) {
                return new Other();
            }
            JsonNode product = notification.get("oneTimeProductNotification");
            if (product != null) {
                return new OneTimeProduct(text(product, "purchaseToken"));
            }
            JsonNode voided = notification.get("voidedPurchaseNotification");
            if (voided != null && voided.path("productType").asInt(ONE_TIME) == ONE_TIME) {
                return new VoidedPurchase(
                        text(voided, "purchaseToken"),
                        text(voided, "orderId"),
                        voided.path("refundType").asInt(FULL_REFUND) == FULL_REFUND);
            }
            return new Other();
        } catch (JacksonException | IllegalArgumentException e) {
            throw malformed(e.getMessage());
        }
    }

    private static String text(JsonNode node, String field) {
        JsonNode value = node.get(field);
        if (value == null || !value.isString()) {
            throw malformed("no " + field);
        }
        return value.stringValue();
    }

    private static RefusedException malformed(@Nullable String why) {
        return new RefusedException(
                ProblemType.MALFORMED_REQUEST,
                "body: expected a push of Pub/Sub with a developer notification: " + why);
    }
}

package dev.confetti.gift.stripe;

import java.net.URI;

/**
 * An account at Stripe.
 *
 * @param apiKey secret or restricted key, with rights to write checkout sessions and refunds and to
 *     read payment intents
 * @param webhookSecret of the endpoint {@code /v1/payments/webhooks/stripe}
 * @param apiUrl where Stripe answers
 * @param automaticTax whether Stripe computes a tax on top of the price
 * @param returnUrl where a buyer goes afterwards
 */
public record StripeConfig(
        String apiKey, String webhookSecret, URI apiUrl, boolean automaticTax, URI returnUrl) {
    @Override
    public String toString() {
        return "Stripe at " + apiUrl;
    }
}

package dev.confetti.gift.purchase;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.confetti.events.CoinEvent.CoinsPurchased;
import dev.confetti.events.LogRecord;
import dev.confetti.gift.wallet.PurchaseStanding;
import java.time.Instant;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A purchase as its buyer and finance see it.
 *
 * @param status {@code pending} or {@code failed} while it is not paid, then {@code completed},
 *     {@code refunded} or {@code charged-back}
 * @param chargeback {@code open}, {@code won} or {@code lost}, when the buyer's bank disputed it
 * @param packageId as it was named then
 * @param purchasedAt when it was paid, or else begun
 * @param checkout how to pay, while it is pending
 * @param position of the purchase in the log, once it is paid
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Purchase(
        UUID purchaseId,
        String status,
        @Nullable String chargeback,
        String viewerId,
        @Nullable String packageId,
        long coins,
        long bonusCoins,
        Money price,
        @Nullable Money tax,
        String provider,
        String providerReference,
        Instant purchasedAt,
        @Nullable CheckoutLink checkout,
        @Nullable Long position) {
    static final String PENDING = "pending";
    static final String COMPLETED = "completed";
    static final String REFUNDED = "refunded";
    private static final String FAILED = "failed";
    private static final String CHARGED_BACK = "charged-back";

    static Purchase of(
            LogRecord row,
            CoinsPurchased event,
            PurchaseStanding standing,
            @Nullable String packageId) {
        return new Purchase(
                event.purchaseId(),
                status(standing),
                standing.chargeback()
                        .map(each -> each.state().name().toLowerCase(Locale.ROOT))
                        .orElse(null),
                event.viewerId(),
                packageId,
                event.coins(),
                event.bonusCoins(),
                new Money(event.priceMinor(), event.currency()),
                new Money(event.taxMinor(), event.currency()),
                event.provider(),
                event.providerReference(),
                row.occurredAt(),
                null,
                row.position());
    }

    /** One that is not paid. */
    static Purchase of(Checkout checkout) {
        return new Purchase(
                checkout.purchaseId(),
                checkout.failed() ? FAILED : PENDING,
                null,
                checkout.viewerId(),
                checkout.bought().packageId(),
                checkout.bought().coins(),
                checkout.bought().bonusCoins(),
                checkout.bought().price(),
                null,
                checkout.provider(),
                checkout.reference(),
                checkout.createdAt(),
                checkout.failed() ? null : checkout.link(),
                null);
    }

    private static String status(PurchaseStanding standing) {
        if (standing.isChargedBack()) {
            return CHARGED_BACK;
        }
        return standing.isRefunded() ? REFUNDED : COMPLETED;
    }
}

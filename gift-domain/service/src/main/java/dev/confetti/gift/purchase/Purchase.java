package dev.confetti.gift.purchase;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.confetti.events.CoinEvent.CoinsPurchased;
import dev.confetti.events.LogRecord;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A purchase as its buyer and finance see it.
 *
 * @param status {@code completed}: what is not paid is not recorded
 * @param packageId as it was named then
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Purchase(
        UUID purchaseId,
        String status,
        String viewerId,
        @Nullable String packageId,
        long coins,
        long bonusCoins,
        Money price,
        Money tax,
        String provider,
        String providerReference,
        Instant purchasedAt,
        long position) {
    static final String COMPLETED = "completed";

    static Purchase of(LogRecord row, CoinsPurchased event, @Nullable String packageId) {
        return new Purchase(
                event.purchaseId(),
                COMPLETED,
                event.viewerId(),
                packageId,
                event.coins(),
                event.bonusCoins(),
                new Money(event.priceMinor(), event.currency()),
                new Money(event.taxMinor(), event.currency()),
                event.provider(),
                event.providerReference(),
                row.occurredAt(),
                row.position());
    }
}

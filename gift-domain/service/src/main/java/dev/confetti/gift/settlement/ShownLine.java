package dev.confetti.gift.settlement;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.confetti.gift.purchase.Money;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A line of a report as finance sees it.
 *
 * @param line in the file, from 1
 * @param reference the provider's name of the payment, refund or dispute
 * @param finding how it compares with what was booked, such as {@code other-fee}
 * @param purchaseId whose it is; null where nothing of its name was booked
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ShownLine(
        int line,
        String kind,
        String reference,
        Money gross,
        Money fee,
        Money net,
        Money receivable,
        Money commission,
        Money suspense,
        String finding,
        @Nullable UUID purchaseId) {}

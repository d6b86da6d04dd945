package dev.confetti.gift.finance;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An adjustment as finance sees it.
 *
 * @param status requested, approved or rejected
 * @param debit code of the account that is debited
 * @param credit code of the account that is credited
 * @param amount as a decimal with six places
 * @param reason of the request
 * @param decidedBy the second person
 * @param rejection why it was rejected
 * @param position of the request in the log
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ShownAdjustment(
        UUID adjustmentId,
        String status,
        String debit,
        String credit,
        String amount,
        String currency,
        @Nullable String reason,
        String requestedBy,
        Instant requestedAt,
        @Nullable String decidedBy,
        @Nullable Instant decidedAt,
        @Nullable String rejection,
        long position) {

    ShownAdjustment withWords(@Nullable String why, @Nullable String whyNot) {
        return new ShownAdjustment(
                adjustmentId,
                status,
                debit,
                credit,
                amount,
                currency,
                why,
                requestedBy,
                requestedAt,
                decidedBy,
                decidedAt,
                whyNot,
                position);
    }
}

package dev.confetti.gift.finance;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A revaluation as finance sees it.
 *
 * @param status requested, approved (under way), done or rejected
 * @param creatorId whose earnings; null: those of all creators
 * @param rateMicros micro-units of {@code currency} for 0.0001 diamond
 * @param reason null: it is lost
 * @param decidedBy the second person
 * @param creators how many creators' earnings have got the new rate
 * @param requested grows from one to the next
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ShownRevaluation(
        UUID revaluationId,
        String status,
        @Nullable String creatorId,
        String currency,
        long rateMicros,
        @Nullable String reason,
        String requestedBy,
        Instant requestedAt,
        @Nullable String decidedBy,
        @Nullable Instant decidedAt,
        long creators,
        long requested)
        implements Proposal {
    @Override
    public UUID proposalId() {
        return revaluationId;
    }
}

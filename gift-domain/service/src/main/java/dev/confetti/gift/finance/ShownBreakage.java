package dev.confetti.gift.finance;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An estimate of breakage as finance sees it.
 *
 * @param status requested, recognised or rejected
 * @param period the month that it is for
 * @param amount as a decimal with six places; below 0: revenue that is taken back
 * @param reason null: it is lost
 * @param decidedBy the second person
 * @param position in the log, once it is recognised
 * @param requested grows from one to the next
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ShownBreakage(
        UUID breakageId,
        String status,
        String period,
        String currency,
        String amount,
        @Nullable String reason,
        String requestedBy,
        Instant requestedAt,
        @Nullable String decidedBy,
        @Nullable Instant decidedAt,
        @Nullable Long position,
        long requested)
        implements Proposal {
    @Override
    public UUID proposalId() {
        return breakageId;
    }
}

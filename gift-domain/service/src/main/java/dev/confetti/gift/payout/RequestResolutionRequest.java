package dev.confetti.gift.payout;

import dev.confetti.events.CreatorEvent.PayoutOutcome;
import dev.confetti.gift.http.JsonRequest;
import dev.confetti.gift.sending.Reasons;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The body of {@code POST /v1/payouts/{id}/resolutions}.
 *
 * @param outcome settled, failed or returned
 * @param chargesMinor what the bank took for itself, in minor units of the payout's currency; none
 *     of a failed one
 */
public record RequestResolutionRequest(String outcome, @Nullable Long chargesMinor, String reason)
        implements JsonRequest {
    public RequestResolutionRequest {
        long charges = Objects.requireNonNullElse(chargesMinor, 0L);
        if (charges < 0 || (charges > 0 && parsed(outcome) == PayoutOutcome.FAILED)) {
            throw new IllegalArgumentException(
                    "chargesMinor "
                            + charges
                            + ": expected 0 or more, and 0 of a payout that failed");
        }
        parsed(outcome);
        reason = Reasons.require(reason);
    }

    PayoutOutcome parsedOutcome() {
        return parsed(outcome);
    }

    long charges() {
        return Objects.requireNonNullElse(chargesMinor, 0L);
    }

    private static PayoutOutcome parsed(String outcome) {
        return Arrays.stream(PayoutOutcome.values())
                .filter(each -> each.text().equals(outcome))
                .findFirst()
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "outcome \""
                                                + outcome
                                                + "\": expected settled, failed or returned"));
    }
}

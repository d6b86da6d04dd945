package dev.confetti.gift.finance;

import dev.confetti.gift.http.JsonRequest;
import dev.confetti.gift.sending.Reasons;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The body of {@code POST /v1/ledger/revaluations}.
 *
 * @param currency ISO 4217 code
 * @param rateMicros 1 to 1,000,000 micro-units of {@code currency} for 0.0001 diamond
 * @param creatorId whose earnings; null: those of all creators
 */
public record RequestRevaluationRequest(
        String currency, long rateMicros, String reason, @Nullable String creatorId)
        implements JsonRequest {
    private static final long MOST_MICROS = 1_000_000;
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,64}");

    public RequestRevaluationRequest {
        Currencies.minorPlaces(currency);
        if (rateMicros < 1 || rateMicros > MOST_MICROS) {
            throw new IllegalArgumentException(
                    "rateMicros " + rateMicros + ": expected 1 to " + MOST_MICROS);
        }
        reason = Reasons.require(reason);
        if (creatorId != null && !ID.matcher(creatorId).matches()) {
            throw new IllegalArgumentException(
                    "creatorId \"" + creatorId + "\": expected " + ID.pattern() + ", or none");
        }
    }
}

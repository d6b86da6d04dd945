package dev.confetti.gift.finance;

import dev.confetti.gift.http.JsonRequest;
import dev.confetti.gift.sending.Reasons;
import io.swagger.v3.oas.annotations.media.Schema;

/**
 * The body of {@code POST /v1/ledger/breakage}.
 *
 * @param period the month that it is for, {@code YYYY-MM}
 * @param currency ISO 4217 code
 * @param amount that becomes revenue, with at most 6 places; below 0: revenue that is taken back;
 *     at most 1,000,000,000 either way
 */
public record RequestBreakageRequest(
        String period,
        String currency,
        @Schema(
                        description =
                                "With at most 6 places; below 0: taken back; at most 1000000000"
                                        + " either way")
                String amount,
        String reason)
        implements JsonRequest {
    public RequestBreakageRequest {
        if (!Months.isMonth(period)) {
            throw new IllegalArgumentException(Months.expected("period", period));
        }
        Currencies.minorPlaces(currency);
        if (BookAmount.parse(amount).micros() == 0) {
            throw new IllegalArgumentException(
                    "amount \"" + amount + "\": expected more or less than 0");
        }
        reason = Reasons.require(reason);
    }

    long amountMicros() {
        return BookAmount.parse(amount).micros();
    }
}

package dev.confetti.gift.finance;

import dev.confetti.gift.http.JsonRequest;
import dev.confetti.gift.sending.Reasons;
import io.swagger.v3.oas.annotations.media.Schema;

/**
 * The body of {@code POST /v1/ledger/adjustments}.
 *
 * @param debit code of a fiat account, such as {@code 5090:adjustments}
 * @param credit code of another one
 * @param amount more than 0, such as {@code 0.03}, with at most 6 places; at most 1,000,000,000
 * @param currency ISO 4217 code
 */
public record RequestAdjustmentRequest(
        String debit,
        String credit,
        @Schema(description = "More than 0, with at most 6 places; at most 1000000000")
                String amount,
        String currency,
        String reason)
        implements JsonRequest {
    public RequestAdjustmentRequest {
        if (debit.equals(credit)) {
            throw new IllegalArgumentException(
                    "credit \"" + credit + "\": expected another account than debit");
        }
        if (BookAmount.parse(amount).micros() <= 0) {
            throw new IllegalArgumentException(
                    "amount \""
                            + amount
                            + "\": expected more than 0; the other way round, swap debit and credit");
        }
        Currencies.minorPlaces(currency);
        reason = Reasons.require(reason);
    }

    long amountMicros() {
        return BookAmount.parse(amount).micros();
    }
}

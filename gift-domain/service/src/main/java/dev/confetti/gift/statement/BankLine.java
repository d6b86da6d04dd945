package dev.confetti.gift.statement;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.confetti.gift.purchase.Money;
import java.time.LocalDate;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What the bank told of one payment, without names and accounts.
 *
 * @param bankMessageId the first message that told it
 * @param line its place there, from 1
 * @param reference the same for the same line of another message
 * @param kind what the bank did
 * @param payoutId null: of no payout of ours
 * @param amount null where the bank names none
 * @param chargesMinor what the bank says that it took for itself of a debit, or of what came back;
 *     0 when it says nothing
 * @param isReturn whether the bank says that it is money that could not be paid out
 * @param isReversal whether the bank undoes a booking of its own
 * @param state what became of it
 * @param why it has no effect yet, or never will have; null when it had
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record BankLine(
        UUID bankMessageId,
        int line,
        String reference,
        Kind kind,
        @Nullable UUID payoutId,
        @Nullable Money amount,
        long chargesMinor,
        boolean isReturn,
        boolean isReversal,
        @Nullable LocalDate bookedOn,
        @Nullable String bankReason,
        State state,
        @Nullable String why) {

    /** What the bank did. */
    public enum Kind {
        /** It does not pay: ISO 20022 pain.002. */
        REJECTED,
        /** It took money off our account: camt.053. */
        DEBITED,
        /** It put money on our account: camt.053. */
        CREDITED;

        /** The name in the API and in the table, such as {@code rejected}. */
        @JsonValue
        String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** What became of a line. */
    public enum State {
        /** What it follows on is not there yet. */
        WAITING,
        /** It had its effect on its payout. */
        APPLIED,
        /** It does not fit what is recorded of its payout; finance must look. */
        CONTRADICTED,
        /** It is of no payout of ours. */
        UNMATCHED;

        /** The name in the API and in the table, such as {@code waiting}. */
        @JsonValue
        String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    BankLine in(State next, @Nullable String reason) {
        return new BankLine(
                bankMessageId,
                line,
                reference,
                kind,
                payoutId,
                amount,
                chargesMinor,
                isReturn,
                isReversal,
                bookedOn,
                bankReason,
                next,
                reason);
    }
}

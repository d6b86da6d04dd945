package dev.confetti.gift.payout;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.confetti.events.Diamonds;
import dev.confetti.gift.purchase.Money;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A payout as its creator and finance see it.
 *
 * @param amount before withholding and fee
 * @param net what goes to the bank, once it is approved
 * @param status requested, approved or rejected
 * @param position of the request in the log
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Payout(
        UUID payoutId,
        String creatorId,
        String status,
        Diamonds diamonds,
        Money amount,
        @Nullable Money withholding,
        @Nullable Money fee,
        @Nullable Money net,
        @Nullable Destination destination,
        Instant requestedAt,
        @Nullable String decidedBy,
        @Nullable Instant decidedAt,
        long position) {

    /** The account that it is paid to. */
    public record Destination(String iban, String name) {}

    Payout to(@Nullable Destination account) {
        return new Payout(
                payoutId,
                creatorId,
                status,
                diamonds,
                amount,
                withholding,
                fee,
                net,
                account,
                requestedAt,
                decidedBy,
                decidedAt,
                position);
    }
}

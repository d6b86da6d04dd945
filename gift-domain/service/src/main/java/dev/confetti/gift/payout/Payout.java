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
 * @param status requested, approved, rejected, withdrawn, sent, settled, failed or returned
 * @param amount before withholding and fee
 * @param net what goes to the bank, once it is approved
 * @param batchId whose file for the bank it is in
 * @param givenBackAt when it failed or was returned: the diamonds are available again
 * @param bankReason the bank's code for that, such as {@code AC04} (closed account) of ISO 20022
 * @param bankCharges what banks took for the transfer, and kept of what came back; the platform
 *     bears it
 * @param resolution what somebody says became of it at the bank, while another person has not
 *     agreed
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
        @Nullable UUID batchId,
        @Nullable Instant sentAt,
        @Nullable Instant settledAt,
        @Nullable Instant givenBackAt,
        @Nullable String bankReason,
        @Nullable Money bankCharges,
        @Nullable Resolution resolution,
        long position) {

    /**
     * What somebody of finance says became of a payout at the bank.
     *
     * @param outcome settled, failed or returned
     * @param charges what the bank took for itself
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Resolution(
            UUID resolutionId,
            String outcome,
            Money charges,
            String requestedBy,
            Instant requestedAt,
            @Nullable String reason) {
        Resolution because(@Nullable String words) {
            return new Resolution(resolutionId, outcome, charges, requestedBy, requestedAt, words);
        }
    }

    /**
     * The account that it is paid to.
     *
     * @param lockedUntil until when the law wants it kept, its creator being forgotten: it is for
     *     finance alone; null: it is not locked
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Destination(String iban, String name, @Nullable Instant lockedUntil) {
        public Destination(String iban, String name) {
            this(iban, name, null);
        }
    }

    /** The same without what is locked. */
    Payout withoutLocked() {
        return destination == null || destination.lockedUntil() == null ? this : to(null);
    }

    Payout to(@Nullable Destination account) {
        return with(account, resolution);
    }

    Payout because(@Nullable String words) {
        return resolution == null ? this : with(destination, resolution.because(words));
    }

    private Payout with(@Nullable Destination account, @Nullable Resolution resolved) {
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
                batchId,
                sentAt,
                settledAt,
                givenBackAt,
                bankReason,
                bankCharges,
                resolved,
                position);
    }
}

package dev.confetti.gift.earning;

import dev.confetti.events.CreatorEvent.PayoutFailed;
import dev.confetti.events.CreatorEvent.PayoutOutcome;
import dev.confetti.events.CreatorEvent.PayoutReturned;
import dev.confetti.events.CreatorEvent.PayoutSettled;
import dev.confetti.events.EventIds;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The events that say what became of a payout at the bank. */
public final class AtBank {
    private AtBank() {}

    /**
     * The id of the event: a payout is settled, fails and is returned once, whoever says so, the
     * bank or people.
     */
    public static UUID eventId(PayoutOutcome outcome, UUID payoutId) {
        String whatTheBankDid =
                switch (outcome) {
                    case SETTLED -> "debited";
                    case FAILED -> "rejected";
                    case RETURNED -> "credited";
                };
        return EventIds.of("confetti", whatTheBankDid + "-payout", payoutId.toString());
    }

    /**
     * Who says it.
     *
     * @param source the bank's message, or the resolution
     * @param bankReason the bank's code; null when it gave none, and of people
     * @param resolvedBy the second person; null of the bank
     */
    record Word(UUID source, @Nullable String bankReason, @Nullable String resolvedBy) {
        static Word ofBank(UUID bankMessageId, @Nullable String bankReason) {
            return new Word(bankMessageId, bankReason, null);
        }

        static Word ofPeople(UUID resolutionId, String resolvedBy) {
            return new Word(resolutionId, null, resolvedBy);
        }
    }

    /** The bank transferred the money, and took charges for itself. */
    static PayoutSettled settled(
            String creatorId, UUID payoutId, OpenPayout payout, long chargesMinor, Word word) {
        return new PayoutSettled(
                payoutId,
                creatorId,
                payout.netMinor(),
                chargesMinor,
                payout.currency(),
                word.source(),
                word.resolvedBy());
    }

    /** The bank does not pay. */
    static PayoutFailed failed(String creatorId, UUID payoutId, OpenPayout payout, Word word) {
        return new PayoutFailed(
                payoutId,
                creatorId,
                payout.diamonds(),
                payout.amountMinor(),
                payout.withholdingMinor(),
                payout.feeMinor(),
                payout.currency(),
                word.source(),
                word.bankReason(),
                word.resolvedBy());
    }

    /** The money came back, less charges. */
    static PayoutReturned returned(
            String creatorId, UUID payoutId, OpenPayout payout, long chargesMinor, Word word) {
        return new PayoutReturned(
                payoutId,
                creatorId,
                payout.diamonds(),
                payout.amountMinor(),
                payout.withholdingMinor(),
                payout.feeMinor(),
                chargesMinor,
                payout.currency(),
                word.source(),
                word.bankReason(),
                word.resolvedBy());
    }
}

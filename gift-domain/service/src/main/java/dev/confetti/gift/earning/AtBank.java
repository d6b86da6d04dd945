package dev.confetti.gift.earning;

import dev.confetti.events.CreatorEvent.PayoutOutcome;
import dev.confetti.events.EventIds;
import java.util.UUID;

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
}

package dev.confetti.gift.earning;

import dev.confetti.events.CreatorEvent.PayoutOutcome;
import java.util.UUID;

/** What somebody says became of a payout at the bank, until another person agrees. */
record Resolution(UUID resolutionId, PayoutOutcome outcome, long chargesMinor, String by) {}

package dev.confetti.gift.live;

import dev.confetti.events.LiveEvent;

/** What a live says to a command. */
public sealed interface LiveDecision {

    /** The command changes the live by this event. */
    record Accepted(LiveEvent event) implements LiveDecision {}

    /** The live is already as the command wants it. */
    record Unchanged() implements LiveDecision {}

    /** Nobody created this live. */
    record Unknown(String liveId) implements LiveDecision {}

    /** The live is over. */
    record Ended(String liveId) implements LiveDecision {}
}

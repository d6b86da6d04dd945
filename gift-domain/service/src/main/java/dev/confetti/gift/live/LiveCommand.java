package dev.confetti.gift.live;

import dev.confetti.events.LiveEvent.EndReason;
import java.util.UUID;

/** What a live can be told to do. */
public sealed interface LiveCommand {

    String liveId();

    /** Announces a live. */
    record CreateLive(String liveId, String creatorId) implements LiveCommand {}

    /** Media of a publisher arrives. */
    record StartLive(String liveId, UUID publisherId) implements LiveCommand {}

    /** A publisher is gone; of no effect when another's media arrived since. */
    record LeaveLive(String liveId, UUID publisherId) implements LiveCommand {}

    /**
     * Ends the live.
     *
     * @param reason when the publisher is gone, it ends only if it is still away
     */
    record EndLive(String liveId, EndReason reason) implements LiveCommand {}
}

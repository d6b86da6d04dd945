package dev.confetti.events;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The states of a live: created → active → away → active … → ended; topic {@code confetti.lives}.
 */
public sealed interface LiveEvent extends ConfettiEvent {

    String liveId();

    String creatorId();

    @Override
    default String key() {
        return liveId();
    }

    /**
     * A creator announced a live.
     *
     * @param creatorName display name, added by the relay
     * @param title free text, added by the relay
     * @param tags free texts, added by the relay
     */
    record LiveCreated(
            String liveId,
            String creatorId,
            @Nullable String creatorName,
            @Nullable String title,
            @Nullable List<String> tags)
            implements LiveEvent {
        public LiveCreated {
            tags = tags == null ? null : List.copyOf(tags);
        }
    }

    /**
     * The publisher's media arrives, for the first time or again after it was away.
     *
     * @param publisherId names one publishing connection
     */
    record LiveStarted(String liveId, String creatorId, UUID publisherId) implements LiveEvent {}

    /**
     * The publisher is gone; gifts still count until the grace ends.
     *
     * @param publisherId the connection that went
     */
    record LiveAway(String liveId, String creatorId, UUID publisherId) implements LiveEvent {}

    /** The live is over, for ever. */
    record LiveEnded(String liveId, String creatorId, EndReason reason) implements LiveEvent {}

    /** Why a live ended. */
    enum EndReason {
        /** The creator, or staff, ended it. */
        ENDED_BY_CREATOR,
        /** The publisher stayed away for longer than the grace. */
        PUBLISHER_GONE
    }
}

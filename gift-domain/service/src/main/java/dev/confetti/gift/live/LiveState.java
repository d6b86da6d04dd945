package dev.confetti.gift.live;

import dev.confetti.events.CoinEvent;
import dev.confetti.events.ConfettiEvent;
import dev.confetti.events.CreatorEvent;
import dev.confetti.events.FinanceEvent;
import dev.confetti.events.GiftEvent;
import dev.confetti.events.LiveEvent.LiveAway;
import dev.confetti.events.LiveEvent.LiveCreated;
import dev.confetti.events.LiveEvent.LiveEnded;
import dev.confetti.events.LiveEvent.LiveStarted;
import dev.confetti.events.PersonEvent;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a live's events add up to; immutable.
 *
 * @param creatorId empty before the live is created
 * @param publisherId whose media arrived last; null before the first
 */
public record LiveState(@Nullable LiveStatus status, String creatorId, @Nullable UUID publisherId) {

    /** A live that nobody created yet. */
    public static final LiveState NONE = new LiveState(null, "", null);

    /** The live after an event. */
    public LiveState evolve(ConfettiEvent event) {
        return switch (event) {
            case LiveCreated created ->
                    new LiveState(LiveStatus.CREATED, created.creatorId(), null);
            case LiveStarted started ->
                    new LiveState(LiveStatus.ACTIVE, creatorId, started.publisherId());
            case LiveAway away -> new LiveState(LiveStatus.AWAY, creatorId, away.publisherId());
            case LiveEnded _ -> new LiveState(LiveStatus.ENDED, creatorId, publisherId);
            case CoinEvent coins -> throw impossible(coins);
            case CreatorEvent creators -> throw impossible(creators);
            case FinanceEvent finance -> throw impossible(finance);
            case PersonEvent person -> throw impossible(person);
            case GiftEvent gift -> throw impossible(gift);
        };
    }

    private static IllegalStateException impossible(ConfettiEvent event) {
        return new IllegalStateException("event " + event + " in a live: expected one of lives");
    }
}

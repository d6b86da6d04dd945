package dev.confetti.gift.live;

import dev.confetti.events.LiveEvent.EndReason;
import dev.confetti.events.LiveEvent.LiveAway;
import dev.confetti.events.LiveEvent.LiveCreated;
import dev.confetti.events.LiveEvent.LiveEnded;
import dev.confetti.events.LiveEvent.LiveStarted;
import dev.confetti.gift.live.LiveCommand.CreateLive;
import dev.confetti.gift.live.LiveCommand.EndLive;
import dev.confetti.gift.live.LiveCommand.LeaveLive;
import dev.confetti.gift.live.LiveCommand.StartLive;
import dev.confetti.gift.live.LiveDecision.Accepted;
import dev.confetti.gift.live.LiveDecision.Ended;
import dev.confetti.gift.live.LiveDecision.Unchanged;
import dev.confetti.gift.live.LiveDecision.Unknown;

/** What a live answers to each command. */
public final class LiveRules {
    private LiveRules() {}

    /** Decides; changes nothing. */
    public static LiveDecision decide(LiveState live, LiveCommand command) {
        return switch (command) {
            case CreateLive create ->
                    live.status() == null
                            ? new Accepted(
                                    new LiveCreated(
                                            create.liveId(), create.creatorId(), null, null, null))
                            : new Unchanged();
            case StartLive start -> start(live, start);
            case LeaveLive leave -> leave(live, leave);
            case EndLive end -> end(live, end);
        };
    }

    private static LiveDecision start(LiveState live, StartLive start) {
        if (live.status() == null) {
            return new Unknown(start.liveId());
        }
        if (live.status() == LiveStatus.ENDED) {
            return new Ended(start.liveId());
        }
        if (live.status() == LiveStatus.ACTIVE && start.publisherId().equals(live.publisherId())) {
            return new Unchanged();
        }
        return new Accepted(new LiveStarted(start.liveId(), live.creatorId(), start.publisherId()));
    }

    private static LiveDecision leave(LiveState live, LeaveLive leave) {
        boolean publishes =
                live.status() == LiveStatus.ACTIVE
                        && leave.publisherId().equals(live.publisherId());
        return publishes
                ? new Accepted(new LiveAway(leave.liveId(), live.creatorId(), leave.publisherId()))
                : new Unchanged();
    }

    private static LiveDecision end(LiveState live, EndLive end) {
        if (live.status() == null) {
            return new Unknown(end.liveId());
        }
        boolean cameBack =
                end.reason() == EndReason.PUBLISHER_GONE && live.status() != LiveStatus.AWAY;
        if (live.status() == LiveStatus.ENDED || cameBack) {
            return new Unchanged();
        }
        return new Accepted(new LiveEnded(end.liveId(), live.creatorId(), end.reason()));
    }
}

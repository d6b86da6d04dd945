package dev.confetti.gift.live;

import dev.confetti.gift.problem.ProblemType;
import dev.confetti.gift.problem.RefusedException;

/** What can be wrong with a live, as clients and gateways are told. */
public final class LiveProblems {
    private LiveProblems() {}

    public static RefusedException unknown(String liveId) {
        return new RefusedException(
                ProblemType.UNKNOWN_LIVE,
                "liveId \"" + liveId + "\": expected the id of a live, see GET /v1/lives");
    }

    static RefusedException ended(String liveId) {
        return new RefusedException(
                ProblemType.LIVE_ENDED, "live " + liveId + " has ended, for ever");
    }

    static RefusedException replaced(String liveId, Object publisherId) {
        return new RefusedException(
                ProblemType.PUBLISHER_REPLACED,
                "publisher "
                        + publisherId
                        + " of live "
                        + liveId
                        + " was replaced: expected the newest one");
    }
}

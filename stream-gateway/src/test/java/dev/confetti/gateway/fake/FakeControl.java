package dev.confetti.gateway.fake;

import dev.confetti.gateway.control.Answer;
import dev.confetti.gateway.control.Answer.Refusal;
import dev.confetti.gateway.control.ControlPlane;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A service in memory: every live has the key {@code "key-" + liveId}. */
public final class FakeControl implements ControlPlane {
    private final Map<String, UUID> publishers = new ConcurrentHashMap<>();
    private final List<String> calls = new CopyOnWriteArrayList<>();
    private volatile boolean away;
    private volatile boolean ended;
    private volatile long leaseMs = 3_000;

    /** What was asked, such as {@code "started live1"}. */
    public List<String> calls() {
        return calls;
    }

    public void away(boolean nowAway) {
        away = nowAway;
    }

    public void end() {
        ended = true;
    }

    public void leaseMs(long ms) {
        leaseMs = ms;
    }

    @Override
    public CompletionStage<Answer> authorise(String liveId, String streamKey, UUID publisherId) {
        if (away) {
            return unavailable();
        }
        if (liveId.startsWith("unknown")) {
            return refused(Refusal.UNKNOWN_LIVE, "live \"" + liveId + "\": not known");
        }
        if (!streamKey.equals("key-" + liveId)) {
            return refused(Refusal.WRONG_KEY, "stream key: not that of live " + liveId);
        }
        publishers.put(liveId, publisherId);
        return granted("authorise", liveId);
    }

    @Override
    public CompletionStage<Answer> started(String liveId, UUID publisherId) {
        return away ? unavailable() : granted("started", liveId);
    }

    @Override
    public CompletionStage<Answer> renew(String liveId, UUID publisherId, int viewers) {
        if (away) {
            return unavailable();
        }
        if (ended) {
            return refused(Refusal.LIVE_ENDED, "the live has ended");
        }
        if (!publisherId.equals(publishers.get(liveId))) {
            return refused(Refusal.REPLACED, "another publisher has taken over");
        }
        return granted("renew", liveId + " viewers " + viewers);
    }

    @Override
    public CompletionStage<Answer> gone(String liveId, UUID publisherId) {
        return away ? unavailable() : granted("gone", liveId);
    }

    private CompletionStage<Answer> granted(String call, String what) {
        calls.add(call + " " + what);
        return CompletableFuture.supplyAsync(() -> new Answer.Granted(leaseMs));
    }

    private static CompletionStage<Answer> refused(Refusal why, String detail) {
        return CompletableFuture.supplyAsync(() -> new Answer.Refused(why, detail));
    }

    private static CompletionStage<Answer> unavailable() {
        return CompletableFuture.supplyAsync(
                () -> new Answer.Unavailable("the service does not answer"));
    }
}

package dev.confetti.gateway.fake;

import dev.confetti.gateway.control.Answer;
import dev.confetti.gateway.control.ControlPlane;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A service that answers nothing; for tests on one thread. */
public final class SilentControl implements ControlPlane {
    private final List<String> calls = new ArrayList<>();

    /** What was asked, such as {@code "started"}. */
    public List<String> calls() {
        return calls;
    }

    @Override
    public CompletionStage<Answer> authorise(String liveId, String streamKey, UUID id) {
        return asked("authorise");
    }

    @Override
    public CompletionStage<Answer> started(String liveId, UUID id) {
        return asked("started");
    }

    @Override
    public CompletionStage<Answer> renew(String liveId, UUID id, int viewers) {
        return asked("renew");
    }

    @Override
    public CompletionStage<Answer> gone(String liveId, UUID id) {
        return asked("gone");
    }

    private CompletionStage<Answer> asked(String call) {
        calls.add(call);
        return new CompletableFuture<>();
    }
}

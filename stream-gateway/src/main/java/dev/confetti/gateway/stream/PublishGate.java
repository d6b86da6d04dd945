package dev.confetti.gateway.stream;

import dev.confetti.gateway.control.Answer;
import dev.confetti.gateway.control.ControlPlane;
import dev.confetti.gateway.limits.Limits;
import io.netty.channel.EventLoop;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** Where publishers of any protocol are let in: the key is checked, then the stream is opened. */
public final class PublishGate {
    private final ControlPlane control;
    private final Streams streams;
    private final Limits limits;
    private final LongSupplier clockMs;
    private final Supplier<UUID> ids;

    public PublishGate(
            ControlPlane control,
            Streams streams,
            Limits limits,
            LongSupplier clockMs,
            Supplier<UUID> ids) {
        this.control = control;
        this.streams = streams;
        this.limits = limits;
        this.clockMs = clockMs;
        this.ids = ids;
    }

    /**
     * Asks the service and, when it agrees, opens or takes over the stream.
     *
     * @param publisher who asks; stopped when a newer one comes
     * @param loop where a new stream is to live
     * @return never completes exceptionally; completes on any thread
     */
    public CompletionStage<Admission> admit(
            String liveId, String streamKey, Publisher publisher, EventLoop loop) {
        UUID publisherId = ids.get();
        return control.authorise(liveId, streamKey, publisherId)
                .thenCompose(
                        answer ->
                                switch (answer) {
                                    case Answer.Granted granted ->
                                            open(liveId, publisherId, publisher, loop, granted);
                                    case Answer.Refused refused ->
                                            CompletableFuture.completedFuture(denied(refused));
                                    case Answer.Unavailable unavailable ->
                                            CompletableFuture.completedFuture(
                                                    new Admission.Denied(
                                                            Admission.Why.UNAVAILABLE,
                                                            "the stream key cannot be checked now: "
                                                                    + unavailable.detail()
                                                                    + "; try again"));
                                })
                .exceptionally(
                        error ->
                                new Admission.Denied(
                                        Admission.Why.UNAVAILABLE,
                                        "the gateway cannot open the stream: " + error));
    }

    private static Admission denied(Answer.Refused refused) {
        return new Admission.Denied(
                switch (refused.why()) {
                    case WRONG_KEY, OTHER -> Admission.Why.WRONG_KEY;
                    case UNKNOWN_LIVE, LIVE_ENDED, REPLACED -> Admission.Why.NO_SUCH_LIVE;
                },
                refused.detail());
    }

    private CompletionStage<Admission> open(
            String liveId,
            UUID publisherId,
            Publisher publisher,
            EventLoop loop,
            Answer.Granted granted) {
        CompletableFuture<Admission> opened = new CompletableFuture<>();
        Stream stream = streams.open(liveId, loop);
        Publication publication =
                new Publication(stream, publisher, publisherId, control, limits, clockMs);
        stream.run(
                () -> {
                    if (publication.begin(granted.leaseMs())) {
                        opened.complete(new Admission.Admitted(publication));
                    } else {
                        // It closed in this very moment; the next one is a new stream.
                        open(liveId, publisherId, publisher, loop, granted)
                                .thenAccept(opened::complete);
                    }
                },
                () ->
                        opened.complete(
                                new Admission.Denied(
                                        Admission.Why.UNAVAILABLE,
                                        "the gateway is shutting down")));
        return opened;
    }
}

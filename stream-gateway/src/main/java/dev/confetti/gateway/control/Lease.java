package dev.confetti.gateway.control;

import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One publisher's right to publish, kept up with the service.
 *
 * <p>A service that is briefly away does not end a live: the lease is lost only when the service
 * says so, or when it has been silent for the lease and the grace after it, since by then it would
 * have ended the live. Confined to its stream's event loop.
 */
public final class Lease {
    private static final Logger LOG = LoggerFactory.getLogger(Lease.class);
    private static final long GONE_RETRY_MS = 500;
    private static final int GONE_TRIES = 5;
    private static final long LEAST_RENEWAL_MS = 20;

    private final ControlPlane control;
    private final String liveId;
    private final UUID publisherId;
    private final EventExecutor loop;
    private final LongSupplier clockMs;
    private final long graceMs;
    private final IntSupplier viewers;
    private final Consumer<String> lost;

    private @Nullable Future<?> renewal;
    private long leaseMs;
    private long expiresMs;
    private boolean mediaArrived;
    private boolean startedOwed;
    private boolean startedAsked;
    private boolean closed;

    /**
     * @param graceMs for which the service may be silent after the lease ran out
     * @param lost told once, with a reason for people, when publishing must stop
     */
    public Lease(
            ControlPlane control,
            String liveId,
            UUID publisherId,
            EventExecutor loop,
            LongSupplier clockMs,
            long graceMs,
            IntSupplier viewers,
            Consumer<String> lost) {
        this.control = control;
        this.liveId = liveId;
        this.publisherId = publisherId;
        this.loop = loop;
        this.clockMs = clockMs;
        this.graceMs = graceMs;
        this.viewers = viewers;
        this.lost = lost;
    }

    /** Begins with what the authorisation granted. */
    public void begin(long grantedMs) {
        extend(grantedMs);
        schedule();
    }

    /** Says once that the live is on. */
    public void mediaArrived() {
        if (!mediaArrived) {
            mediaArrived = true;
            startedOwed = true;
            sayStarted();
        }
    }

    /** Ends it: the publisher went. */
    public void release() {
        if (end()) {
            sayGone(GONE_TRIES);
        }
    }

    /** Ends it without a word to the service, which already knows. */
    public void drop() {
        end();
    }

    private boolean end() {
        if (closed) {
            return false;
        }
        closed = true;
        if (renewal != null) {
            renewal.cancel(false);
        }
        return true;
    }

    private void extend(long grantedMs) {
        leaseMs = Math.max(grantedMs, 3 * LEAST_RENEWAL_MS);
        expiresMs = clockMs.getAsLong() + leaseMs;
    }

    private void schedule() {
        if (!closed) {
            renewal = loop.schedule(this::renew, leaseMs / 3, TimeUnit.MILLISECONDS);
        }
    }

    private void renew() {
        sayStarted();
        on(
                control.renew(liveId, publisherId, viewers.getAsInt()),
                answer -> {
                    renewed(answer);
                    schedule();
                });
    }

    private void renewed(Answer answer) {
        switch (answer) {
            case Answer.Granted granted -> {
                if (clockMs.getAsLong() > expiresMs) {
                    // The service saw the lease run out and holds the live for away.
                    startedOwed = mediaArrived;
                }
                extend(granted.leaseMs() > 0 ? granted.leaseMs() : leaseMs);
            }
            case Answer.Refused refused -> lose(refused.detail());
            case Answer.Unavailable unavailable -> {
                if (clockMs.getAsLong() > expiresMs + graceMs) {
                    lose("the service has not answered for too long: " + unavailable.detail());
                }
            }
        }
    }

    private void sayStarted() {
        if (!startedOwed || startedAsked || closed) {
            return;
        }
        startedAsked = true;
        on(
                control.started(liveId, publisherId),
                answer -> {
                    startedAsked = false;
                    switch (answer) {
                        case Answer.Granted _ -> startedOwed = false;
                        case Answer.Refused refused -> lose(refused.detail());
                        case Answer.Unavailable _ -> {} // said again with the next renewal
                    }
                });
    }

    private void sayGone(int triesLeft) {
        control.gone(liveId, publisherId)
                .thenAccept(
                        answer -> {
                            if (answer instanceof Answer.Unavailable && triesLeft > 1) {
                                Future<?> _ =
                                        loop.schedule(
                                                () -> sayGone(triesLeft - 1),
                                                GONE_RETRY_MS,
                                                TimeUnit.MILLISECONDS);
                            } else if (answer instanceof Answer.Unavailable) {
                                LOG.warn(
                                        "live {}: the service was not told that publisher {} went; its"
                                                + " lease runs out by itself",
                                        liveId,
                                        publisherId);
                            }
                        });
    }

    private void lose(String reason) {
        if (end()) {
            lost.accept(reason);
        }
    }

    private void on(CompletionStage<Answer> stage, Consumer<Answer> then) {
        stage.thenAcceptAsync(
                answer -> {
                    if (!closed) {
                        then.accept(answer);
                    }
                },
                loop);
    }
}

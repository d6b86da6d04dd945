package dev.confetti.demo.rtmp;

import dev.confetti.demo.flv.FlvClip;
import dev.confetti.demo.flv.FlvTag;
import dev.confetti.demo.pace.Pace;
import java.io.IOException;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Publishes a clip over RTMP, looped without end, on a virtual thread.
 *
 * <p>The timestamps are the milliseconds since the publisher was started: they grow from loop to
 * loop, and after a lost connection they go on at the first key frame that is due then. A lost
 * connection is tried again; a refusal ends it.
 */
public final class RtmpPublisher implements AutoCloseable {
    private static final int ANSWER_TIMEOUT_MS = 10_000;
    private static final long FIRST_RETRY_MS = 250;
    private static final long LAST_RETRY_MS = 5_000;

    /** Hears what the publisher does, on the publisher's thread. */
    public interface Listener {
        /** The server has accepted; media follows. */
        default void publishing() {}

        /** One packet has been handed to the network. */
        default void sent(FlvTag tag, long timestampMs, long nanoTime) {}

        /** The connection was lost or did not come about. */
        default void interrupted(IOException reason, long retryInMs) {}
    }

    private final RtmpTarget target;
    private final FlvClip clip;
    private final Listener listener;
    private final Pace pace;
    private final CountDownLatch ended = new CountDownLatch(1);
    private final Thread thread;
    private volatile boolean closed;
    private volatile @Nullable RtmpSession session;
    private volatile @Nullable RtmpRefusedException refusal;

    private RtmpPublisher(RtmpTarget target, FlvClip clip, Listener listener, Pace pace) {
        this.target = target;
        this.clip = clip;
        this.listener = listener;
        this.pace = pace;
        this.thread = Thread.ofVirtual().name("rtmp-publisher").unstarted(this::run);
    }

    /** Starts publishing and returns at once. */
    public static RtmpPublisher start(
            RtmpTarget target, FlvClip clip, Listener listener, Pace pace) {
        RtmpPublisher publisher = new RtmpPublisher(target, clip, listener, pace);
        publisher.thread.start();
        return publisher;
    }

    /** Waits until the publisher has ended, by a refusal or by {@link #close}. */
    public void awaitEnd() throws InterruptedException {
        ended.await();
    }

    /** Why the server refused; empty while it has not. */
    public Optional<RtmpRefusedException> refusal() {
        return Optional.ofNullable(refusal);
    }

    /** Stops publishing; returns within a second or so. */
    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        try {
            if (!ended.await(1, TimeUnit.SECONDS)) {
                // Stuck in a write to a server that does not read: only the socket's end frees it.
                closeQuietly(session);
            }
        } catch (InterruptedException e) {
            closeQuietly(session);
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        long originNanos = pace.nanoTime();
        long retryMs = FIRST_RETRY_MS;
        try {
            while (!closed) {
                try (RtmpSession opened =
                        RtmpSession.open(target, ANSWER_TIMEOUT_MS, new Random())) {
                    session = opened;
                    retryMs = FIRST_RETRY_MS;
                    listener.publishing();
                    play(opened, originNanos);
                } catch (IOException e) {
                    if (closed) {
                        return;
                    }
                    listener.interrupted(e, retryMs);
                    pace.sleepMs(retryMs);
                    retryMs = Math.min(2 * retryMs, LAST_RETRY_MS);
                }
            }
        } catch (RtmpRefusedException e) {
            refusal = e;
        } catch (InterruptedException e) {
            // Closed.
        } finally {
            ended.countDown();
        }
    }

    private void play(RtmpSession to, long originNanos)
            throws IOException, RtmpRefusedException, InterruptedException {
        try {
            long nowMs = (pace.nanoTime() - originNanos) / 1_000_000;
            long number = clip.keyFrameAtOrAfter(nowMs);
            long startMs = clip.timeMs(number);
            pace.sleepUntil(originNanos + startMs * 1_000_000);
            for (FlvTag header : clip.headers()) {
                byte[] body =
                        header.type() == FlvTag.SCRIPT
                                ? Metadata.asSent(header.body())
                                : header.body();
                to.send(header.type(), startMs, body);
            }
            while (true) {
                long timeMs = clip.timeMs(number);
                pace.sleepUntil(originNanos + timeMs * 1_000_000);
                FlvTag frame = clip.frame(number);
                to.send(frame.type(), timeMs, frame.body());
                listener.sent(frame, timeMs, pace.nanoTime());
                number++;
            }
        } catch (InterruptedException e) {
            to.unpublish(target);
            throw e;
        }
    }

    private static void closeQuietly(@Nullable RtmpSession session) {
        try {
            if (session != null) {
                session.close();
            }
        } catch (IOException e) {
            // Closed either way.
        }
    }
}

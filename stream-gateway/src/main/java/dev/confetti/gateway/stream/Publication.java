package dev.confetti.gateway.stream;

import dev.confetti.gateway.amf.AmfValue;
import dev.confetti.gateway.channel.Connection;
import dev.confetti.gateway.codec.AudioConfig;
import dev.confetti.gateway.codec.VideoConfig;
import dev.confetti.gateway.control.ControlPlane;
import dev.confetti.gateway.control.Lease;
import dev.confetti.gateway.limits.Limits;
import dev.confetti.gateway.media.Frame;
import dev.confetti.gateway.media.MediaSink;
import java.util.UUID;
import java.util.function.LongSupplier;

/**
 * One publisher's hold on a stream, from its admission until it goes, is replaced or is refused.
 *
 * <p>What comes in may come from any one thread; it is handed to the stream's event loop in order.
 */
public final class Publication implements MediaSink {
    private final Stream stream;
    private final Publisher publisher;
    private final Lease lease;
    private boolean over; // on the stream's loop

    Publication(
            Stream stream,
            Publisher publisher,
            UUID publisherId,
            ControlPlane control,
            Limits limits,
            LongSupplier clockMs) {
        this.stream = stream;
        this.publisher = publisher;
        this.lease =
                new Lease(
                        control,
                        stream.liveId(),
                        publisherId,
                        stream.loop(),
                        clockMs,
                        limits.graceMs(),
                        stream::viewers,
                        this::leaseLost);
    }

    /**
     * Begins; on the stream's loop.
     *
     * @return false when the stream has just closed
     */
    boolean begin(long leaseMs) {
        if (!stream.attach(this)) {
            return false;
        }
        lease.begin(leaseMs);
        return true;
    }

    Connection connection() {
        return publisher.connection();
    }

    @Override
    public void metadata(AmfValue metadata) {
        stream.run(() -> stream.metadata(this, metadata));
    }

    @Override
    public void videoConfig(VideoConfig config) {
        stream.run(() -> stream.videoConfig(this, config));
    }

    @Override
    public void audioConfig(AudioConfig config) {
        stream.run(() -> stream.audioConfig(this, config));
    }

    @Override
    public void frame(int timestampMs, Frame frame) {
        stream.run(
                () -> {
                    if (!over) {
                        lease.mediaArrived();
                    }
                    stream.frame(this, timestampMs, frame);
                },
                frame::release);
    }

    /** The publisher went, by its own will or because its connection broke. */
    public void end() {
        stream.run(
                () -> {
                    if (!over) {
                        over = true;
                        lease.release();
                        stream.detach(this);
                    }
                });
    }

    /** The stream let go of it: replaced, or the stream is over. */
    void stopped(String reason) {
        if (!over) {
            over = true;
            lease.drop();
            publisher.stop(reason);
        }
    }

    /** Somebody sent the publisher away: as if it had gone by itself. */
    void kicked(String reason) {
        if (!over) {
            over = true;
            lease.release();
            stream.detach(this);
            publisher.stop(reason);
        }
    }

    private void leaseLost(String reason) {
        if (!over) {
            over = true;
            stream.detach(this);
            publisher.stop(reason);
        }
    }
}

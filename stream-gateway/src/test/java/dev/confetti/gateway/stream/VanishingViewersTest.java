package dev.confetti.gateway.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confetti.gateway.channel.Connection;
import dev.confetti.gateway.codec.VideoCodec;
import dev.confetti.gateway.cue.StampedCue;
import dev.confetti.gateway.fake.Cues;
import dev.confetti.gateway.fake.SilentControl;
import dev.confetti.gateway.limits.Limits;
import dev.confetti.gateway.media.AccessUnit;
import dev.confetti.gateway.media.Frame;
import dev.confetti.gateway.media.TrackHeaders;
import dev.confetti.gateway.metrics.GatewayMeters;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Viewers whose writes fail close in the middle of the stream's walk over its viewers. */
class VanishingViewersTest {
    private final GatewayMeters meters = new GatewayMeters();
    private final Streams streams =
            new Streams(
                    Limits.defaults(),
                    meters,
                    () -> 1000,
                    () -> 1000,
                    new FlushPace(FlushPace.Mode.FRAME),
                    null);
    private final EmbeddedChannel publisherChannel = new EmbeddedChannel();
    private final Stream stream = streams.open("live1", publisherChannel.eventLoop());
    private final List<String> stopped = new ArrayList<>();

    @Test
    void theOthersAndThePublisherNoticeNothing() {
        Publication publication =
                new Publication(
                        stream,
                        new Publisher() {
                            @Override
                            public Connection connection() {
                                return Connection.of(publisherChannel);
                            }

                            @Override
                            public void stop(String reason) {
                                stopped.add(reason);
                            }
                        },
                        new UUID(0, 1),
                        new SilentControl(),
                        Limits.defaults(),
                        () -> 1000);
        assertThat(publication.begin(10_000)).isTrue();
        publication.frame(0, picture());

        List<EmbeddedChannel> gone = new ArrayList<>();
        EmbeddedChannel stays = new EmbeddedChannel();
        join(stays, new OneByte());
        for (int i = 0; i < 3; i++) {
            EmbeddedChannel vanishes = new EmbeddedChannel();
            join(vanishes, new OneByte()); // a format of its own, gone with its last viewer
            join(vanishes, new OneByte());
            vanishes.pipeline().addLast(new FailingWrites());
            gone.add(vanishes);
        }
        GiftListener[] listener = new GiftListener[1];
        for (int i = 0; i < 3; i++) {
            listener[0] =
                    new GiftListener() {
                        @Override
                        public Connection connection() {
                            return Connection.of(publisherChannel);
                        }

                        @Override
                        public void gift(StampedCue cue) {
                            stream.unlisten(this);
                        }

                        @Override
                        public void streamEnded() {}
                    };
            stream.listen(listener[0]);
        }

        stream.gift(Cues.rose(1));
        publication.frame(40, picture());
        publisherChannel.runPendingTasks();
        publication.frame(80, picture());

        assertThat(stopped).isEmpty();
        assertThat(stream.viewers()).isEqualTo(1);
        assertThat(meters.giftListeners.get()).isZero();
        int bytes = 0;
        for (ByteBuf out = stays.readOutbound(); out != null; out = stays.readOutbound()) {
            bytes += out.readableBytes();
            out.release();
        }
        assertThat(bytes).as("three pictures of one byte each").isEqualTo(3);

        stream.end("test over");
        stays.finishAndReleaseAll();
        gone.forEach(EmbeddedChannel::releaseOutbound);
        publisherChannel.runPendingTasks();
    }

    private void join(EmbeddedChannel channel, Muxer muxer) {
        stream.join(new Viewer(channel, muxer, null, Passage.FREE, Limits.defaults(), () -> {}));
    }

    private static Frame picture() {
        return new Frame.Video(VideoCodec.AVC, 0, true, Unpooled.buffer(4).writeInt(7), 4, 0);
    }

    /** A wire format that says one byte for each unit. */
    private static final class OneByte implements Muxer {
        @Override
        public String name() {
            return "one";
        }

        @Override
        public void writePreamble(ByteBuf out) {}

        @Override
        public void writeHeaders(ByteBuf out, TrackHeaders headers, long dtsMs) {}

        @Override
        public void writeUnit(ByteBuf out, AccessUnit unit, List<StampedCue> cues) {
            out.writeByte(1);
        }

        @Override
        public void writeCues(ByteBuf out, List<StampedCue> cues, long dtsMs) {}
    }

    /** As a socket does whose peer is gone. */
    private static final class FailingWrites extends ChannelOutboundHandlerAdapter {
        @Override
        public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
            ReferenceCountUtil.release(message);
            promise.tryFailure(new IOException("Broken pipe"));
            var _ = ctx.close();
        }
    }
}

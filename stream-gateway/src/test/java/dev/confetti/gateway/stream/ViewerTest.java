package dev.confetti.gateway.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confetti.gateway.channel.Connection;
import dev.confetti.gateway.codec.AvcConfig;
import dev.confetti.gateway.codec.VideoCodec;
import dev.confetti.gateway.fake.FakeControl;
import dev.confetti.gateway.fake.TestMedia;
import dev.confetti.gateway.flv.FlvMuxer;
import dev.confetti.gateway.limits.Limits;
import dev.confetti.gateway.media.Frame;
import dev.confetti.gateway.metrics.GatewayMeters;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ViewerTest {
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

    @Test
    void sharedBytesHaveNoRoomBehindThemThatAHandlerCouldFill() {
        Publication publication =
                new Publication(
                        stream,
                        new Publisher() {
                            @Override
                            public Connection connection() {
                                return Connection.of(publisherChannel);
                            }

                            @Override
                            public void stop(String reason) {}
                        },
                        new UUID(0, 1),
                        new FakeControl(),
                        Limits.defaults(),
                        () -> 1000);
        assertThat(publication.begin(10_000)).isTrue();
        publication.videoConfig(
                AvcConfig.read(Unpooled.wrappedBuffer(TestMedia.hex(TestMedia.AVC_CONFIG))));
        publication.frame(0, picture());
        EmbeddedChannel channel = new EmbeddedChannel();
        Viewer viewer =
                new Viewer(
                        channel,
                        FlvMuxer.INSTANCE,
                        null,
                        Passage.FREE,
                        Limits.defaults(),
                        () -> {});
        stream.join(viewer);
        drain(channel);

        viewer.pause(true);
        publication.frame(40, picture());
        assertThat(drain(channel)).isZero();
        viewer.pause(false);
        publication.frame(80, picture());
        assertThat(drain(channel)).as("headers and a picture").isEqualTo(2);

        stream.end("test over");
        channel.finishAndReleaseAll();
        publisherChannel.runPendingTasks();
    }

    /** Reads all that was sent but the very first, which is this viewer's own. */
    private static int drain(EmbeddedChannel channel) {
        int count = 0;
        for (ByteBuf out = channel.readOutbound(); out != null; out = channel.readOutbound()) {
            if (out.getByte(out.readerIndex()) != 'F') {
                assertThat(out.maxWritableBytes()).isZero();
            }
            count++;
            out.release();
        }
        return count;
    }

    private static Frame picture() {
        ByteBuf payload = Unpooled.wrappedBuffer(TestMedia.hex("00000003 658880"));
        return new Frame.Video(VideoCodec.AVC, 0, true, payload, 4, 0);
    }
}

package dev.confetti.gateway.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confetti.gateway.channel.Connection;
import dev.confetti.gateway.control.Answer;
import dev.confetti.gateway.control.ControlPlane;
import dev.confetti.gateway.cue.Cue;
import dev.confetti.gateway.http.HttpInitializer;
import dev.confetti.gateway.limits.Limits;
import dev.confetti.gateway.metrics.GatewayMeters;
import dev.confetti.gateway.operations.StreamOperations;
import dev.confetti.gateway.play.PlayGate;
import dev.confetti.gateway.rtmp.RtmpInitializer;
import dev.confetti.gateway.stream.FlushPace;
import dev.confetti.gateway.stream.PublishGate;
import dev.confetti.gateway.stream.Streams;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.ChannelHandler;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.netty.util.ReferenceCountUtil;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/**
 * A gateway without ports: the real pipelines and the real streams, on channels in memory and this
 * one thread, at a time that stands still until it is told to go on. Closing it sees to it that no
 * buffer is left.
 */
final class FuzzGateway implements AutoCloseable {
    static final String TOKEN = "service-token";

    static {
        var _ = new HttpResponseEncoder(); // its class keeps two small buffers for good
    }

    /**
     * Ours are buffers of their own; those of streams, outside the heap, are counted where
     * unpooled.
     */
    private final UnpooledByteBufAllocator alloc = new UnpooledByteBufAllocator(false, true);

    private final long usedBefore = usedByStreams();
    private final Limits limits = Limits.defaults();
    private final GatewayMeters meters = new GatewayMeters();
    private long nowMs = 1_000_000;
    final Streams streams =
            new Streams(
                    limits,
                    meters,
                    () -> nowMs,
                    () -> nowMs,
                    new FlushPace(FlushPace.Mode.FRAME),
                    null);
    final List<String> asked = new ArrayList<>();
    private final List<EmbeddedChannel> channels = new ArrayList<>();
    private final PublishGate gate =
            new PublishGate(new ReadyControl(), streams, limits, () -> nowMs, UUID::randomUUID);
    private final PlayGate playGate = PlayGate.of("", InstantSource.system());
    private final ChannelHandler rtmp =
            new RtmpInitializer(gate, playGate, streams, limits, meters, () -> nowMs);
    private final ChannelHandler http =
            new HttpInitializer(
                    streams,
                    playGate,
                    new StreamOperations(streams, TOKEN),
                    limits,
                    meters,
                    () -> true,
                    () -> "# none\n");

    /** Everyone may publish with any key; what is asked for is a live's name, whatever was sent. */
    private final class ReadyControl implements ControlPlane {
        @Override
        public CompletionStage<Answer> authorise(String liveId, String streamKey, UUID id) {
            assertThat(liveId).matches("[A-Za-z0-9_-]{1,64}");
            assertThat(streamKey.length()).isBetween(1, 256);
            asked.add(liveId + " " + streamKey);
            return granted();
        }

        @Override
        public CompletionStage<Answer> started(String liveId, UUID publisherId) {
            return granted();
        }

        @Override
        public CompletionStage<Answer> renew(String liveId, UUID publisherId, int viewers) {
            return granted();
        }

        @Override
        public CompletionStage<Answer> gone(String liveId, UUID publisherId) {
            return granted();
        }

        private CompletionStage<Answer> granted() {
            return CompletableFuture.completedFuture(new Answer.Granted(10_000));
        }
    }

    EmbeddedChannel rtmp() {
        return channel(rtmp);
    }

    EmbeddedChannel http() {
        return channel(http);
    }

    private EmbeddedChannel channel(ChannelHandler protocol) {
        EmbeddedChannel channel =
                EmbeddedChannel.builder().register(false).handlers(protocol).build();
        channel.config().setAllocator(alloc);
        Connection.open(channel, new UUID(0, 1), Instant.EPOCH, Connection.Observer.NONE);
        channels.add(channel);
        try {
            channel.register();
            channel.freezeTime();
        } catch (Exception e) {
            throw new IllegalStateException("a channel in memory", e);
        }
        return channel;
    }

    /** A stranger's bytes arrive; nothing more comes to a channel that is closed. */
    void receive(EmbeddedChannel channel, byte[] bytes) {
        if (channel.isOpen()) {
            channel.writeInbound(alloc.heapBuffer().writeBytes(bytes));
        }
        settle();
    }

    /** Time goes on for all. */
    void pass(long ms) {
        nowMs += ms;
        channels.forEach(channel -> channel.advanceTimeBy(ms, TimeUnit.MILLISECONDS));
        settle();
    }

    void gift(String liveId, Cue cue) {
        streams.gift(liveId, cue);
    }

    private void settle() {
        for (int round = 0; round < 3; round++) {
            channels.forEach(EmbeddedChannel::runPendingTasks);
            channels.forEach(EmbeddedChannel::runScheduledPendingTasks);
        }
    }

    /** All that was sent since the last call. */
    byte[] sent(EmbeddedChannel channel) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (Object out = channel.readOutbound(); out != null; out = channel.readOutbound()) {
            if (out instanceof ByteBuf bytes) {
                byte[] copy = new byte[bytes.readableBytes()];
                bytes.readBytes(copy);
                all.writeBytes(copy);
            }
            ReferenceCountUtil.release(out);
        }
        return all.toByteArray();
    }

    /** Bytes in buffers of the channels now, for what has arrived. */
    long heldBytes() {
        return alloc.metric().usedHeapMemory() + alloc.metric().usedDirectMemory();
    }

    @Override
    public void close() {
        streams.endAll("the input is over");
        settle();
        for (EmbeddedChannel channel : List.copyOf(channels)) {
            var _ = channel.finishAndReleaseAll();
        }
        settle();
        channels.forEach(EmbeddedChannel::releaseOutbound);
        assertThat(heldBytes()).as("bytes leaked").isZero();
        assertThat(usedByStreams()).as("bytes leaked by streams").isEqualTo(usedBefore);
        assertThat(meters.streams.get()).as("streams").isZero();
        assertThat(meters.viewers.get()).as("viewers").isZero();
        assertThat(meters.publishers.get()).as("publishers").isZero();
        assertThat(meters.giftListeners.get()).as("gift listeners").isZero();
    }

    private static long usedByStreams() {
        return ByteBufAllocator.DEFAULT instanceof UnpooledByteBufAllocator unpooled
                ? unpooled.metric().usedDirectMemory()
                : 0;
    }
}

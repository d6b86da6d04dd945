package dev.confetti.gateway.rtmp;

import dev.confetti.gateway.limits.Limits;
import dev.confetti.gateway.metrics.GatewayMeters;
import dev.confetti.gateway.stream.PublishGate;
import dev.confetti.gateway.stream.Streams;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import java.util.function.LongSupplier;

/** Sets up each RTMP connection: bytes → handshake → chunks → messages → connection. */
public final class RtmpInitializer extends ChannelInitializer<Channel> {
    private final PublishGate gate;
    private final Streams streams;
    private final Limits limits;
    private final GatewayMeters meters;
    private final LongSupplier clockMs;
    private final MemoryBudget budget;

    public RtmpInitializer(
            PublishGate gate,
            Streams streams,
            Limits limits,
            GatewayMeters meters,
            LongSupplier clockMs) {
        this.gate = gate;
        this.streams = streams;
        this.limits = limits;
        this.meters = meters;
        this.clockMs = clockMs;
        this.budget = new MemoryBudget(limits.maxUnfinishedTotalBytes());
    }

    @Override
    protected void initChannel(Channel channel) {
        Acknowledger acknowledger = new Acknowledger(meters);
        channel.pipeline()
                .addLast("acknowledger", acknowledger)
                .addLast("handshake", new Handshake(() -> new ChunkDecoder(limits, budget)))
                .addLast(
                        "connection",
                        new RtmpConnection(gate, streams, limits, meters, clockMs, acknowledger));
    }
}

package dev.confetti.gateway.rtmp;

import dev.confetti.gateway.limits.Limits;
import dev.confetti.gateway.metrics.GatewayMeters;
import dev.confetti.gateway.play.PlayGate;
import dev.confetti.gateway.stream.PublishGate;
import dev.confetti.gateway.stream.Streams;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Sets up each RTMP connection: bytes (→ TLS) → handshake → chunks → messages → connection. */
public final class RtmpInitializer extends ChannelInitializer<Channel> {
    private final PublishGate gate;
    private final PlayGate playGate;
    private final Streams streams;
    private final Limits limits;
    private final GatewayMeters meters;
    private final LongSupplier clockMs;
    private final MemoryBudget budget;
    private final @Nullable SslContext tls;

    public RtmpInitializer(
            PublishGate gate,
            PlayGate playGate,
            Streams streams,
            Limits limits,
            GatewayMeters meters,
            LongSupplier clockMs) {
        this(
                gate,
                playGate,
                streams,
                limits,
                meters,
                clockMs,
                new MemoryBudget(limits.maxUnfinishedTotalBytes()),
                null);
    }

    private RtmpInitializer(
            PublishGate gate,
            PlayGate playGate,
            Streams streams,
            Limits limits,
            GatewayMeters meters,
            LongSupplier clockMs,
            MemoryBudget budget,
            @Nullable SslContext tls) {
        this.gate = gate;
        this.playGate = playGate;
        this.streams = streams;
        this.limits = limits;
        this.meters = meters;
        this.clockMs = clockMs;
        this.budget = budget;
        this.tls = tls;
    }

    /** The same for connections over TLS, within the same budget of memory. */
    public RtmpInitializer over(SslContext context) {
        return new RtmpInitializer(
                gate, playGate, streams, limits, meters, clockMs, budget, context);
    }

    @Override
    protected void initChannel(Channel channel) {
        if (tls != null) {
            SslHandler handler = tls.newHandler(channel.alloc());
            handler.setHandshakeTimeoutMillis(limits.connectTimeoutMs());
            channel.pipeline().addLast("tls", handler);
        }
        Acknowledger acknowledger = new Acknowledger(meters);
        channel.pipeline()
                .addLast("acknowledger", acknowledger)
                .addLast("handshake", new Handshake(() -> new ChunkDecoder(limits, budget)))
                .addLast(
                        "connection",
                        new RtmpConnection(
                                gate, playGate, streams, limits, meters, clockMs, acknowledger));
    }
}

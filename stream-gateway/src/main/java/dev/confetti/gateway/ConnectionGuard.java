package dev.confetti.gateway;

import dev.confetti.gateway.channel.Connection;
import dev.confetti.gateway.channel.Sending;
import dev.confetti.gateway.metrics.GatewayMeters;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import java.time.Instant;
import java.util.UUID;

/** Lets a connection in while there is room, and counts it. */
final class ConnectionGuard extends ChannelInitializer<Channel> {
    private final int maxConnections;
    private final GatewayMeters meters;
    private final Connection.Observer observer;
    private final ChannelHandler protocol;

    /**
     * @param observer is told of those that come for media
     * @param protocol sets the connection up when it is let in; shared by all
     */
    ConnectionGuard(
            int maxConnections,
            GatewayMeters meters,
            Connection.Observer observer,
            ChannelHandler protocol) {
        this.maxConnections = maxConnections;
        this.meters = meters;
        this.observer = observer;
        this.protocol = protocol;
    }

    @Override
    protected void initChannel(Channel channel) {
        int now = meters.connections.incrementAndGet();
        channel.closeFuture().addListener(_ -> meters.connections.decrementAndGet());
        if (now > maxConnections) {
            meters.connectionsRefused.increment();
            Sending.close(channel);
            return;
        }
        Connection.open(channel, UUID.randomUUID(), Instant.now(), observer);
        channel.pipeline().addLast(protocol);
    }
}

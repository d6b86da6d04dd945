package dev.confetti.gateway;

import dev.confetti.gateway.channel.Sending;
import dev.confetti.gateway.metrics.GatewayMeters;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;

/** Lets a connection in while there is room, and counts it. */
final class ConnectionGuard extends ChannelInitializer<Channel> {
    private final int maxConnections;
    private final GatewayMeters meters;
    private final ChannelHandler protocol;

    /**
     * @param protocol sets the connection up when it is let in; shared by all
     */
    ConnectionGuard(int maxConnections, GatewayMeters meters, ChannelHandler protocol) {
        this.maxConnections = maxConnections;
        this.meters = meters;
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
        channel.pipeline().addLast(protocol);
    }
}

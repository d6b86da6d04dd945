package dev.confetti.gateway.http;

import dev.confetti.gateway.channel.Connection;
import dev.confetti.gateway.channel.Sending;
import dev.confetti.gateway.cue.StampedCue;
import dev.confetti.gateway.stream.GiftListener;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * One client that gets gifts only, as server-sent events or as WebSocket text.
 *
 * <p>A client that does not read is closed: it connects again and goes on.
 */
final class GiftEvents implements GiftListener {
    /** Shorter than the idle timeout of common proxies. */
    private static final long HEARTBEAT_MS = 15_000;

    private static final String HELLO = "retry: 1000\n: gifts\n\n";
    private static final String HEARTBEAT = ": \n\n";

    private final Channel channel;
    private final boolean webSocket;

    GiftEvents(Channel channel, boolean webSocket) {
        this.channel = channel;
        this.webSocket = webSocket;
    }

    /** Begins, and goes on until the channel closes. */
    void begin() {
        if (!webSocket) {
            Sending.send(channel, ByteBufUtil.writeUtf8(channel.alloc(), HELLO));
        }
        Future<?> heartbeat =
                channel.eventLoop()
                        .scheduleAtFixedRate(
                                this::heartbeat, HEARTBEAT_MS, HEARTBEAT_MS, TimeUnit.MILLISECONDS);
        channel.closeFuture().addListener(_ -> heartbeat.cancel(false));
    }

    private void heartbeat() {
        send(
                webSocket
                        ? new PingWebSocketFrame()
                        : ByteBufUtil.writeUtf8(channel.alloc(), HEARTBEAT));
    }

    @Override
    public Connection connection() {
        return Connection.of(channel);
    }

    @Override
    public void gift(StampedCue cue) {
        ByteBuf out = channel.alloc().buffer(1024);
        if (webSocket) {
            cue.writeJson(out);
            send(new TextWebSocketFrame(out));
        } else {
            ByteBufUtil.writeUtf8(out, "id: " + cue.cue().position() + "\nevent: gift\ndata: ");
            cue.writeJson(out);
            ByteBufUtil.writeUtf8(out, "\n\n");
            send(out);
        }
    }

    private void send(Object message) {
        if (!channel.isWritable()) {
            io.netty.util.ReferenceCountUtil.release(message);
            connection().kick("does not read");
            return;
        }
        Sending.send(channel, message);
    }

    @Override
    public void streamEnded() {
        channel.writeAndFlush(
                        webSocket
                                ? new CloseWebSocketFrame(
                                        WebSocketCloseStatus.NORMAL_CLOSURE, "the live has ended")
                                : Unpooled.EMPTY_BUFFER)
                .addListener(ChannelFutureListener.CLOSE);
    }
}

package dev.confetti.gateway.stream;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.unix.Socket;
import io.netty.handler.ssl.SslHandler;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A socket that takes bytes without a queue: one system call, no promise, no reference counted.
 *
 * <p>Only on the channel's event loop, where an open channel's descriptor is its own: it is closed
 * there and nowhere else.
 */
final class DirectSocket {
    private final EpollSocketChannel channel;
    private final Passage passage;

    private DirectSocket(EpollSocketChannel channel, Passage passage) {
        this.channel = channel;
        this.passage = passage;
    }

    /** The socket of a channel; null where bytes have to go through its pipeline. */
    static @Nullable DirectSocket of(Channel channel, Passage passage) {
        return channel instanceof EpollSocketChannel epoll
                        && channel.pipeline().get(SslHandler.class) == null
                ? new DirectSocket(epoll, passage)
                : null;
    }

    /**
     * Sends as much as the kernel takes at once.
     *
     * @param bytes from 0 to its limit; a direct buffer
     * @return how many went; 0 when something waits in the channel's queue, which must go first
     */
    int send(ByteBuffer bytes) throws IOException {
        ChannelOutboundBuffer queue = channel.unsafe().outboundBuffer();
        if (queue == null
                || queue.totalPendingWriteBytes() > 0
                || !channel.isActive()
                || !passage.open()) {
            return 0;
        }
        int sent = ((Socket) channel.fd()).send(bytes, 0, bytes.limit());
        passage.passed(sent);
        return sent;
    }
}

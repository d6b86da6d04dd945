package dev.confetti.bench.viewers;

import dev.confetti.bench.media.FlvTap;
import dev.confetti.bench.media.HttpBodyException;
import dev.confetti.demo.flv.FlvFormatException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;

/**
 * Many HTTP-FLV viewers of one live on one thread: they join at a steady pace, stay, and leave
 * together.
 */
final class ViewerSwarm {
    private static final int READ_BYTES = 1 << 18;

    private final URI flv;
    private final int viewers;
    private final double joinsPerSecond;
    private final long stayNanos;
    private final ViewerFindings findings;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(READ_BYTES);
    private final List<SocketChannel> open = new ArrayList<>();
    private int left;

    ViewerSwarm(
            URI flv, int viewers, double joinsPerSecond, long stayNanos, ViewerFindings findings) {
        this.flv = flv;
        this.viewers = viewers;
        this.joinsPerSecond = joinsPerSecond;
        this.stayNanos = stayNanos;
        this.findings = findings;
    }

    /** Runs to the end, or until nobody is left, and returns how long that took. */
    long run() throws IOException {
        long startNanos = System.nanoTime();
        long endNanos = startNanos + (long) (viewers * 1e9 / joinsPerSecond) + stayNanos;
        try (Selector selector = Selector.open()) {
            int joined = 0;
            long nowNanos = startNanos;
            while (nowNanos < endNanos && left < viewers) {
                int due =
                        (int)
                                Math.min(
                                        viewers,
                                        1
                                                + (long)
                                                        ((nowNanos - startNanos)
                                                                * joinsPerSecond
                                                                / 1e9));
                for (; joined < due; joined++) {
                    join(selector);
                }
                long nextNanos =
                        joined < viewers
                                ? startNanos + (long) (joined * 1e9 / joinsPerSecond)
                                : endNanos;
                long waitMs = Math.max(1, (nextNanos - System.nanoTime()) / 1_000_000);
                selector.select(this::ready, waitMs);
                nowNanos = System.nanoTime();
            }
            return nowNanos - startNanos;
        } finally {
            for (SocketChannel channel : open) {
                channel.close();
            }
        }
    }

    private void join(Selector selector) throws IOException {
        SocketChannel channel = SocketChannel.open();
        open.add(channel);
        channel.configureBlocking(false);
        Viewer viewer = new Viewer(findings, System.nanoTime());
        try {
            boolean connected =
                    channel.connect(new InetSocketAddress(flv.getHost(), flv.getPort()));
            SelectionKey key = channel.register(selector, SelectionKey.OP_CONNECT, viewer);
            if (connected) {
                ask(key, channel);
            }
        } catch (IOException e) {
            leave(channel, viewer, e.getClass().getSimpleName());
        }
    }

    private void ask(SelectionKey key, SocketChannel channel) throws IOException {
        // A new connection's send buffer always has room for a request this small.
        channel.write(ByteBuffer.wrap(FlvTap.request(flv)));
        key.interestOps(SelectionKey.OP_READ);
    }

    private void ready(SelectionKey key) {
        SocketChannel channel = (SocketChannel) key.channel();
        Viewer viewer = (Viewer) key.attachment();
        try {
            if (key.isConnectable() && channel.finishConnect()) {
                ask(key, channel);
                return;
            }
            buffer.clear();
            int count = channel.read(buffer);
            if (count < 0) {
                leave(channel, viewer, "closed by the server");
                return;
            }
            viewer.feed(buffer.flip(), System.nanoTime());
        } catch (IOException e) {
            leave(channel, viewer, e.getClass().getSimpleName());
        } catch (HttpBodyException | FlvFormatException e) {
            leave(channel, viewer, String.valueOf(e.getMessage()));
        }
    }

    private void leave(SocketChannel channel, Viewer viewer, String reason) {
        left++;
        if (viewer.sawMedia()) {
            findings.lost(reason);
        } else {
            findings.failed(reason);
        }
        try {
            channel.close();
        } catch (IOException e) {
            // Closed either way.
        }
    }
}

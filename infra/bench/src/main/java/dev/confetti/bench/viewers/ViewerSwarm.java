package dev.confetti.bench.viewers;

import dev.confetti.bench.media.FlvTap;
import dev.confetti.bench.media.HttpBodyException;
import dev.confetti.demo.flv.FlvFormatException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Many HTTP-FLV viewers of one live on one thread: they join at a steady pace, stay, and leave
 * together; or some leave at a steady pace as well, and others come for them.
 */
final class ViewerSwarm {
    /** About a sixth of the demo clip's rate. */
    static final int SLOW_BYTES_PER_SECOND = 20_000;

    private static final int READ_BYTES = 1 << 18;
    private static final int SLOW_READS_PER_SECOND = 10;

    /** Then whoever fell silent goes for good; a server should have let it go before. */
    private static final long SILENT_NANOS = 60_000_000_000L;

    private final URI flv;
    private final ViewerOptions options;
    private final ViewerFindings findings;
    private final ViewerFindings ofNoInterest = new ViewerFindings(null);
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(READ_BYTES);
    private final ByteBuffer slowBuffer =
            ByteBuffer.allocateDirect(SLOW_BYTES_PER_SECOND / SLOW_READS_PER_SECOND);

    /** Those who read as fast as they can, in the order in which they came. */
    private final Deque<SelectionKey> quick = new ArrayDeque<>();

    private final List<SelectionKey> slow = new ArrayList<>();
    private final Deque<Silent> silent = new ArrayDeque<>();
    private int left;
    private int ways;

    /** A connection from which nobody reads any more. */
    private record Silent(SocketChannel channel, long sinceNanos) {}

    ViewerSwarm(URI flv, ViewerOptions options, ViewerFindings findings) {
        this.flv = flv;
        this.options = options;
        this.findings = findings;
    }

    /** Runs to the end, or until nobody is left, and returns how long that took. */
    long run() throws IOException {
        int viewers = options.viewers();
        long startNanos = System.nanoTime();
        long thereNanos = startNanos + (long) (viewers * 1e9 / options.joinsPerSecond());
        long endNanos = thereNanos + options.durationMs() * 1_000_000;
        Schedule joins = new Schedule(startNanos, options.joinsPerSecond(), viewers);
        Schedule leaves = new Schedule(thereNanos, options.leavesPerSecond(), Long.MAX_VALUE);
        Schedule slowReads =
                new Schedule(
                        startNanos,
                        options.slowViewers() > 0 ? SLOW_READS_PER_SECOND : 0,
                        Long.MAX_VALUE);
        int joined = 0;
        try (Selector selector = Selector.open()) {
            try {
                long nowNanos = startNanos;
                while (nowNanos < endNanos && left < viewers) {
                    while (joins.take(nowNanos)) {
                        join(selector, joined++ < options.slowViewers());
                    }
                    while (leaves.take(nowNanos)) {
                        depart(nowNanos);
                        join(selector, false);
                    }
                    while (slowReads.take(nowNanos)) {
                        List.copyOf(slow).forEach(this::readSlowly);
                    }
                    forget(nowNanos);
                    long nextNanos =
                            Math.min(
                                    Math.min(joins.nextNanos(), leaves.nextNanos()),
                                    Math.min(slowReads.nextNanos(), endNanos));
                    long waitMs = Math.max(1, (nextNanos - System.nanoTime()) / 1_000_000);
                    selector.select(this::ready, waitMs);
                    nowNanos = System.nanoTime();
                }
                return nowNanos - startNanos;
            } finally {
                for (SelectionKey key : selector.keys()) {
                    key.channel().close();
                }
                forget(Long.MAX_VALUE);
            }
        }
    }

    private void join(Selector selector, boolean slowly) throws IOException {
        SocketChannel channel = SocketChannel.open();
        channel.configureBlocking(false);
        Viewer viewer = new Viewer(slowly ? ofNoInterest : findings, System.nanoTime());
        SelectionKey key = channel.register(selector, SelectionKey.OP_CONNECT, viewer);
        if (slowly) {
            slow.add(key);
        } else {
            quick.add(key);
        }
        try {
            if (channel.connect(new InetSocketAddress(flv.getHost(), flv.getPort()))) {
                ask(key, channel);
            }
        } catch (IOException e) {
            lose(key, e.getClass().getSimpleName());
        }
    }

    private void ask(SelectionKey key, SocketChannel channel) throws IOException {
        // A new connection's send buffer always has room for a request this small.
        channel.write(ByteBuffer.wrap(FlvTap.request(flv)));
        key.interestOps(slow.contains(key) ? 0 : SelectionKey.OP_READ);
    }

    private void ready(SelectionKey key) {
        SocketChannel channel = (SocketChannel) key.channel();
        try {
            if (key.isConnectable() && channel.finishConnect()) {
                ask(key, channel);
                return;
            }
        } catch (IOException e) {
            lose(key, e.getClass().getSimpleName());
            return;
        }
        read(key, buffer);
    }

    private void readSlowly(SelectionKey key) {
        if (key.isValid() && ((SocketChannel) key.channel()).isConnected()) {
            read(key, slowBuffer);
        }
    }

    private void read(SelectionKey key, ByteBuffer into) {
        try {
            into.clear();
            int count = ((SocketChannel) key.channel()).read(into);
            if (count < 0) {
                lose(key, "closed by the server");
            } else if (count > 0) {
                ((Viewer) key.attachment()).feed(into.flip(), System.nanoTime());
            }
        } catch (IOException e) {
            lose(key, e.getClass().getSimpleName());
        } catch (HttpBodyException | FlvFormatException e) {
            lose(key, String.valueOf(e.getMessage()));
        }
    }

    /** The one who has been there longest goes, by the next of three ways. */
    private void depart(long nowNanos) throws IOException {
        SelectionKey key = quick.poll();
        if (key == null) {
            return;
        }
        findings.left();
        SocketChannel channel = (SocketChannel) key.channel();
        switch (ways++ % 3) {
            case 0 -> channel.close();
            case 1 -> {
                channel.setOption(StandardSocketOptions.SO_LINGER, 0); // a reset
                channel.close();
            }
            default -> {
                key.cancel();
                silent.add(new Silent(channel, nowNanos));
            }
        }
    }

    private void forget(long nowNanos) throws IOException {
        while (!silent.isEmpty() && nowNanos - SILENT_NANOS >= silent.peek().sinceNanos()) {
            silent.remove().channel().close();
        }
    }

    private void lose(SelectionKey key, String reason) {
        left++;
        quick.remove(key);
        slow.remove(key);
        if (((Viewer) key.attachment()).sawMedia()) {
            findings.lost(reason);
        } else {
            findings.failed(reason);
        }
        try {
            key.channel().close();
        } catch (IOException e) {
            // Closed either way.
        }
    }
}

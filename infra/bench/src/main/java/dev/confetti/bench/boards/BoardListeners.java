package dev.confetti.bench.boards;

import dev.confetti.bench.media.HttpBody;
import dev.confetti.bench.media.HttpBodyException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * Many listeners of one board on one thread, in a process of their own, so that neither their heap
 * nor their open files are counted to the service.
 *
 * <p>Says {@code connected} when all have the board; then reads a line with the {@link
 * GiftSchedule}, later one more, upon which it says its {@link PushFindings}.
 */
final class BoardListeners {
    static final String CONNECTED = "connected";

    /** So many connections at once wait to be accepted. */
    private static final int CONNECTING = 100;

    private static final int READ_BYTES = 1 << 18;
    private static final long SELECT_MS = 50;

    private final URI board;
    private final int count;
    private final PushFindings findings = new PushFindings();
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(READ_BYTES);
    private volatile @Nullable GiftSchedule gifts;
    private volatile boolean ended;
    private int opened;
    private int connected;

    private BoardListeners(URI board, int count) {
        this.board = board;
        this.count = count;
    }

    public static void main(String[] arguments) throws IOException {
        new BoardListeners(URI.create(arguments[0]), Integer.parseInt(arguments[1])).run();
    }

    private void run() throws IOException {
        Thread.ofPlatform().daemon().name("orders").start(this::takeOrders);
        try (Selector selector = Selector.open()) {
            boolean said = false;
            while (!ended) {
                while (opened < count && opened - connected < CONNECTING) {
                    open(selector);
                }
                selector.select(this::ready, SELECT_MS);
                if (!said && connected == count) {
                    System.out.println(CONNECTED);
                    said = true;
                }
            }
        }
        System.out.println(findings.line());
    }

    private void takeOrders() {
        try (BufferedReader orders =
                new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII))) {
            String first = orders.readLine();
            if (first != null) {
                gifts = GiftSchedule.of(first);
                orders.readLine();
            }
        } catch (IOException e) {
            System.err.println("listeners: " + e);
        }
        ended = true;
    }

    private void open(Selector selector) throws IOException {
        SocketChannel channel = SocketChannel.open();
        channel.configureBlocking(false);
        Listener listener = new Listener();
        boolean done = channel.connect(new InetSocketAddress(board.getHost(), board.getPort()));
        SelectionKey key = channel.register(selector, SelectionKey.OP_CONNECT, listener);
        opened++;
        if (done) {
            ask(key, channel);
        }
    }

    private void ask(SelectionKey key, SocketChannel channel) throws IOException {
        // A new connection's send buffer always has room for a request this small.
        channel.write(
                ByteBuffer.wrap(
                        ("GET "
                                        + board.getRawPath()
                                        + " HTTP/1.1\r\nHost: "
                                        + board.getRawAuthority()
                                        + "\r\nAccept: text/event-stream\r\n\r\n")
                                .getBytes(StandardCharsets.US_ASCII)));
        key.interestOps(SelectionKey.OP_READ);
    }

    private void ready(SelectionKey key) {
        SocketChannel channel = (SocketChannel) key.channel();
        Listener listener = (Listener) key.attachment();
        try {
            if (key.isConnectable() && channel.finishConnect()) {
                ask(key, channel);
                return;
            }
            buffer.clear();
            if (channel.read(buffer) < 0) {
                throw new IOException("the server ended the connection");
            }
            listener.body.feed(buffer.flip());
        } catch (IOException | HttpBodyException e) {
            lose(channel, listener, e);
        }
    }

    private void lose(SocketChannel channel, Listener listener, Exception reason) {
        if (findings.lost() == 0) {
            System.err.println("listeners: the first is lost: " + reason.getMessage());
        }
        findings.lose();
        connected += listener.heard ? 0 : 1;
        try {
            channel.close();
        } catch (IOException e) {
            // Closed either way.
        }
    }

    /** One connection. */
    private final class Listener implements PushedEvents.Listener {
        private final PushedEvents events = new PushedEvents(this);
        private final HttpBody body = new HttpBody(events::feed);
        private boolean heard;
        private long position;

        @Override
        public void arrived(boolean whole, long counted) {
            if (!heard) {
                heard = true;
                connected++;
            }
            GiftSchedule schedule = gifts;
            if (schedule != null && counted > position) {
                long nowMicros = ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
                findings.arrived(schedule, whole, position, counted, nowMicros);
            }
            position = counted;
        }
    }
}

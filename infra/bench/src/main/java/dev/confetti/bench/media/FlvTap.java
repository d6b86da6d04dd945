package dev.confetti.bench.media;

import dev.confetti.demo.flv.FlvFormatException;
import dev.confetti.demo.flv.FlvReader;
import dev.confetti.demo.flv.FlvTag;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One viewer of a live over HTTP-FLV, on a thread of its own, that keeps the whole of every tag.
 */
public final class FlvTap implements AutoCloseable {
    private static final int CONNECT_TIMEOUT_MS = 10_000;
    private static final int READ_BYTES = 1 << 16;

    /** Gets tags as they arrive, on the tap's thread. */
    public interface Listener {
        /**
         * A tag is complete.
         *
         * @param nanoTime when the bytes that completed the tag had arrived
         */
        void arrived(FlvTag tag, long nanoTime);
    }

    private final Socket socket = new Socket();
    private final CountDownLatch firstMedia = new CountDownLatch(1);
    private final URI flv;
    private final Listener listener;
    private volatile boolean closed;
    private volatile @Nullable String failure;
    private long nanoTime;

    private FlvTap(URI flv, Listener listener) {
        this.flv = flv;
        this.listener = listener;
    }

    /** Opens a stream and returns at once. */
    public static FlvTap open(URI flv, Listener listener) {
        FlvTap tap = new FlvTap(flv, listener);
        Thread.ofPlatform().daemon().name("flv-tap").start(tap::read);
        return tap;
    }

    /** Waits until media has arrived; false when the time is over or the stream has failed. */
    public boolean awaitMedia(long timeoutMs) throws InterruptedException {
        return firstMedia.await(timeoutMs, TimeUnit.MILLISECONDS) && failure == null;
    }

    /** Why the stream ended; empty while it goes on, and after {@link #close}. */
    public Optional<String> failure() {
        return Optional.ofNullable(failure);
    }

    private void read() {
        FlvReader reader = new FlvReader(this::tag, true);
        HttpBody body = new HttpBody(reader::feed);
        byte[] buffer = new byte[READ_BYTES];
        try {
            socket.connect(new InetSocketAddress(flv.getHost(), flv.getPort()), CONNECT_TIMEOUT_MS);
            socket.getOutputStream().write(request(flv));
            int count = 0;
            while (count >= 0 && !body.ended()) {
                body.feed(ByteBuffer.wrap(buffer, 0, count));
                count = socket.getInputStream().read(buffer);
                nanoTime = System.nanoTime();
            }
            fail("the server ended the stream");
        } catch (IOException | HttpBodyException | FlvFormatException e) {
            fail(e.getMessage() == null ? e.toString() : e.getMessage());
        }
    }

    private void fail(String reason) {
        if (!closed) {
            failure = ShownUrl.of(flv.toString()) + ": " + reason;
        }
        firstMedia.countDown();
    }

    private void tag(FlvTag tag) {
        if (tag.type() == FlvTag.VIDEO) {
            firstMedia.countDown();
        }
        listener.arrived(tag, nanoTime);
    }

    /** The request for a stream, as bytes to write. */
    public static byte[] request(URI uri) {
        return ("GET "
                        + uri.getRawPath()
                        + (uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery())
                        + " HTTP/1.1\r\nHost: "
                        + uri.getRawAuthority()
                        + "\r\nUser-Agent: confetti-bench\r\nAccept: */*\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public void close() {
        closed = true;
        try {
            socket.close();
        } catch (IOException e) {
            // Closed either way.
        }
    }
}

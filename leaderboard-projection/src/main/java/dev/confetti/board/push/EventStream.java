package dev.confetti.board.push;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.MediaType;

/** A listener by server-sent events, with a virtual thread that sleeps until there is something. */
final class EventStream {
    private static final Logger LOG = LoggerFactory.getLogger(EventStream.class);
    private static final byte[] HEARTBEAT = ": heartbeat\n\n".getBytes(StandardCharsets.UTF_8);

    private EventStream() {}

    /** Answers the request with what the subscription brings, until either side ends it. */
    static void open(
            Subscription subscription, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        AsyncContext connection;
        try {
            response.setContentType(MediaType.TEXT_EVENT_STREAM_VALUE);
            response.setCharacterEncoding("UTF-8");
            response.setHeader("Cache-Control", "no-store");
            response.setHeader("X-Accel-Buffering", "no");
            // Now, while this thread owns the response: filters add their headers when it is
            // committed.
            response.flushBuffer();
            connection = request.startAsync();
            connection.setTimeout(0);
        } catch (IOException | RuntimeException e) {
            subscription.close();
            throw e;
        }
        Thread.ofVirtual()
                .name("board-listener")
                .start(() -> serve(subscription, connection, response));
    }

    private static void serve(
            Subscription subscription, AsyncContext connection, HttpServletResponse response) {
        try (subscription) {
            ServletOutputStream out = response.getOutputStream();
            for (var next = subscription.next(); next != null; next = subscription.next()) {
                out.write(
                        switch (next) {
                            case Subscription.Send send -> send.message().eventBytes();
                            case Subscription.Heartbeat heartbeat -> HEARTBEAT;
                        });
                response.flushBuffer();
            }
        } catch (IOException | RuntimeException e) {
            // Whatever a response throws that the server has taken back means the same.
            LOG.debug("a listener is gone: {}", e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            complete(connection);
        }
    }

    private static void complete(AsyncContext connection) {
        try {
            connection.complete();
        } catch (IllegalStateException e) {
            LOG.debug("the server ended the connection first: {}", e.toString());
        }
    }
}

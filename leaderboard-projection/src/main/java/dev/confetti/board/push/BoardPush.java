package dev.confetti.board.push;

import dev.confetti.board.view.BoardProblem;
import dev.confetti.board.view.BoardQuery;
import dev.confetti.board.view.BoardViews;
import dev.confetti.board.view.BoardViews.Versioned;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.MediaType;
import redis.clients.jedis.exceptions.JedisException;

/**
 * Pushes boards as server-sent events.
 *
 * <p>One thread looks at each tick which of the watched views changed, in one round trip, and
 * encodes each that did once. Every listener has a virtual thread that sleeps until then and writes
 * the newest version: one that does not read holds up only itself, until the server's write timeout
 * ends it.
 */
public final class BoardPush implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(BoardPush.class);

    private final BoardViews views;
    private final EventWriter writer;
    private final PushPolicy policy;
    private final Map<BoardQuery, Channel> channels = new ConcurrentHashMap<>();
    private final AtomicInteger listeners = new AtomicInteger();
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final Thread ticker;

    /** With which names boards were last pushed; the ticker's own. */
    private long namesVersion;

    public BoardPush(BoardViews views, EventWriter writer, PushPolicy policy) {
        this.views = views;
        this.writer = writer;
        this.policy = policy;
        this.ticker =
                Thread.ofPlatform().name("board-push").daemon().unstarted(this::tickUntilStopped);
    }

    public void start() {
        ticker.start();
    }

    /** Connections now open. */
    public int listeners() {
        return listeners.get();
    }

    /** Lets all listeners go; they are told nothing and come back by themselves. */
    @Override
    public void close() {
        stopping.countDown();
        channels.values().forEach(Channel::close);
    }

    /**
     * Answers a request with the view and its changes, until either side ends it.
     *
     * @throws BoardProblem when the view cannot be shown or there are too many listeners
     */
    public void listen(BoardQuery query, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        if (listeners.incrementAndGet() > policy.maxListeners() || stopping.getCount() == 0) {
            listeners.decrementAndGet();
            throw BoardProblem.unavailable(
                    "too-many-listeners",
                    "no more than "
                            + policy.maxListeners()
                            + " listeners here; read the board without text/event-stream");
        }
        Channel channel;
        try {
            channel = join(query);
        } catch (RuntimeException e) {
            listeners.decrementAndGet();
            throw e;
        }
        response.setContentType(MediaType.TEXT_EVENT_STREAM_VALUE);
        response.setCharacterEncoding("UTF-8");
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("X-Accel-Buffering", "no");
        // Now, while this thread owns the response: filters add their headers when it is committed.
        response.flushBuffer();
        AsyncContext connection = request.startAsync();
        connection.setTimeout(0);
        Thread.ofVirtual()
                .name("board-listener")
                .start(() -> serve(query, channel, connection, response));
    }

    /** The view's channel, with this listener counted and a first version in it. */
    private Channel join(BoardQuery query) {
        // Read before anything is sent: a refusal must still be able to be the answer.
        Versioned first = views.view(query);
        Channel channel =
                channels.compute(
                        query,
                        (q, found) -> {
                            Channel joined = found == null ? new Channel() : found;
                            joined.count(1);
                            return joined;
                        });
        channel.publishFirst(first, writer.standings(first.view()));
        if (stopping.getCount() == 0) {
            channel.close();
        }
        return channel;
    }

    private void leave(BoardQuery query) {
        channels.computeIfPresent(query, (q, channel) -> channel.count(-1) == 0 ? null : channel);
        listeners.decrementAndGet();
    }

    private void serve(
            BoardQuery query,
            Channel channel,
            AsyncContext connection,
            HttpServletResponse response) {
        try {
            long sent = 0;
            while (!channel.isClosed()) {
                Channel.Version version = channel.awaitNewer(sent, policy.heartbeat().toMillis());
                if (channel.isClosed()) {
                    break;
                }
                response.getOutputStream()
                        .write(version == null ? EventWriter.HEARTBEAT : version.message());
                response.flushBuffer();
                sent = version == null ? sent : version.number();
            }
        } catch (IOException | RuntimeException e) {
            // Whatever a response throws that the server has taken back means the same.
            LOG.debug("a listener of {} is gone: {}", query.board().path(), e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            leave(query);
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

    private void tickUntilStopped() {
        try {
            while (!stopping.await(policy.tick().toMillis(), TimeUnit.MILLISECONDS)) {
                tick();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void tick() {
        long namesNow = views.namesVersion();
        if (namesNow != namesVersion) {
            // Also a board that stands still is pushed anew, without the name.
            channels.values().forEach(Channel::forget);
            namesVersion = namesNow;
        }
        Map<BoardQuery, String> known = new LinkedHashMap<>();
        channels.forEach(
                (query, channel) -> known.put(query, channel.tokenIf(views.windowNow(query))));
        if (known.isEmpty()) {
            return;
        }
        try {
            views.changed(known).forEach(this::publish);
        } catch (JedisException e) {
            // It may come back without its last writes: what is known must not be compared with it.
            channels.values().forEach(Channel::forget);
            LOG.debug("no boards to push now: {}", e.toString());
        } catch (RuntimeException e) {
            LOG.error("the boards could not be pushed at this tick", e);
        }
    }

    private void publish(BoardQuery query, Versioned found) {
        Channel channel = channels.get(query);
        if (channel != null) {
            channel.publish(found, writer.standings(found.view()));
        }
    }
}

package dev.confetti.board.push;

import dev.confetti.board.view.BoardProblem;
import dev.confetti.board.view.BoardQuery;
import dev.confetti.board.view.BoardViews;
import dev.confetti.board.view.BoardViews.Versioned;
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
import redis.clients.jedis.exceptions.JedisException;

/**
 * Pushes boards, as server-sent events and over WebSockets.
 *
 * <p>One thread looks at each tick which of the watched views changed, in one round trip, and wakes
 * who listens to them. What changed is encoded once. Every listener has a virtual thread that
 * sleeps until then and writes the newest version: one that does not read holds up only itself,
 * until the write timeout ends it.
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

    /** Lets all listeners go; they come back by themselves. */
    @Override
    public void close() {
        stopping.countDown();
        channels.values().forEach(Channel::close);
    }

    /**
     * Answers a request with the view and its changes as server-sent events, until either side ends
     * it.
     *
     * @throws BoardProblem when the view cannot be shown or there are too many listeners
     */
    public void listen(BoardQuery query, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        EventStream.open(subscribe(query), request, response);
    }

    /**
     * Answers a request by changing to WebSocket, which gets the view and its changes until either
     * side ends it.
     *
     * @throws BoardProblem as {@link #listen} does, or when the request is no handshake
     */
    public void upgrade(BoardQuery query, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        BoardSocket.check(request);
        BoardSocket.open(subscribe(query), policy, request, response);
    }

    private Subscription subscribe(BoardQuery query) {
        if (listeners.incrementAndGet() > policy.maxListeners() || stopping.getCount() == 0) {
            listeners.decrementAndGet();
            throw BoardProblem.unavailable(
                    "too-many-listeners",
                    "no more than "
                            + policy.maxListeners()
                            + " listeners here; read the board without text/event-stream");
        }
        try {
            return join(query);
        } catch (RuntimeException e) {
            listeners.decrementAndGet();
            throw e;
        }
    }

    /** A place at the view's channel, with a first version in it. */
    private Subscription join(BoardQuery query) {
        // Read before anything is sent: a refusal must still be able to be the answer.
        Versioned first = views.view(query);
        Subscription[] joined = new Subscription[1];
        Channel channel =
                channels.compute(
                        query,
                        (q, found) -> {
                            Channel at = found == null ? new Channel(writer) : found;
                            joined[0] =
                                    new Subscription(at, subscription -> leave(q, subscription));
                            at.add(joined[0]);
                            return at;
                        });
        channel.publishFirst(first);
        if (stopping.getCount() == 0) {
            channel.close();
        }
        return joined[0];
    }

    private void leave(BoardQuery query, Subscription subscription) {
        channels.computeIfPresent(
                query, (q, channel) -> channel.removeLast(subscription) ? null : channel);
        listeners.decrementAndGet();
    }

    private void tickUntilStopped() {
        long startNanos = System.nanoTime();
        Ticks ticks = new Ticks(startNanos, policy.tick().toNanos());
        long heartbeatNanos = startNanos;
        try {
            while (!stopping.await(ticks.nanosToNext(System.nanoTime()), TimeUnit.NANOSECONDS)) {
                if (System.nanoTime() - heartbeatNanos >= policy.heartbeat().toNanos()) {
                    heartbeatNanos = System.nanoTime();
                    channels.values().forEach(Channel::heartbeat);
                }
                tick();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void tick() {
        try {
            long namesNow = views.namesVersion();
            if (namesNow != namesVersion) {
                // Also a board that stands still is pushed anew, without the name.
                channels.values().forEach(Channel::forget);
                namesVersion = namesNow;
            }
            Map<BoardQuery, String> known = new LinkedHashMap<>();
            channels.forEach(
                    (query, channel) -> {
                        if (!channel.isDelivering()) {
                            known.put(query, channel.tokenIf(views.windowNow(query)));
                        }
                    });
            if (!known.isEmpty()) {
                views.changed(known).forEach(this::publish);
            }
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
            channel.publish(found);
        }
    }
}

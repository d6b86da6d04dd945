package dev.confetti.board.push;

import dev.confetti.board.standing.SliceRequest;
import dev.confetti.board.view.BoardViews.Versioned;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The newest version of one view, for all who listen to it. A listener that has the one before is
 * given the changes, any other the whole; nobody waits for a lock to learn of it. Thread-safe.
 */
final class Channel {
    /**
     * What listeners are sent.
     *
     * @param number grows by 1 with each version that looks different
     * @param changes since the version before; null when there is none, or of another window
     * @param delivery how many have it
     */
    record Version(long number, Message whole, @Nullable Message changes, Delivery delivery) {
        /** What leads here from a version; 0 for none. */
        Message since(long had) {
            return changes != null && had == number - 1 ? changes : whole;
        }
    }

    /** How far a version is with those who had the one before. */
    static final class Delivery {
        private final int expected;
        private final long sinceNanos = System.nanoTime();
        private final AtomicInteger delivered = new AtomicInteger();

        Delivery(@Nullable Version before) {
            expected = before == null ? 0 : before.delivery().delivered.get();
        }

        /** A listener has been sent it whole. */
        void count() {
            delivered.incrementAndGet();
        }

        boolean isUnderWay() {
            return delivered.get() < expected - expected / 10
                    && System.nanoTime() - sinceNanos < LONGEST_DELIVERY_NANOS;
        }
    }

    /** Who has not taken a version by then is slow, and waited for no more. */
    private static final long LONGEST_DELIVERY_NANOS = 1_000_000_000L;

    private final EventWriter writer;
    private final Set<Subscription> subscriptions = ConcurrentHashMap.newKeySet();
    private volatile @Nullable Version newest;
    private volatile long heartbeats;
    private volatile boolean closed;
    private @Nullable Versioned shown;
    private String token = SliceRequest.NO_TOKEN;

    Channel(EventWriter writer) {
        this.writer = writer;
    }

    /**
     * The token of the version that is known, if it is of a window; in another window the board may
     * be just as empty, and still is another.
     */
    synchronized String tokenIf(String shownWindow) {
        return shown != null && shown.view().window().equals(shownWindow)
                ? token
                : SliceRequest.NO_TOKEN;
    }

    /** No longer trusts what is known: the next read is taken as it comes. */
    synchronized void forget() {
        token = SliceRequest.NO_TOKEN;
    }

    /** Publishes unless there is a version already, which may be newer. */
    synchronized void publishFirst(Versioned found) {
        if (newest == null) {
            publish(found);
        }
    }

    /** Takes in what the board is now, and wakes the listeners when it looks different. */
    synchronized void publish(Versioned found) {
        Version before = newest;
        Versioned had = shown;
        token = found.token();
        shown = found;
        Message whole = writer.standings(found.view());
        if (before == null || had == null || !sameWindow(had, found)) {
            newest =
                    new Version(
                            before == null ? 1 : before.number() + 1,
                            whole,
                            null,
                            new Delivery(before));
        } else {
            Optional<BoardChanges> changes = BoardDiff.between(had, found);
            if (changes.isEmpty()) {
                // Only who comes now is told how far it has counted.
                newest = new Version(before.number(), whole, before.changes(), before.delivery());
                return;
            }
            newest =
                    new Version(
                            before.number() + 1,
                            whole,
                            writer.changes(changes.get()),
                            new Delivery(before));
        }
        subscriptions.forEach(Subscription::wake);
    }

    private static boolean sameWindow(Versioned one, Versioned other) {
        return one.view().window().equals(other.view().window());
    }

    /**
     * Whether most of those who had the version before do not have the newest yet. Another one now
     * would find them without the changes, so that each had to be sent the whole: where there are
     * more listeners than can be served at each tick, ticks are left out instead.
     */
    boolean isDelivering() {
        Version version = newest;
        return version != null && version.delivery().isUnderWay();
    }

    /** The newest version; null before the first. */
    @Nullable Version newest() {
        return newest;
    }

    /** Has every listener give a sign of life. */
    synchronized void heartbeat() {
        heartbeats++;
        subscriptions.forEach(Subscription::wake);
    }

    /** How many signs of life were due so far. */
    long heartbeats() {
        return heartbeats;
    }

    /** Lets all listeners go. */
    void close() {
        closed = true;
        subscriptions.forEach(Subscription::wake);
    }

    boolean isClosed() {
        return closed;
    }

    void add(Subscription subscription) {
        subscriptions.add(subscription);
    }

    /** Takes a listener out; whether that was the last. */
    boolean removeLast(Subscription subscription) {
        subscriptions.remove(subscription);
        return subscriptions.isEmpty();
    }
}

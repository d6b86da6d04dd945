package dev.confetti.board.push;

import dev.confetti.board.standing.SliceRequest;
import dev.confetti.board.view.BoardViews.Versioned;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The newest version of one view, for all who listen to it. It is encoded once; a listener that was
 * slow finds the newest and never those between. Thread-safe.
 */
final class Channel {
    /**
     * What listeners send.
     *
     * @param number grows with each version
     */
    @SuppressWarnings("ArrayRecordComponent") // written as it is; versions are never compared
    record Version(long number, byte[] message) {}

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition published = lock.newCondition();
    private @Nullable Version newest;
    private String token = SliceRequest.NO_TOKEN;
    private String window = "";
    private boolean closed;
    private int listeners;

    /**
     * The token of the version that is known, if it is of a window; in another window the board may
     * be just as empty, and still is another.
     */
    String tokenIf(String shownWindow) {
        lock.lock();
        try {
            return window.equals(shownWindow) ? token : SliceRequest.NO_TOKEN;
        } finally {
            lock.unlock();
        }
    }

    /** No longer trusts what is known: the next read is taken as it comes. */
    void forget() {
        lock.lock();
        try {
            token = SliceRequest.NO_TOKEN;
        } finally {
            lock.unlock();
        }
    }

    /** Publishes unless there is a version already, which may be newer. */
    void publishFirst(Versioned found, byte[] message) {
        lock.lock();
        try {
            if (newest == null) {
                publish(found, message);
            }
        } finally {
            lock.unlock();
        }
    }

    void publish(Versioned found, byte[] message) {
        lock.lock();
        try {
            token = found.token();
            window = found.view().window();
            newest = new Version(newest == null ? 1 : newest.number() + 1, message);
            published.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits for a version newer than one.
     *
     * @param after 0 for any
     * @return null when there was none in time, or the channel is closed
     */
    @Nullable Version awaitNewer(long after, long timeoutMs) throws InterruptedException {
        lock.lock();
        try {
            long leftNs = TimeUnit.MILLISECONDS.toNanos(timeoutMs);
            while (!closed && (newest == null || newest.number() <= after)) {
                if (leftNs <= 0) {
                    return null;
                }
                leftNs = published.awaitNanos(leftNs);
            }
            return closed ? null : newest;
        } finally {
            lock.unlock();
        }
    }

    /** Lets all listeners go. */
    void close() {
        lock.lock();
        try {
            closed = true;
            published.signalAll();
        } finally {
            lock.unlock();
        }
    }

    boolean isClosed() {
        lock.lock();
        try {
            return closed;
        } finally {
            lock.unlock();
        }
    }

    /** Counts a listener in (1) or out (−1); how many there are then. */
    int count(int change) {
        lock.lock();
        try {
            listeners += change;
            return listeners;
        } finally {
            lock.unlock();
        }
    }
}

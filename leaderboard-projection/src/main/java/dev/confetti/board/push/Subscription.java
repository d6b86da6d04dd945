package dev.confetti.board.push;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One listener's place at a channel: tells its thread what to send next. {@link #next} is for one
 * thread, all else for any.
 */
final class Subscription implements AutoCloseable {
    /** What is to be sent: a message, or a sign of life. */
    sealed interface Next {}

    record Send(Message message) implements Next {}

    record Heartbeat() implements Next {}

    private static final Heartbeat HEARTBEAT = new Heartbeat();

    private final Channel channel;
    private final Consumer<Subscription> leave;
    private final AtomicBoolean left = new AtomicBoolean();
    private volatile @Nullable Thread waiting;
    private long sent;

    /** Of what was handed out last, and is sent when the thread comes back. */
    private Channel.@Nullable Delivery sending;

    private long heartbeatsSent;

    /**
     * A place that is not yet taken.
     *
     * @param leave called once, when it is given up
     */
    Subscription(Channel channel, Consumer<Subscription> leave) {
        this.channel = channel;
        this.leave = leave;
        this.heartbeatsSent = channel.heartbeats();
    }

    /**
     * Waits for what is to be sent.
     *
     * @return null when the listener is to be let go
     */
    @Nullable Next next() throws InterruptedException {
        // Before the looks below: who changes what they look at wakes this thread afterwards.
        waiting = Thread.currentThread();
        Channel.Delivery done = sending;
        if (done != null) {
            sending = null;
            done.count();
        }
        while (!left.get() && !channel.isClosed()) {
            Channel.Version newest = channel.newest();
            if (newest != null && newest.number() > sent) {
                Message message = newest.since(sent);
                sent = newest.number();
                sending = newest.delivery();
                return new Send(message);
            }
            long heartbeats = channel.heartbeats();
            if (heartbeats != heartbeatsSent) {
                heartbeatsSent = heartbeats;
                return HEARTBEAT;
            }
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            LockSupport.park(channel);
        }
        return null;
    }

    /** Has {@link #next} look again. */
    void wake() {
        LockSupport.unpark(waiting);
    }

    /** Gives up the place; again does nothing. */
    @Override
    public void close() {
        if (left.compareAndSet(false, true)) {
            leave.accept(this);
            wake();
        }
    }
}

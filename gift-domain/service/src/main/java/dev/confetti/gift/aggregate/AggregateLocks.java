package dev.confetti.gift.aggregate;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.axonframework.common.lock.Lock;
import org.axonframework.common.lock.LockFactory;

/**
 * One lock for each aggregate that a command is under way for; who waits first is served first.
 * Thread-safe.
 *
 * <p>Axon's own looks for deadlocks among all locks, again and again for each command that waits: a
 * few hundred viewers who tap faster than they are answered keep the processor busy with that. Here
 * a command is for one aggregate and holds one lock, so that there can be no deadlock.
 */
final class AggregateLocks implements LockFactory {
    private final ConcurrentHashMap<String, Held> locks = new ConcurrentHashMap<>();

    @Override
    public Lock obtainLock(String name) {
        Held held =
                locks.compute(
                        name,
                        (same, present) -> {
                            Held lock = present == null ? new Held(name) : present;
                            lock.users++;
                            return lock;
                        });
        held.lock.lock();
        return held;
    }

    /** How many aggregates are locked or waited for. */
    int size() {
        return locks.size();
    }

    private final class Held implements Lock {
        private final String name;
        private final ReentrantLock lock = new ReentrantLock(true);

        /** Changed under the map's own lock of this name. */
        private int users;

        private Held(String name) {
            this.name = name;
        }

        @Override
        public void release() {
            lock.unlock();
            locks.compute(name, (same, present) -> --users == 0 ? null : present);
        }

        @Override
        public boolean isHeld() {
            return lock.isHeldByCurrentThread();
        }
    }
}

package dev.confetti.gift.aggregate;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;

/** Many commands at a time, since one commit of the log serves many. */
public final class Together {
    private final int atOnce;

    /**
     * @param atOnce how many are under way at a time; 1: one after the other, in their order
     */
    public Together(int atOnce) {
        if (atOnce < 1) {
            throw new IllegalArgumentException("atOnce " + atOnce + ": expected 1 or more");
        }
        this.atOnce = atOnce;
    }

    /**
     * Does all of it.
     *
     * @throws RuntimeException the first failure, when all others have ended
     */
    public void run(List<? extends Runnable> commands) {
        if (atOnce == 1) {
            commands.forEach(Runnable::run);
            return;
        }
        Semaphore turns = new Semaphore(atOnce);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> running = new ArrayList<>(commands.size());
            for (Runnable command : commands) {
                turns.acquireUninterruptibly();
                running.add(
                        threads.submit(
                                () -> {
                                    try {
                                        command.run();
                                    } finally {
                                        turns.release();
                                    }
                                }));
            }
            for (Future<?> each : running) {
                each.get();
            }
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IllegalStateException("a command failed", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

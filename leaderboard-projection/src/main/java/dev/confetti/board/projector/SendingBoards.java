package dev.confetti.board.projector;

import dev.confetti.board.standing.BoardBatch;
import dev.confetti.board.standing.BoardWriter;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * Sends batches on a thread of its own, one at a time, so that the next is read and prepared while
 * Redis works. Used by one thread.
 */
final class SendingBoards implements AutoCloseable {
    private final BoardWriter boards;
    private final ProjectorMetrics metrics;
    private final ExecutorService thread =
            Executors.newSingleThreadExecutor(Thread.ofPlatform().name("board-sender").factory());
    private @Nullable Future<Boolean> underWay;

    SendingBoards(BoardWriter boards, ProjectorMetrics metrics) {
        this.boards = boards;
        this.metrics = metrics;
    }

    /** Sends a batch; the one before must be settled. */
    void send(BoardBatch batch) {
        if (underWay != null) {
            throw new IllegalStateException("a batch is under way: expected it to be settled");
        }
        underWay = thread.submit(() -> metrics.timed(batch.gifts(), () -> boards.send(batch)));
    }

    /**
     * Waits for the batch that is under way.
     *
     * @return false when Redis was not where the batch begins; true as well when none is under way
     * @throws RuntimeException what sending it threw
     */
    boolean settle() {
        Future<Boolean> sent = underWay;
        underWay = null;
        boolean interrupted = false;
        try {
            while (sent != null) {
                try {
                    return sent.get();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
            return true;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IllegalStateException("sending a batch failed", e.getCause());
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Ends after the batch that is under way, whatever becomes of it. */
    @Override
    public void close() {
        thread.close();
    }
}

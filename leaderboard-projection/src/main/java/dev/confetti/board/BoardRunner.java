package dev.confetti.board;

import dev.confetti.board.projector.BoardProjector;
import dev.confetti.board.push.BoardPush;
import org.springframework.context.SmartLifecycle;

/**
 * Starts the projector and the push with the application. They stop before the web server does: it
 * would wait for open connections, and listeners never leave by themselves.
 */
final class BoardRunner implements SmartLifecycle {
    private final BoardProjector projector;
    private final BoardPush push;
    private volatile boolean running;

    BoardRunner(BoardProjector projector, BoardPush push) {
        this.projector = projector;
        this.push = push;
    }

    @Override
    public void start() {
        projector.start();
        push.start();
        running = true;
    }

    @Override
    public void stop() {
        running = false;
        push.close();
        projector.close();
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}

package dev.confetti.board;

import dev.confetti.board.projector.BoardProjector;
import dev.confetti.board.projector.ProjectorState.CatchingUp;
import dev.confetti.board.projector.ProjectorState.Following;
import dev.confetti.board.projector.ProjectorState.Stopped;
import dev.confetti.board.projector.ProjectorState.Waiting;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** UP while the boards follow the events; else DOWN with the reason. */
final class BoardHealth implements HealthIndicator {
    private final BoardProjector projector;

    BoardHealth(BoardProjector projector) {
        this.projector = projector;
    }

    @Override
    public Health health() {
        return switch (projector.state()) {
            case Following following -> Health.up().build();
            case CatchingUp catchingUp -> down("catching up with events that came before");
            case Waiting waiting -> down(waiting.reason());
            case Stopped stopped -> down("stopped: " + stopped.reason());
        };
    }

    private static Health down(String reason) {
        return Health.down().withDetail("reason", reason).build();
    }
}

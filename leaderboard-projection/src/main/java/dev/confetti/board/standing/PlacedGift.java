package dev.confetti.board.standing;

import dev.confetti.board.score.ScoreChange;
import java.time.Instant;
import java.util.List;

/**
 * A gift event with its place in the topic.
 *
 * @param position in the log
 * @param recordedAt when the log recorded it
 */
public record PlacedGift(
        int partition, long offset, long position, Instant recordedAt, List<ScoreChange> changes) {
    public PlacedGift {
        changes = List.copyOf(changes);
    }

    Fence fence() {
        return new Fence(position, offset);
    }
}

package dev.confetti.board.standing;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A part of a board, as it was at one moment. */
public sealed interface BoardSlice {

    /** The board is as the reader knows it. */
    record Unchanged() implements BoardSlice {}

    /**
     * The member to read around has no score.
     *
     * @param token names this state of the board
     * @param positions for each partition, the position up to which the member's part is counted
     */
    record NotOnBoard(String token, Map<Integer, Long> positions) implements BoardSlice {
        public NotOnBoard {
            positions = Map.copyOf(positions);
        }
    }

    /**
     * Standings in order.
     *
     * @param token names this state of the board
     * @param positions for each partition, the position up to which it is counted; no entry for one
     *     without events
     * @param firstRank rank of the first score, from 1
     * @param place of the member that was read around; null when read from the top
     */
    record Ranked(
            String token,
            Map<Integer, Long> positions,
            long firstRank,
            List<Score> scores,
            @Nullable Place place)
            implements BoardSlice {
        public Ranked {
            positions = Map.copyOf(positions);
            scores = List.copyOf(scores);
        }
    }

    /**
     * Where one member stands.
     *
     * @param rank from 1
     * @param coinsBefore of the member that stands before it; null for the first
     */
    record Place(long rank, long coins, @Nullable Long coinsBefore) {}
}

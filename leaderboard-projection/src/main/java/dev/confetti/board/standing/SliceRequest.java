package dev.confetti.board.standing;

import dev.confetti.board.score.Board;

/**
 * Which part of a board to read.
 *
 * @param most standings to read, more than 0
 * @param around a member to read around, or empty to read from the top
 * @param above how many of the standings may be above that member
 * @param knownToken the token of the last slice, to read only what changed; {@link #NO_TOKEN} for
 *     all
 */
public record SliceRequest(Board board, int most, String around, int above, String knownToken) {
    public static final String NO_TOKEN = "?";
}

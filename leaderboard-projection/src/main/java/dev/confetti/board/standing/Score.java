package dev.confetti.board.standing;

import java.util.Comparator;

/**
 * A member's place on a board without its rank.
 *
 * @param coins more than 0
 * @param position of the last event that changed it, which decides among equals: the lower first
 */
public record Score(String member, long coins, long position) {
    /** The order of a board: the higher score first and, among equals, who reached it first. */
    public static final Comparator<Score> BY_RANK =
            (one, other) ->
                    one.coins == other.coins
                            ? Long.compare(one.position, other.position)
                            : Long.compare(other.coins, one.coins);
}

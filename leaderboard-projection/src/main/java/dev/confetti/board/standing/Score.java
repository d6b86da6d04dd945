package dev.confetti.board.standing;

/**
 * A member's place on a board without its rank.
 *
 * @param coins more than 0
 * @param position of the last event that changed it, which decides among equals: the lower first
 */
public record Score(String member, long coins, long position) {}

package dev.confetti.board.score;

import java.time.Instant;

/**
 * What one event does to one member on all boards of one owner.
 *
 * @param countedAt decides the window of each board: when the gift was sent
 * @param member who moves on the board
 * @param coins more than 0 for a gift, less for a reversal
 */
public record ScoreChange(BoardOwner owner, Instant countedAt, String member, long coins) {}

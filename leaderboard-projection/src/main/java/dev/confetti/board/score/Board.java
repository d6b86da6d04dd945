package dev.confetti.board.score;

import java.time.Instant;

/** One ranking: a board in one window. */
public record Board(BoardName name, Window window) {

    /** The board that counts an instant. */
    public static Board at(BoardOwner owner, Period period, Instant instant) {
        return new Board(new BoardName(owner, period), period.windowOf(instant));
    }
}

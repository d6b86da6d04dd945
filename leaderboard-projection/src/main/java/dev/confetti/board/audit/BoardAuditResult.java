package dev.confetti.board.audit;

import java.util.Optional;

/**
 * What an audit of the boards found.
 *
 * @param holds whether every board that was compared is exactly the sum over the event log
 * @param logHead the position that the boards had to reach
 * @param events gift events added up
 * @param boards compared
 * @param standings compared
 * @param expiredBoards known from the log, but past their retention; not compared
 * @param firstDifference what does not hold: the board, what it says and what was expected
 */
public record BoardAuditResult(
        boolean holds,
        long logHead,
        long events,
        long boards,
        long standings,
        long expiredBoards,
        Optional<String> firstDifference) {}

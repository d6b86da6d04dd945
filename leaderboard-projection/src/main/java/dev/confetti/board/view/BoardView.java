package dev.confetti.board.view;

import java.util.List;

/**
 * A board, or a part of it, as a client sees it.
 *
 * @param board its name, such as {@code gifters/week}
 * @param window such as {@code 2026-W47}, or {@code all}
 * @param asOf {@code position:N}: N is the last gift event that is counted. On a live's board every
 *     gift up to N is; on the others, which many partitions feed, gifts sent within the same moment
 *     may still be on their way
 */
public record BoardView(String board, String window, String asOf, List<Standing> standings) {
    public BoardView {
        standings = List.copyOf(standings);
    }

    /**
     * One line of a board.
     *
     * @param rank from 1, each its own: among equal coins, who reached them first
     * @param name display name, or the member's id while none is known
     */
    public record Standing(long rank, String member, String name, long coins) {}
}

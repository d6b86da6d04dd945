package dev.confetti.board.view;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A board, or a part of it, as a client sees it.
 *
 * @param board its name, such as {@code gifters/week}
 * @param window such as {@code 2026-W47}, or {@code all}
 * @param asOf {@code position:N}: N is the last gift event that is counted. On a live's board every
 *     gift up to N is; on the others, which many partitions feed, gifts sent within the same moment
 *     may still be on their way
 * @param place of the member that was asked for; null, and left out, when none was
 */
public record BoardView(
        String board,
        String window,
        String asOf,
        List<Standing> standings,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Place place) {
    public BoardView {
        standings = List.copyOf(standings);
    }

    /**
     * Where the member stands that was asked for.
     *
     * @param coins null where the operator has no amounts shown
     * @param toNext how many more coins would put it before the one that stands before it; null for
     *     the first, and where no amounts are shown
     */
    public record Place(String member, long rank, @Nullable Long coins, @Nullable Long toNext) {}

    /**
     * One line of a board.
     *
     * @param rank from 1, each its own: among equal coins, who reached them first
     * @param member empty for one who is hidden
     * @param name display name, or the member's id while none is known; empty for one who is hidden
     * @param coins null where the operator has no amounts shown
     * @param hidden true for one who is hidden; null, and left out, for all others
     */
    public record Standing(
            long rank,
            String member,
            String name,
            @Nullable Long coins,
            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Boolean hidden) {
        /** The same line at another rank. */
        public Standing at(long otherRank) {
            return new Standing(otherRank, member, name, coins, hidden);
        }
    }
}

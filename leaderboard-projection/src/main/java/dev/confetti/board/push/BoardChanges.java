package dev.confetti.board.push;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.confetti.board.view.BoardView;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What leads from one version of a view to the next. Whoever has the former takes the lines {@code
 * removed} out, inserts each of {@code standings}, in their order, at index {@code rank - first},
 * and numbers the ranks from {@code first}.
 *
 * @param first the first line's rank; null, and left out, when no line is left
 * @param removed indexes into the former lines, from 0, ascending
 * @param standings the lines that are new or changed, with their new ranks, ascending
 * @param place as in the view; null, and left out, when that has none
 */
record BoardChanges(
        String board,
        String window,
        String asOf,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Long first,
        List<Integer> removed,
        List<BoardView.Standing> standings,
        @JsonInclude(JsonInclude.Include.NON_NULL) BoardView.@Nullable Place place) {
    BoardChanges {
        removed = List.copyOf(removed);
        standings = List.copyOf(standings);
    }
}

package dev.confetti.board.push;

import dev.confetti.board.view.BoardView;
import dev.confetti.board.view.BoardView.Standing;
import dev.confetti.board.view.BoardViews.Versioned;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds what changed between two versions of a view, in the fewest lines.
 *
 * <p>A line stays when the same member has it, looking the same apart from its rank, and it has not
 * overtaken another that stays. The most that can stay are a longest increasing subsequence of the
 * former indexes, read in the new order.
 */
final class BoardDiff {
    private static final int NOWHERE = -1;

    private BoardDiff() {}

    /**
     * What changed.
     *
     * @param before of the same window
     * @return empty when a listener would see no difference but {@code asOf}
     */
    static Optional<BoardChanges> between(Versioned before, Versioned after) {
        List<Standing> was = before.view().standings();
        List<Standing> now = after.view().standings();
        int[] formerIndexes = unchangedIndexes(before, after);
        BitSet staysNew = longestIncreasing(formerIndexes);
        BitSet staysOld = new BitSet();
        List<Standing> added = new ArrayList<>();
        for (int i = 0; i < now.size(); i++) {
            if (staysNew.get(i)) {
                staysOld.set(formerIndexes[i]);
            } else {
                added.add(now.get(i));
            }
        }
        List<Integer> removed = new ArrayList<>();
        for (int i = 0; i < was.size(); i++) {
            if (!staysOld.get(i)) {
                removed.add(i);
            }
        }
        BoardView view = after.view();
        if (removed.isEmpty()
                && added.isEmpty()
                && Objects.equals(first(was), first(now))
                && Objects.equals(before.view().place(), view.place())) {
            return Optional.empty();
        }
        return Optional.of(
                new BoardChanges(
                        view.board(),
                        view.window(),
                        view.asOf(),
                        first(now),
                        removed,
                        added,
                        view.place()));
    }

    private static @Nullable Long first(List<Standing> standings) {
        return standings.isEmpty() ? null : standings.getFirst().rank();
    }

    /** For each new line, where it was if it looked the same there. */
    private static int[] unchangedIndexes(Versioned before, Versioned after) {
        Map<String, Integer> formerIndexes = new HashMap<>();
        for (int i = 0; i < before.members().size(); i++) {
            formerIndexes.put(before.members().get(i), i);
        }
        int[] indexes = new int[after.members().size()];
        for (int i = 0; i < indexes.length; i++) {
            int former = formerIndexes.getOrDefault(after.members().get(i), NOWHERE);
            Standing line = after.view().standings().get(i);
            boolean same =
                    former != NOWHERE
                            && before.view().standings().get(former).at(line.rank()).equals(line);
            indexes[i] = same ? former : NOWHERE;
        }
        return indexes;
    }

    /** Which of the values, all different, are a longest increasing subsequence without NOWHERE. */
    private static BitSet longestIncreasing(int[] values) {
        // Where the smallest end of a subsequence of each length is, and what stands before each.
        int[] ends = new int[values.length];
        int[] before = new int[values.length];
        Arrays.fill(before, NOWHERE);
        int longest = 0;
        for (int i = 0; i < values.length; i++) {
            if (values[i] == NOWHERE) {
                continue;
            }
            int length = lengthBelow(values, ends, longest, values[i]);
            before[i] = length == 0 ? NOWHERE : ends[length - 1];
            ends[length] = i;
            longest = Math.max(longest, length + 1);
        }
        BitSet chosen = new BitSet();
        for (int i = longest == 0 ? NOWHERE : ends[longest - 1]; i != NOWHERE; i = before[i]) {
            chosen.set(i);
        }
        return chosen;
    }

    /** The longest length whose end is below a value. */
    private static int lengthBelow(int[] values, int[] ends, int longest, int value) {
        int low = 0;
        int high = longest;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (values[ends[middle]] < value) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}

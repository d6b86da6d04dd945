package dev.confetti.board.standing;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.PriorityQueue;

/** Puts the parts of a board together, each of which is in order already. */
final class Merge {
    private static final Comparator<Score> LOWEST_FIRST =
            (one, other) -> Score.BY_RANK.compare(other, one);

    /** A part's next one, and those behind it. */
    private record Head(Score score, Iterator<Score> rest) {}

    private Merge() {}

    /** The highest of all parts, highest first. */
    static List<Score> first(List<List<Score>> parts, int most) {
        return merged(parts, Score.BY_RANK, most);
    }

    /** The lowest of all parts, highest first. */
    static List<Score> last(List<List<Score>> parts, int most) {
        return merged(parts.stream().map(List::reversed).toList(), LOWEST_FIRST, most).reversed();
    }

    private static List<Score> merged(List<List<Score>> parts, Comparator<Score> order, int most) {
        PriorityQueue<Head> heads =
                new PriorityQueue<>((one, other) -> order.compare(one.score(), other.score()));
        for (List<Score> part : parts) {
            addNext(heads, part.iterator());
        }
        List<Score> merged = new ArrayList<>();
        while (merged.size() < most) {
            Head head = heads.poll();
            if (head == null) {
                break;
            }
            merged.add(head.score());
            addNext(heads, head.rest());
        }
        return merged;
    }

    private static void addNext(PriorityQueue<Head> heads, Iterator<Score> part) {
        if (part.hasNext()) {
            heads.add(new Head(part.next(), part));
        }
    }
}

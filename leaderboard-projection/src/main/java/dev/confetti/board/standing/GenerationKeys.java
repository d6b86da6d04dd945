package dev.confetti.board.standing;

import dev.confetti.board.score.Board;
import dev.confetti.board.score.BoardOwner;
import dev.confetti.board.score.Period;

/**
 * The keys of one generation of a shard: {@code board:{5}:1:fences}, {@code
 * board:{5}:1:creator/c1/day:2026-11-22}, {@code board:{5}:1:creator/c1#members}. A rebuild makes a
 * generation of its own beside the one that is live.
 *
 * @param generation from 1
 */
record GenerationKeys(Shard shard, int generation) {
    private static final String MEMBERS = "#members";
    private static final String PAST = "#past";

    /** Hash: partition to the fence. */
    String fences() {
        return prefix() + "fences";
    }

    /** Sorted set: position prefix and member, by coins. */
    String ranking(Board board) {
        return prefix() + nameOf(board);
    }

    /** Hash: member to where it stands on all boards of the owner. */
    String members(BoardOwner owner) {
        return prefix() + owner.path() + MEMBERS;
    }

    /** Hash: member to where it stood on boards whose window it has left. */
    String past(BoardOwner owner) {
        return prefix() + owner.path() + PAST;
    }

    /** Never there: what is being built is closed to nobody. */
    String closed() {
        return prefix() + "closed";
    }

    String prefix() {
        return shard.prefix() + generation + ":";
    }

    /** Whether a key of this generation is a ranking. */
    boolean isRanking(String key) {
        return !key.endsWith(MEMBERS) && !key.endsWith(PAST) && !key.equals(fences());
    }

    /** A board's name with its window, which no other board has. */
    static String nameOf(Board board) {
        String path = board.name().path();
        return board.name().period() == Period.ALL ? path : path + ":" + board.window().name();
    }
}

package dev.confetti.board.standing;

import dev.confetti.board.score.Board;
import dev.confetti.board.score.Period;

/**
 * The keys of one board: {@code board:{5}:creator/c1/day:2026-11-22}, and the same with {@code
 * #members}.
 *
 * @param ranking sorted set: position prefix and member, by coins
 * @param members hash: member to position prefix and coins
 */
record BoardKeys(String ranking, String members) {
    private static final String MEMBERS = "#members";

    static BoardKeys of(Board board) {
        String path = Shard.of(board.name().owner()).prefix() + board.name().path();
        String ranking =
                board.name().period() == Period.ALL ? path : path + ":" + board.window().name();
        return new BoardKeys(ranking, ranking + MEMBERS);
    }

    static boolean isMembers(String key) {
        return key.endsWith(MEMBERS);
    }
}

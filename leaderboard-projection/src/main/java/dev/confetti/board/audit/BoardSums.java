package dev.confetti.board.audit;

import dev.confetti.board.score.Board;
import dev.confetti.board.score.Period;
import dev.confetti.board.score.ScoreChange;
import dev.confetti.board.standing.BoardRetention;
import dev.confetti.board.standing.Score;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The plain way to boards: each member's coins added up in a map. */
final class BoardSums {
    /** Redis's clock and ours may differ by this much about when a board went. */
    private static final Duration CLOCKS = Duration.ofMinutes(5);

    private static final class Sum {
        private final Map<String, Score> members = new HashMap<>();
        private Instant changedAt = Instant.MIN;
        private boolean wentBetween;
    }

    private final BoardRetention retention;
    private final Map<Board, Sum> sums = new HashMap<>();

    BoardSums(BoardRetention retention) {
        this.retention = retention;
    }

    void add(ScoreChange change, long position, Instant recordedAt) {
        for (Period period : change.owner().periods()) {
            Board board = Board.at(change.owner(), period, change.countedAt());
            Sum sum = sums.computeIfAbsent(board, b -> new Sum());
            Score before =
                    sum.members.getOrDefault(change.member(), new Score(change.member(), 0, 0));
            sum.members.put(
                    change.member(),
                    new Score(
                            change.member(),
                            Math.addExact(before.coins(), change.coins()),
                            position));
            Instant expiry =
                    sum.changedAt.equals(Instant.MIN)
                            ? null
                            : retention.expiry(board, sum.changedAt);
            sum.wentBetween |= expiry != null && !recordedAt.isBefore(expiry.minus(CLOCKS));
            sum.changedAt = recordedAt;
        }
    }

    Set<Board> boards() {
        return sums.keySet();
    }

    /** Whether a board must still be readable: it never went, and does not go just now. */
    boolean mustBeThere(Board board, Instant now) {
        Sum sum = sums.get(board);
        if (sum == null) {
            return true;
        }
        Instant expiry = retention.expiry(board, sum.changedAt);
        return !sum.wentBetween && (expiry == null || expiry.isAfter(now.plus(CLOCKS)));
    }

    /** Who has coins, highest first; among equals who reached them first. */
    List<Score> standings(Board board) {
        Sum sum = sums.get(board);
        return sum == null
                ? List.of()
                : sum.members.values().stream()
                        .filter(score -> score.coins() != 0)
                        .sorted(Score.BY_RANK)
                        .toList();
    }
}

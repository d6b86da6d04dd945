package dev.confetti.board.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confetti.board.GiftStorm.Thunder;
import dev.confetti.board.score.Board;
import dev.confetti.board.score.ScoreRules;
import dev.confetti.board.standing.Score;
import dev.confetti.board.standing.Shard;
import dev.confetti.board.standing.ShardSnapshot;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import redis.clients.jedis.UnifiedJedis;

/** Compares all boards in Redis with plain sums. */
public final class BoardComparison {
    private BoardComparison() {}

    /** Adds what an event does to the sums. */
    static void add(BoardSums sums, Thunder thunder) {
        ScoreRules.changes(thunder.event(), thunder.envelope().occurredAt())
                .forEach(
                        change ->
                                sums.add(
                                        change,
                                        thunder.envelope().position(),
                                        thunder.envelope().recordedAt()));
    }

    static void assertEqual(UnifiedJedis redis, BoardSums sums, String label) {
        Map<String, List<Score>> expected = new TreeMap<>();
        for (Board board : sums.boards()) {
            List<Score> standings = sums.standings(board);
            if (!standings.isEmpty()) {
                expected.put(ShardSnapshot.nameOf(board), standings);
            }
        }
        assertThat(standings(redis)).as(label).isEqualTo(expected);
    }

    private static Map<String, List<Score>> standings(UnifiedJedis redis) {
        return ShardSnapshot.together(
                Shard.all().stream()
                        .map(shard -> ShardSnapshot.take(redis, shard, Set.of()))
                        .toList());
    }
}

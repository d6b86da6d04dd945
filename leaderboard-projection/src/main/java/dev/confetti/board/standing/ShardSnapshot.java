package dev.confetti.board.standing;

import dev.confetti.board.score.Board;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.params.ScanParams;

/**
 * All boards of a shard as they were at one moment, and the fences of that moment. Taking it blocks
 * the server for as long as reading them takes.
 *
 * @param positions for each partition, the position up to which it is counted
 * @param lookedAt the rankings' keys that were read; one that came up meanwhile is not among them
 * @param boards standings by the ranking's key, highest first; no board is empty
 */
public record ShardSnapshot(
        Shard shard,
        Map<Integer, Long> positions,
        Set<String> lookedAt,
        Map<String, List<Score>> boards) {
    private static final Script SNAPSHOT = Script.named("snapshot.lua");
    private static final int SCAN_COUNT = 1000;

    public ShardSnapshot {
        positions = Map.copyOf(positions);
        lookedAt = Set.copyOf(lookedAt);
        boards = Map.copyOf(boards);
    }

    /**
     * Takes one.
     *
     * @param moreKeys rankings of this shard to look at even if a scan does not find them
     */
    public static ShardSnapshot take(UnifiedJedis redis, Shard shard, Set<String> moreKeys) {
        Set<String> rankings = new TreeSet<>(moreKeys);
        ScanParams ours = new ScanParams().match(shard.prefix() + "*").count(SCAN_COUNT);
        String cursor = ScanParams.SCAN_POINTER_START;
        do {
            var found = redis.scan(cursor, ours);
            for (String key : found.getResult()) {
                if (!BoardKeys.isMembers(key) && key.indexOf('/') > 0) {
                    rankings.add(key);
                }
            }
            cursor = found.getCursor();
        } while (!cursor.equals(ScanParams.SCAN_POINTER_START));
        List<String> keys = new ArrayList<>(rankings);
        keys.addFirst(shard.fencesKey());
        List<?> answer = (List<?>) redis.eval(SNAPSHOT.text(), keys, List.of());
        Map<String, List<Score>> boards = new LinkedHashMap<>();
        List<?> standings = (List<?>) answer.get(1);
        for (int i = 0; i < standings.size(); i++) {
            List<Score> scores = BoardReader.scores((List<?>) standings.get(i));
            if (!scores.isEmpty()) {
                boards.put(keys.get(i + 1), scores);
            }
        }
        return new ShardSnapshot(
                shard, BoardReader.fencePositions((List<?>) answer.get(0)), rankings, boards);
    }

    /** The key under which a board is found here. */
    public static String keyOf(Board board) {
        return BoardKeys.of(board).ranking();
    }
}

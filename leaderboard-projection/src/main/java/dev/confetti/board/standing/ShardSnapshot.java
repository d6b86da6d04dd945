package dev.confetti.board.standing;

import dev.confetti.board.score.Board;
import java.util.ArrayList;
import java.util.Collection;
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
 * @param lookedAt the boards that were read, by name; one that came up meanwhile is not among them
 * @param boards standings by the board's name, highest first; of a board of the whole platform this
 *     shard's part; none is empty
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
     * Takes one of the generation that is live.
     *
     * @param moreBoards names of boards to look at even if a scan does not find them
     */
    public static ShardSnapshot take(UnifiedJedis redis, Shard shard, Set<String> moreBoards) {
        while (true) {
            int generation = Fences.generation(redis.get(shard.generationKey()));
            GenerationKeys keys = new GenerationKeys(shard, generation);
            List<String> names = new ArrayList<>(namesOf(redis, keys, moreBoards));
            List<String> all = new ArrayList<>();
            all.add(shard.generationKey());
            all.add(keys.fences());
            names.forEach(name -> all.add(keys.prefix() + name));
            Object answer = redis.eval(SNAPSHOT.text(), all, List.of(Integer.toString(generation)));
            if (answer instanceof List<?> found) {
                return snapshot(shard, names, found);
            }
        }
    }

    /** The name under which a board is found here. */
    public static String nameOf(Board board) {
        return GenerationKeys.nameOf(board);
    }

    /** The boards of all shards, those of the whole platform put together from their parts. */
    public static Map<String, List<Score>> together(Collection<ShardSnapshot> snapshots) {
        Map<String, List<Score>> boards = new LinkedHashMap<>();
        for (ShardSnapshot snapshot : snapshots) {
            snapshot.boards.forEach(
                    (name, scores) ->
                            boards.computeIfAbsent(name, n -> new ArrayList<>()).addAll(scores));
        }
        boards.values().forEach(scores -> scores.sort(Score.BY_RANK));
        return boards;
    }

    private static ShardSnapshot snapshot(Shard shard, List<String> names, List<?> answer) {
        Map<String, List<Score>> boards = new LinkedHashMap<>();
        List<?> standings = (List<?>) answer.get(1);
        for (int i = 0; i < names.size(); i++) {
            List<Score> scores = PartReads.scores((List<?>) standings.get(i));
            if (!scores.isEmpty()) {
                boards.put(names.get(i), scores);
            }
        }
        return new ShardSnapshot(
                shard,
                PartReads.fencePositions((List<?>) answer.get(0)),
                Set.copyOf(names),
                boards);
    }

    private static Set<String> namesOf(
            UnifiedJedis redis, GenerationKeys keys, Set<String> moreBoards) {
        Set<String> names = new TreeSet<>(moreBoards);
        ScanParams ours = new ScanParams().match(keys.prefix() + "*").count(SCAN_COUNT);
        String cursor = ScanParams.SCAN_POINTER_START;
        do {
            var found = redis.scan(cursor, ours);
            for (String key : found.getResult()) {
                if (keys.isRanking(key)) {
                    names.add(key.substring(keys.prefix().length()));
                }
            }
            cursor = found.getCursor();
        } while (!cursor.equals(ScanParams.SCAN_POINTER_START));
        return names;
    }
}

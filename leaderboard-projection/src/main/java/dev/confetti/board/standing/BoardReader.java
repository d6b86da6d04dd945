package dev.confetti.board.standing;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import redis.clients.jedis.AbstractPipeline;
import redis.clients.jedis.Response;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.exceptions.JedisNoScriptException;

/** Reads boards. Thread-safe. */
public final class BoardReader {
    private static final Script READ = Script.named("read.lua");

    private final UnifiedJedis redis;

    public BoardReader(UnifiedJedis redis) {
        this.redis = redis;
    }

    /** Reads several parts of boards in one round trip; each is of one moment. */
    public List<BoardSlice> read(List<SliceRequest> requests) {
        try {
            return pipelined(requests);
        } catch (JedisNoScriptException e) {
            READ.load(redis);
            return pipelined(requests);
        }
    }

    /** How far each shard has taken in each partition. */
    public Fences fences() {
        return fences(redis);
    }

    static Fences fences(UnifiedJedis redis) {
        List<Response<Map<String, String>>> answers = new ArrayList<>();
        try (AbstractPipeline pipeline = redis.pipelined()) {
            for (int i = 0; i < Shard.COUNT; i++) {
                answers.add(pipeline.hgetAll(new Shard(i).fencesKey()));
            }
            pipeline.sync();
        }
        Fences fences = new Fences();
        for (int i = 0; i < Shard.COUNT; i++) {
            fences.setAll(new Shard(i), answers.get(i).get());
        }
        return fences;
    }

    private List<BoardSlice> pipelined(List<SliceRequest> requests) {
        List<Response<Object>> answers = new ArrayList<>();
        try (AbstractPipeline pipeline = redis.pipelined()) {
            for (SliceRequest request : requests) {
                BoardKeys keys = BoardKeys.of(request.board());
                answers.add(
                        pipeline.evalsha(
                                READ.sha1(),
                                List.of(
                                        keys.ranking(),
                                        keys.members(),
                                        Shard.of(request.board().name().owner()).fencesKey()),
                                List.of(
                                        request.knownToken(),
                                        Integer.toString(request.most()),
                                        request.around(),
                                        Integer.toString(request.above()))));
            }
            pipeline.sync();
        }
        return answers.stream().map(answer -> slice((List<?>) answer.get())).toList();
    }

    private static BoardSlice slice(List<?> answer) {
        if (answer.isEmpty()) {
            return new BoardSlice.Unchanged();
        }
        String token = (String) answer.get(0);
        long first = (Long) answer.get(2);
        return first < 0
                ? new BoardSlice.NotOnBoard(token)
                : new BoardSlice.Ranked(
                        token,
                        fencePositions((List<?>) answer.get(1)),
                        first + 1,
                        scores((List<?>) answer.get(3)),
                        answer.size() > 4 ? place(answer.subList(4, 7)) : null);
    }

    private static BoardSlice.Place place(List<?> answer) {
        String before = (String) answer.get(2);
        return new BoardSlice.Place(
                (Long) answer.get(0) + 1,
                Long.parseLong((String) answer.get(1)),
                before.isEmpty() ? null : Long.valueOf(before));
    }

    static Map<Integer, Long> fencePositions(List<?> flat) {
        Map<Integer, Long> positions = new LinkedHashMap<>();
        for (int i = 0; i < flat.size(); i += 2) {
            positions.put(
                    Integer.valueOf((String) flat.get(i)),
                    Fence.parse((String) flat.get(i + 1)).position());
        }
        return positions;
    }

    static List<Score> scores(List<?> flat) {
        List<Score> scores = new ArrayList<>();
        for (int i = 0; i < flat.size(); i += 2) {
            String ranked = (String) flat.get(i);
            scores.add(
                    new Score(
                            ranked.substring(PositionPrefix.LENGTH),
                            Long.parseLong((String) flat.get(i + 1)),
                            PositionPrefix.positionOf(ranked)));
        }
        return scores;
    }
}

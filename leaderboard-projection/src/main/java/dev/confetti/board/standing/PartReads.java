package dev.confetti.board.standing;

import dev.confetti.board.score.Board;
import dev.confetti.board.score.BoardOwner;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.AbstractPipeline;
import redis.clients.jedis.Response;
import redis.clients.jedis.UnifiedJedis;
import tools.jackson.databind.json.JsonMapper;

/** Questions to parts of boards, asked together in one round trip. */
final class PartReads {
    private static final Script TOP = Script.named("top.lua");
    private static final Script AROUND = Script.named("around.lua");

    private static final JsonMapper JSON = JsonMapper.shared();

    /** The shard has switched to another generation since the keys were made. */
    static final class GenerationMovedException extends RuntimeException {
        GenerationMovedException() {
            super("the boards were switched while they were read", null, false, false);
        }
    }

    /**
     * The top of a part.
     *
     * @param mark of the last change of the part
     */
    record Top(String mark, Map<Integer, Long> positions, List<Score> scores) {}

    /**
     * A part around a place.
     *
     * @param rank how many of the part stand above the place; −1 when the member is not here
     * @param score of the member that the place is of
     * @param ranked its position prefix and id
     * @param above the nearest of those above, highest first
     * @param below the nearest of those below, highest first
     * @param firstEqual the first of the part with the member's score; empty where it has another's
     * @param lastEqual the last of them
     */
    record Around(
            String mark,
            Map<Integer, Long> positions,
            long rank,
            String score,
            String ranked,
            List<Score> above,
            List<Score> below,
            String firstEqual,
            String lastEqual) {}

    /** One call of a script, and what came of it. */
    private static final class Call {
        private final Script script;
        private final List<String> keys;
        private final List<String> arguments;
        private @Nullable Response<Object> answer;

        Call(Script script, List<String> keys, List<String> arguments) {
            this.script = script;
            this.keys = keys;
            this.arguments = arguments;
        }

        void put(AbstractPipeline pipeline) {
            answer = pipeline.evalsha(script.sha1(), keys, arguments);
        }

        List<?> found() {
            if (RedisClients.answer(Objects.requireNonNull(answer)) instanceof String json) {
                return list(JSON.readValue(json, Object.class));
            }
            throw new GenerationMovedException();
        }
    }

    private final UnifiedJedis redis;
    private final List<Call> calls = new ArrayList<>();

    PartReads(UnifiedJedis redis) {
        this.redis = redis;
    }

    static void loadScripts(UnifiedJedis redis) {
        TOP.load(redis);
        AROUND.load(redis);
    }

    /** The answer may be taken after {@link #send}; it is null when the mark is the known one. */
    Supplier<@Nullable Top> top(GenerationKeys keys, Board board, String knownMark, int most) {
        Call call =
                call(
                        TOP,
                        List.of(
                                keys.shard().generationKey(),
                                keys.fences(),
                                keys.members(board.name().owner()),
                                keys.ranking(board)),
                        List.of(
                                Integer.toString(keys.generation()),
                                knownMark,
                                Integer.toString(most)));
        return () -> {
            List<?> found = call.found();
            return found.isEmpty()
                    ? null
                    : new Top(
                            (String) found.get(0),
                            fencePositions(list(found.get(1))),
                            scores(list(found.get(2))));
        };
    }

    /** Around a member of the part. */
    Supplier<Around> aroundMember(
            GenerationKeys keys, Board board, String member, int above, int below) {
        return around(
                keys,
                board,
                above,
                below,
                List.of(
                        "member",
                        member,
                        Integer.toString(
                                1 + board.name().owner().periods().indexOf(board.name().period())),
                        BoardWindows.id(board.window())));
    }

    /** Around the place of a member that another part has. */
    Supplier<Around> aroundPlace(
            GenerationKeys keys, Board board, Around place, int above, int below) {
        return around(
                keys,
                board,
                above,
                below,
                List.of("place", place.score, place.ranked, place.firstEqual, place.lastEqual));
    }

    /** Asks what was put in; nothing where nothing was. */
    void send() {
        if (!calls.isEmpty()) {
            RedisClients.pipelined(
                    redis,
                    pipeline -> {
                        calls.forEach(call -> call.put(pipeline));
                        return () -> calls.size();
                    });
        }
    }

    private Supplier<Around> around(
            GenerationKeys keys, Board board, int above, int below, List<String> place) {
        BoardOwner owner = board.name().owner();
        List<String> arguments = new ArrayList<>();
        arguments.add(Integer.toString(keys.generation()));
        arguments.add(Integer.toString(above));
        arguments.add(Integer.toString(below));
        arguments.addAll(place);
        Call call =
                call(
                        AROUND,
                        List.of(
                                keys.shard().generationKey(),
                                keys.fences(),
                                keys.members(owner),
                                keys.past(owner),
                                keys.ranking(board)),
                        arguments);
        return () -> {
            List<?> found = call.found();
            String mark = (String) found.get(0);
            Map<Integer, Long> positions = fencePositions(list(found.get(1)));
            long rank = ((Number) found.get(2)).longValue();
            if (rank < 0) {
                return new Around(mark, positions, rank, "", "", List.of(), List.of(), "", "");
            }
            String ranked = (String) found.get(4);
            int before = ((Number) found.get(5)).intValue();
            List<?> flat = list(found.get(6));
            int after = 2 * before;
            if (after < flat.size() && flat.get(after).equals(ranked)) {
                after += 2;
            }
            return new Around(
                    mark,
                    positions,
                    rank,
                    (String) found.get(3),
                    ranked,
                    scores(flat.subList(0, 2 * before)),
                    scores(flat.subList(after, flat.size())),
                    (String) found.get(7),
                    (String) found.get(8));
        };
    }

    private Call call(Script script, List<String> keys, List<String> arguments) {
        Call call = new Call(script, keys, arguments);
        calls.add(call);
        return call;
    }

    /** Lua's JSON cannot tell an empty list from an empty object. */
    private static List<?> list(@Nullable Object value) {
        return value instanceof List<?> list ? list : List.of();
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
            scores.add(score((String) flat.get(i), (String) flat.get(i + 1)));
        }
        return scores;
    }

    static Score score(String ranked, String coins) {
        return new Score(
                ranked.substring(PositionPrefix.LENGTH),
                Long.parseLong(coins),
                PositionPrefix.positionOf(ranked));
    }
}

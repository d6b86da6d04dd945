package dev.confetti.board.standing;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import redis.clients.jedis.Response;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.params.ScanParams;
import redis.clients.jedis.params.SetParams;
import redis.clients.jedis.resps.ScanResult;
import redis.clients.jedis.resps.Tuple;

/**
 * A second generation of all boards, beside the one that is live: what a rebuild does in Redis.
 * Used by one thread.
 *
 * <p>A shard is closed for as long as nothing may change in it: the live projector's next call
 * finds the closure and comes back later. A closure lapses by itself, so that a rebuild that dies
 * holds up nobody; the switch is refused when it has.
 */
public final class GenerationBuild implements AutoCloseable {
    /** How long a closure stands without being renewed. */
    static final long CLOSURE_MS = 30_000;

    private static final long RENEW_NANOS = TimeUnit.MILLISECONDS.toNanos(CLOSURE_MS / 10);

    /** Longer than any board outlives what should be gone; see {@link ShardCall}. */
    private static final long SOON_GONE_MS = 25 * 3_600_000L;

    private static final int PAGE = 2_000;
    private static final int SCAN_COUNT = 1_000;
    private static final int MOST_DIFFERENCES = 20;
    private static final Script SWITCH = Script.named("switch.lua");

    /** Keys of boards behind a shard's prefix; the last kind is of builds before generations. */
    private static final Pattern OF_BOARDS =
            Pattern.compile("[0-9]+:.*|fences|(live|creator|gifters|creators)/.*");

    private final UnifiedJedis redis;
    private final String token = UUID.randomUUID().toString();
    private final int generation;
    private final Fences live;
    private final Fences fences = new Fences();
    private final BoardWriter writer;

    private GenerationBuild(UnifiedJedis redis, BoardRetention retention, Fences live) {
        this.redis = redis;
        this.live = live;
        int last = 0;
        for (Shard shard : Shard.all()) {
            last = Math.max(last, live.generation(shard));
        }
        this.generation = last + 1;
        this.writer =
                new BoardWriter(
                        redis, new WriteTarget.Building(generation, token), retention, token);
    }

    /** Begins one, and clears away what earlier ones left. One that is under way then fails. */
    public static GenerationBuild begin(UnifiedJedis redis, BoardRetention retention) {
        GenerationBuild build = new GenerationBuild(redis, retention, LiveFences.read(redis));
        for (Shard shard : Shard.all()) {
            redis.set(shard.buildingKey(), build.token);
        }
        build.clearAway();
        build.writer.open();
        return build;
    }

    /** How far the live boards are. */
    public Fences liveFences() {
        return LiveFences.read(redis);
    }

    /**
     * Counts events.
     *
     * @param batch in order within each partition; what a shard has already is left out
     * @param shards that are to count them
     * @throws IllegalStateException when another rebuild has begun
     */
    public void apply(List<PlacedGift> batch, List<Shard> shards) {
        if (!writer.send(writer.prepare(batch, fences, shards))) {
            throw new IllegalStateException(
                    "the boards that are being built are not where they were left: expected one"
                            + " rebuild at a time, and a Redis that loses nothing meanwhile");
        }
    }

    /** The names of all boards that a shard has, in either generation. */
    public Set<String> boards(Shard shard) {
        Set<String> names = new HashSet<>();
        List<GenerationKeys> both = both(shard);
        scan(
                shard.prefix(),
                key -> {
                    for (GenerationKeys keys : both) {
                        if (key.startsWith(keys.prefix()) && keys.isRanking(key)) {
                            names.add(key.substring(keys.prefix().length()));
                        }
                    }
                });
        return names;
    }

    /** Lets nothing into shards until they are opened, or until nobody renews it. */
    public void close(List<Shard> shards) {
        for (Shard shard : shards) {
            String answer =
                    redis.set(shard.closureKey(), token, SetParams.setParams().nx().px(CLOSURE_MS));
            if (answer == null && !token.equals(redis.get(shard.closureKey()))) {
                throw new IllegalStateException(
                        "shard "
                                + shard.number()
                                + " is closed by another rebuild: expected one at a time");
            }
        }
    }

    /** Lets writers in again. */
    public void open(List<Shard> shards) {
        for (Shard shard : shards) {
            if (token.equals(redis.get(shard.closureKey()))) {
                redis.del(shard.closureKey());
            }
        }
    }

    /**
     * Compares the two generations of a closed shard, both counted up to the same events.
     *
     * @param boards the names of all that may be there
     * @return what differs; some of it only, where it is much
     */
    public List<String> compare(Shard shard, Set<String> boards) {
        List<String> differences = new ArrayList<>();
        renew(shard);
        long renewedAt = System.nanoTime();
        for (String board : boards) {
            if (differences.size() >= MOST_DIFFERENCES) {
                break;
            }
            // Not before each: a shard has thousands of small boards, and stands still meanwhile.
            if (System.nanoTime() - renewedAt > RENEW_NANOS) {
                renew(shard);
                renewedAt = System.nanoTime();
            }
            compare(shard, board, differences);
        }
        return differences;
    }

    /**
     * Makes what was built the live generation. All shards must be closed.
     *
     * @param unequal whether the fences of the two need not be the same
     * @throws IllegalStateException when a shard is not as it must be; none is switched then,
     *     unless Redis fails between two of them
     */
    public void switchOver(boolean unequal) {
        for (Shard shard : Shard.all()) {
            renew(shard);
        }
        for (Shard shard : Shard.all()) {
            Object answer =
                    redis.eval(
                            SWITCH.text(),
                            List.of(
                                    shard.generationKey(),
                                    shard.closureKey(),
                                    shard.buildingKey(),
                                    new GenerationKeys(shard, live.generation(shard)).fences(),
                                    new GenerationKeys(shard, generation).fences()),
                            List.of(
                                    token,
                                    Integer.toString(live.generation(shard)),
                                    Integer.toString(generation),
                                    unequal ? "unequal" : "equal"));
            if (!"OK".equals(answer)) {
                throw new IllegalStateException(
                        "shard " + shard.number() + " could not be switched: " + answer);
            }
        }
    }

    /** Clears away every generation that is not live. */
    public void clearAway() {
        Fences now = LiveFences.read(redis);
        for (Shard shard : Shard.all()) {
            String kept = new GenerationKeys(shard, now.generation(shard)).prefix();
            List<String> gone = new ArrayList<>();
            scan(
                    shard.prefix(),
                    key -> {
                        if (!key.startsWith(kept)
                                && OF_BOARDS
                                        .matcher(key.substring(shard.prefix().length()))
                                        .matches()) {
                            gone.add(key);
                        }
                    });
            for (int i = 0; i < gone.size(); i += SCAN_COUNT) {
                List<String> some = gone.subList(i, Math.min(gone.size(), i + SCAN_COUNT));
                redis.unlink(some.toArray(String[]::new));
            }
        }
    }

    /** Opens what is closed, and leaves what was built, if it was not switched to, to the next. */
    @Override
    public void close() {
        open(Shard.all());
    }

    private void renew(Shard shard) {
        String holder = redis.get(shard.closureKey());
        if (!token.equals(holder) || redis.pexpire(shard.closureKey(), CLOSURE_MS) == 0) {
            throw new IllegalStateException(
                    "shard "
                            + shard.number()
                            + " is no longer closed: expected to go on within "
                            + CLOSURE_MS
                            + " ms; begin the rebuild again");
        }
    }

    private List<GenerationKeys> both(Shard shard) {
        return List.of(
                new GenerationKeys(shard, live.generation(shard)),
                new GenerationKeys(shard, generation));
    }

    private void compare(Shard shard, String board, List<String> differences) {
        List<GenerationKeys> both = both(shard);
        String first = both.getFirst().prefix() + board;
        String second = both.getLast().prefix() + board;
        for (long from = 0; ; from += PAGE) {
            List<List<Tuple>> pages = pages(first, second, from);
            List<Tuple> has = pages.getFirst();
            List<Tuple> built = pages.getLast();
            if (!has.equals(built)) {
                boolean missing = from == 0 && (has.isEmpty() || built.isEmpty());
                if (!missing || !goesSoon(has.isEmpty() ? second : first)) {
                    differences.add(difference(board, from, has, built));
                }
                return;
            }
            if (has.size() < PAGE) {
                return;
            }
        }
    }

    private List<List<Tuple>> pages(String first, String second, long from) {
        long to = from + PAGE - 1;
        return RedisClients.following(
                redis,
                () ->
                        RedisClients.pipelined(
                                redis,
                                pipeline -> {
                                    Response<List<Tuple>> one =
                                            pipeline.zrevrangeWithScores(first, from, to);
                                    Response<List<Tuple>> other =
                                            pipeline.zrevrangeWithScores(second, from, to);
                                    return () ->
                                            List.of(
                                                    RedisClients.answer(one),
                                                    RedisClients.answer(other));
                                }));
    }

    /** One generation may have seen a board go that the other still has. */
    private boolean goesSoon(String key) {
        long left = redis.pttl(key);
        return left >= 0 && left <= SOON_GONE_MS;
    }

    private static String difference(String board, long from, List<Tuple> has, List<Tuple> built) {
        int at = 0;
        while (at < has.size() && at < built.size() && has.get(at).equals(built.get(at))) {
            at++;
        }
        return "board %s, place %d of a shard: live %s, built %s"
                .formatted(board, from + at + 1, standing(has, at), standing(built, at));
    }

    private static String standing(List<Tuple> standings, int at) {
        return at < standings.size()
                ? PartReads.score(
                                standings.get(at).getElement(),
                                "%.0f".formatted(standings.get(at).getScore()))
                        .toString()
                : "nobody";
    }

    private void scan(String prefix, Consumer<String> each) {
        ScanParams params = new ScanParams().match(prefix + "*").count(SCAN_COUNT);
        String cursor = ScanParams.SCAN_POINTER_START;
        do {
            ScanResult<String> found = redis.scan(cursor, params);
            found.getResult().forEach(each);
            cursor = found.getCursor();
        } while (!cursor.equals(ScanParams.SCAN_POINTER_START));
    }
}

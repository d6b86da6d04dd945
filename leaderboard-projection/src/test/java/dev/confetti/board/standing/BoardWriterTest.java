package dev.confetti.board.standing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confetti.board.Gifts;
import dev.confetti.board.score.Board;
import dev.confetti.board.score.BoardName;
import dev.confetti.board.score.BoardOwner;
import dev.confetti.board.score.Period;
import dev.confetti.board.score.ScoreRules;
import dev.confetti.engines.TestEngines;
import dev.confetti.events.GiftEvent;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;

/** The scripts in a real Redis, by hand-worked cases. */
class BoardWriterTest {
    private static final Instant TIME = Instant.parse("2099-06-15T12:34:56Z");
    private static final Instant YESTERDAY = TIME.minusSeconds(86_400);

    private static URI url;
    private static UnifiedJedis redis;

    private BoardWriter writer;
    private Fences fences;
    private long position;

    @BeforeAll
    static void open() {
        url = TestEngines.freshRedis();
        redis = RedisClients.open(url);
    }

    @AfterAll
    static void close() {
        redis.close();
    }

    @BeforeEach
    void start() {
        redis.flushAll();
        writer = new BoardWriter(redis, BoardRetention.DEFAULT, "test");
        fences = writer.open();
        position = 0;
    }

    @Test
    void whoReachedAScoreFirstStandsHigher() {
        apply(gift(0, "late", 10), gift(0, "early", 15), gift(0, "late", 5));

        assertThat(gifters("all"))
                .containsExactly(new Score("early", 15, 2), new Score("late", 15, 3));
    }

    @Test
    void aReversalIsAChangeToo() {
        apply(gift(0, "a", 15), gift(0, "b", 10), reversal(0, "a", 5, TIME));

        assertThat(gifters("day")).containsExactly(new Score("b", 10, 2), new Score("a", 10, 3));
    }

    @Test
    void aReversalComesOffTheWindowOfItsGift() {
        apply(gift(0, "a", 5, YESTERDAY), gift(0, "a", 7, TIME), reversal(0, "a", 5, YESTERDAY));

        assertThat(board("gifters/day", YESTERDAY)).isEmpty();
        assertThat(board("gifters/day", TIME)).containsExactly(new Score("a", 7, 2));
        assertThat(board("gifters/all", TIME)).containsExactly(new Score("a", 7, 3));
    }

    @Test
    void whoIsAtZeroIsNotOnTheBoardAndKeepsTheirLastPosition() {
        apply(gift(0, "a", 5)); // position 1
        position = 2;
        apply(reversal(0, "a", 5, TIME)); // position 3
        assertThat(gifters("all")).isEmpty();

        position = 1;
        apply(gift(1, "a", 4)); // position 2, from a partition that was slower
        position = 3;
        apply(gift(0, "b", 4)); // position 4

        assertThat(gifters("all")).containsExactly(new Score("a", 4, 3), new Score("b", 4, 4));
    }

    @Test
    void scoresAreExactUpTo2To53AndNotBeyond() {
        long most = 1L << 53;
        apply(gift(0, "a", most - 2));
        apply(gift(0, "a", 1));
        assertThat(gifters("all")).containsExactly(new Score("a", most - 1, 2));
        apply(gift(0, "a", 1));
        assertThat(gifters("all")).containsExactly(new Score("a", most, 3));

        assertThatThrownBy(() -> apply(gift(0, "a", 1)))
                .isInstanceOf(JedisDataException.class)
                .hasMessageContaining("SCORE of ")
                .hasMessageContaining("expected at most 2^53");
    }

    @Test
    void aBatchThatComesTwiceCountsOnce() {
        Fences before = writer.open();
        PlacedGift gift = gift(0, "a", 5);
        assertThat(writer.apply(List.of(gift), before)).isTrue();

        assertThat(writer.apply(List.of(gift), writer.open())).isTrue();
        assertThat(writer.apply(List.of(gift), fences)).as("with old fences").isFalse();

        assertThat(gifters("all")).containsExactly(new Score("a", 5, 1));
    }

    @Test
    void aCallWhoseAnswerWasLostIsNotCountedAgain() throws Exception {
        PlacedGift gift = gift(0, "a", 5);
        try (MutableProxy proxy = new MutableProxy(url.getPort());
                UnifiedJedis client = RedisClients.open(proxy.url(), 500)) {
            BoardWriter unlucky = new BoardWriter(client, BoardRetention.DEFAULT, "unlucky");
            Fences known = unlucky.open();
            proxy.mute();
            assertThatThrownBy(() -> unlucky.apply(List.of(gift), known))
                    .isInstanceOf(JedisConnectionException.class);
        }
        assertThat(gifters("all")).as("applied").containsExactly(new Score("a", 5, 1));

        Fences found = writer.open();
        assertThat(writer.apply(List.of(gift), found)).isTrue();
        assertThat(gifters("all")).containsExactly(new Score("a", 5, 1));
    }

    @Test
    void aSecondWriterIsNoticedAndNothingIsWrittenTwice() {
        Fences theirs = writer.open();
        apply(gift(0, "a", 5));
        PlacedGift second = gift(0, "a", 7);

        assertThat(writer.apply(List.of(second), theirs)).isFalse();
        assertThat(gifters("all")).containsExactly(new Score("a", 5, 1));
        assertThat(writer.apply(List.of(second), writer.open())).isTrue();
        assertThat(gifters("all")).containsExactly(new Score("a", 12, 2));
    }

    @Test
    void whoeverWritesAnotherGenerationOrAClosedShardIsRefused() {
        for (Shard shard : Shard.all()) {
            redis.set(shard.generationKey(), "2");
        }
        assertThat(writer.apply(List.of(gift(0, "a", 5)), fences)).isFalse();

        fences = writer.open();
        redis.set(Shard.all().getLast().closureKey(), "somebody");
        assertThat(writer.isAt(fences)).isFalse();
        assertThat(writer.open().isClosed()).isTrue();
        assertThat(writer.apply(List.of(gift(0, "a", 5)), writer.open())).isFalse();

        redis.del(Shard.all().getLast().closureKey());
        assertThat(writer.apply(List.of(gift(0, "a", 5)), writer.open())).isTrue();
        assertThat(redis.keys("board:*:1:*")).isEmpty();
    }

    @Test
    void anotherGenerationIsNoticedAlsoWhereItsFencesAreTheSame() {
        assertThat(writer.isAt(fences)).isTrue();
        redis.set(Shard.all().getLast().generationKey(), "2");

        assertThat(writer.isAt(fences)).isFalse();
    }

    @Test
    void aReaderFollowsToAnotherGeneration() {
        apply(gift(0, "a", 5));
        BoardReader reader = new BoardReader(redis);
        Board board = boardOf("gifters/all", TIME);
        assertThat(((BoardSlice.Ranked) slice(reader, board, SliceRequest.NO_TOKEN)).scores())
                .hasSize(1);
        for (Shard shard : Shard.all()) {
            redis.set(shard.generationKey(), "2");
        }

        assertThat(((BoardSlice.Ranked) slice(reader, board, SliceRequest.NO_TOKEN)).scores())
                .isEmpty();
    }

    @Test
    void aServerThatForgotTheScriptsIsAskedAgain() {
        redis.scriptFlush("any");

        assertThat(writer.apply(List.of(gift(0, "a", 5)), fences)).isFalse();
        position = 0;
        assertThat(writer.apply(List.of(gift(0, "a", 5)), writer.open())).isTrue();
        assertThat(gifters("all")).containsExactly(new Score("a", 5, 1));
    }

    @Test
    void windowsExpireAndBoardsForAllTimeDoNot() {
        apply(gift(0, "a", 5, Instant.parse("2020-01-01T00:00:00Z")), gift(0, "a", 6));

        assertThat(board("gifters/month", Instant.parse("2020-01-01T00:00:00Z"))).isEmpty();
        assertThat(gifters("all")).containsExactly(new Score("a", 11, 2));
        assertThat(expiry(ranking("creators/hour", "c1"))).isEqualTo("2099-06-23T13:00:00Z");
        assertThat(expiry(ranking("live/l0", "a"))).isEqualTo("2099-09-13T12:35:00Z");
        assertThat(expiry(keys(boardOf("live/l0", TIME), "a").members(BoardOwner.live("l0"))))
                .isEqualTo("2099-09-13T12:35:00Z");
        assertThat(redis.ttl(ranking("creators/all", "c1"))).isEqualTo(-1);
    }

    @Test
    void aWindowThatAMemberHasLeftStillLosesWhatIsReversed() {
        Instant first = Instant.now().minusSeconds(3 * 86_400);
        Instant second = first.plusSeconds(86_400);
        Instant third = second.plusSeconds(86_400);
        apply(gift(0, "a", 5, first), gift(0, "a", 6, first));
        apply(gift(0, "a", 7, second));
        apply(gift(0, "a", 8, third));

        apply(reversal(0, "a", 5, first)); // position 5
        apply(gift(0, "b", 6, first)); // position 6
        apply(reversal(0, "a", 7, second));

        assertThat(board("gifters/day", first))
                .containsExactly(new Score("a", 6, 5), new Score("b", 6, 6));
        assertThat(board("gifters/day", second)).isEmpty();
        assertThat(board("gifters/day", third)).containsExactly(new Score("a", 8, 4));
        assertThat(gifters("all")).containsExactly(new Score("a", 14, 7), new Score("b", 6, 6));
    }

    @Test
    void whatAMemberLeftBehindIsForgottenWithItsWindow() {
        Instant now = Instant.now();
        Instant before = now.minus(Duration.ofDays(10));
        apply(gift(0, "a", 5, before), gift(0, "a", 5, now));
        assertThat(daysLeftBehind("a")).containsExactly(dayId(before));
        BoardWriter brief =
                new BoardWriter(
                        redis,
                        new BoardRetention(
                                Duration.ofDays(1),
                                Duration.ofDays(2),
                                Duration.ofDays(400),
                                Duration.ofDays(400),
                                Duration.ofDays(1)),
                        "brief");

        PlacedGift tomorrow = gift(0, "a", 5, now.plus(Duration.ofDays(1)));
        assertThat(brief.apply(List.of(tomorrow), brief.open())).isTrue();

        assertThat(daysLeftBehind("a")).containsExactly(dayId(now));
    }

    @Test
    void aMemberAmongEqualsOfOtherShardsHasItsPlaceBetweenThem() {
        for (int i = 1; i <= 40; i++) {
            apply(gift(0, "v" + i, 100));
        }
        apply(gift(0, "first", 101), gift(0, "last", 99));
        BoardReader reader = new BoardReader(redis);

        BoardSlice.Ranked around = around(reader, "v17", 5, 2);

        assertThat(around.firstRank()).isEqualTo(16);
        assertThat(around.scores().stream().map(Score::member))
                .containsExactly("v15", "v16", "v17", "v18", "v19");
        assertThat(around.place()).isEqualTo(new BoardSlice.Place(18, 100, 100L));
        assertThat(around(reader, "first", 1, 0).place())
                .isEqualTo(new BoardSlice.Place(1, 101, null));
        assertThat(around(reader, "last", 1, 0).place())
                .isEqualTo(new BoardSlice.Place(42, 99, 100L));
    }

    /** Where among equals a place is, is guessed from positions; they need not come evenly. */
    @ParameterizedTest
    @ValueSource(strings = {"evenly", "ever faster", "two bursts"})
    void thePlaceAmongManyEqualsIsFoundHoweverTheirPositionsCome(String how) {
        int members = 3_000;
        List<PlacedGift> gifts = new ArrayList<>();
        for (int i = 0; i < members; i++) {
            position =
                    switch (how) {
                        case "evenly" -> 1_000L * i;
                        case "ever faster" -> 1_000L * i + (long) Math.pow(1.009, i);
                        default -> i < 7 || i > members - 7 ? i : 1L << 40 | i;
                    };
            if (how.equals("two bursts") && i > members - 7) {
                position = (1L << 46) + i;
            }
            gifts.add(gift(0, "v" + i, 1));
        }
        apply(gifts.toArray(PlacedGift[]::new));
        BoardReader reader = new BoardReader(redis);
        for (int i = 0; i < members; i += i < 20 || i > members - 25 ? 1 : 37) {
            BoardSlice.Ranked around = around(reader, "v" + i, 3, 1);
            assertThat(Objects.requireNonNull(around.place()).rank()).isEqualTo(i + 1);
            assertThat(around.scores().stream().map(Score::member))
                    .containsExactlyElementsOf(
                            IntStream.rangeClosed(i - 1, i + 1)
                                    .filter(n -> n >= 0 && n < members)
                                    .mapToObj(n -> "v" + n)
                                    .toList());
        }
    }

    @Test
    void aMemberIsReadWithNeighboursOnALivesBoardAndInAPastWindow() {
        Instant before = Instant.now().minusSeconds(86_400);
        apply(gift(0, "a", 5, before), gift(0, "b", 9, before), gift(0, "c", 3, before));
        apply(gift(0, "a", 7, before.plusSeconds(86_400)));
        BoardReader reader = new BoardReader(redis);

        BoardSlice.Ranked past = around(reader, boardOf("gifters/day", before), "a", 3, 1);
        assertThat(past.scores())
                .containsExactly(new Score("b", 9, 2), new Score("a", 5, 1), new Score("c", 3, 3));
        assertThat(past.place()).isEqualTo(new BoardSlice.Place(2, 5, 9L));

        BoardSlice.Ranked live = around(reader, boardOf("live/l0", TIME), "b", 3, 1);
        assertThat(live.scores())
                .containsExactly(new Score("a", 12, 4), new Score("b", 9, 2), new Score("c", 3, 3));
    }

    @Test
    void whatChangedOnOneShardOfAWideBoardIsReadWithTheRest() {
        apply(gift(0, "a", 5), gift(0, "b", 4), gift(0, "c", 3));
        BoardReader reader = new BoardReader(redis);
        Board board = boardOf("gifters/all", TIME);
        var first = (BoardSlice.Ranked) slice(reader, board, SliceRequest.NO_TOKEN);
        assertThat(slice(reader, board, first.token())).isInstanceOf(BoardSlice.Unchanged.class);

        apply(gift(0, "b", 4));

        assertThat(((BoardSlice.Ranked) slice(reader, board, first.token())).scores())
                .containsExactly(new Score("b", 8, 4), new Score("a", 5, 1), new Score("c", 3, 3));
    }

    @Test
    void aWideBoardIsAsFarAsTheLastOfItsShards() {
        apply(gift(0, "a", 5), gift(1, "a", 5));
        List<PlacedGift> next = List.of(gift(0, "a", 5));
        assertThat(writer.send(writer.prepare(next, fences, List.of(Shard.all().get(3))))).isTrue();

        var slice =
                (BoardSlice.Ranked)
                        slice(
                                new BoardReader(redis),
                                boardOf("gifters/all", TIME),
                                SliceRequest.NO_TOKEN);
        assertThat(slice.positions()).isEqualTo(Map.of(0, 1L, 1, 2L));
    }

    @Test
    void aSliceAroundAMemberIsKnownUntilAnyShardChanges() {
        apply(gift(0, "a", 5), gift(0, "b", 4)); // on shards 3 and 9
        BoardReader reader = new BoardReader(redis);
        Board board = boardOf("gifters/all", TIME);
        String token = around(reader, "a", 3, 1).token();
        assertThat(aroundA(reader, board, token)).isInstanceOf(BoardSlice.Unchanged.class);

        apply(gift(0, "b", 2)); // position 3
        var other = (BoardSlice.Ranked) aroundA(reader, board, token);
        assertThat(other.place()).isEqualTo(new BoardSlice.Place(2, 5, 6L));
        assertThat(aroundA(reader, board, other.token())).isInstanceOf(BoardSlice.Unchanged.class);

        apply(gift(0, "a", 2)); // position 4
        var own = (BoardSlice.Ranked) aroundA(reader, board, other.token());
        assertThat(own.place()).isEqualTo(new BoardSlice.Place(1, 7, null));
    }

    private static BoardSlice aroundA(BoardReader reader, Board board, String token) {
        return reader.read(List.of(new SliceRequest(board, 3, "a", 1, token))).getFirst();
    }

    @Test
    void theFirstAreFoundHoweverUnequallyTheyFallToTheShards() {
        List<String> ofOneShard =
                IntStream.range(0, 2_000)
                        .mapToObj(i -> "v" + i)
                        .filter(v -> Shard.of(BoardOwner.GIFTERS, v).number() == 3)
                        .limit(60)
                        .toList();
        List<Score> expected = new ArrayList<>();
        for (String viewer : ofOneShard) {
            apply(gift(0, viewer, 100));
            expected.add(new Score(viewer, 100, position));
        }
        for (int i = 0; i < 100; i++) {
            apply(gift(0, "w" + i, 10));
        }
        SliceRequest request =
                new SliceRequest(boardOf("gifters/all", TIME), 50, "", 0, SliceRequest.NO_TOKEN);

        assertThat(
                        ((BoardSlice.Ranked)
                                        new BoardReader(redis).read(List.of(request)).getFirst())
                                .scores())
                .isEqualTo(expected.subList(0, 50));
    }

    @Test
    void aLivesBoardThatWasGoneBeginsAnewHoweverLateItsEventsAreRead() {
        Instant old = Instant.now().minus(Duration.ofDays(200));
        Instant later = old.plus(BoardRetention.DEFAULT.live()).plusSeconds(1);
        apply(recorded(gift(0, "a", 5), old), recorded(gift(0, "b", 6), later));
        assertThat(board("live/l0", TIME)).containsExactly(new Score("b", 6, 2));

        apply(
                recorded(gift(1, "a", 5), old),
                recorded(gift(1, "b", 6), later.minus(Duration.ofDays(1))));
        assertThat(board("live/l1", TIME))
                .containsExactly(new Score("b", 6, 4), new Score("a", 5, 3));
        apply(recorded(gift(1, "c", 1), later.plus(BoardRetention.DEFAULT.live())));
        assertThat(board("live/l1", TIME)).containsExactly(new Score("c", 1, 5));
    }

    @Test
    void aMemberIsReadWithNeighbours() {
        for (int i = 1; i <= 20; i++) {
            apply(gift(0, "v" + i, 100 - i));
        }
        BoardReader reader = new BoardReader(redis);

        assertThat(around(reader, "v10", 11, 5).firstRank()).isEqualTo(5);
        assertThat(around(reader, "v10", 11, 5).scores()).hasSize(11);
        assertThat(around(reader, "v1", 11, 5).firstRank()).isEqualTo(1);
        assertThat(around(reader, "v1", 11, 5).scores()).hasSize(6);
        assertThat(around(reader, "v20", 11, 5).firstRank()).isEqualTo(15);
        assertThat(around(reader, "v20", 11, 5).scores()).hasSize(6);
        assertThat(around(reader, "v7", 1, 0).scores()).containsExactly(new Score("v7", 93, 7));
        assertThat(
                        reader.read(
                                List.of(
                                        new SliceRequest(
                                                boardOf("gifters/all", TIME),
                                                11,
                                                "nobody",
                                                5,
                                                SliceRequest.NO_TOKEN))))
                .first()
                .isInstanceOf(BoardSlice.NotOnBoard.class);
    }

    @Test
    void aSliceThatIsKnownIsNotReadAgain() {
        apply(gift(0, "a", 5));
        BoardReader reader = new BoardReader(redis);
        Board board = boardOf("live/l0", TIME);
        var first = (BoardSlice.Ranked) slice(reader, board, SliceRequest.NO_TOKEN);

        apply(gift(1, "a", 5)); // another live
        assertThat(slice(reader, board, first.token())).isInstanceOf(BoardSlice.Unchanged.class);
        apply(gift(0, "a", 5));
        assertThat(slice(reader, board, first.token())).isInstanceOf(BoardSlice.Ranked.class);
    }

    private static BoardSlice slice(BoardReader reader, Board board, String token) {
        return reader.read(List.of(new SliceRequest(board, 10, "", 0, token))).getFirst();
    }

    private static BoardSlice.Ranked around(
            BoardReader reader, String member, int most, int above) {
        return around(reader, boardOf("gifters/all", TIME), member, most, above);
    }

    private static BoardSlice.Ranked around(
            BoardReader reader, Board board, String member, int most, int above) {
        SliceRequest request = new SliceRequest(board, most, member, above, SliceRequest.NO_TOKEN);
        return (BoardSlice.Ranked) reader.read(List.of(request)).getFirst();
    }

    private void apply(PlacedGift... batch) {
        assertThat(writer.apply(List.of(batch), fences)).isTrue();
    }

    private List<Score> gifters(String period) {
        return board("gifters/" + period, TIME);
    }

    private static List<Score> board(String name, Instant at) {
        SliceRequest request =
                new SliceRequest(boardOf(name, at), 1000, "", 0, SliceRequest.NO_TOKEN);
        return ((BoardSlice.Ranked) new BoardReader(redis).read(List.of(request)).getFirst())
                .scores();
    }

    private static Board boardOf(String name, Instant at) {
        BoardName board = BoardName.parse(name).orElseThrow();
        return Board.at(board.owner(), board.period(), at);
    }

    private static GenerationKeys keys(Board board, String member) {
        return new GenerationKeys(Shard.of(board.name().owner(), member), 1);
    }

    private static String ranking(String name, String member) {
        Board board = boardOf(name, TIME);
        return keys(board, member).ranking(board);
    }

    private PlacedGift gift(int partition, String viewer, long coins) {
        return gift(partition, viewer, coins, TIME);
    }

    private PlacedGift gift(int partition, String viewer, long coins, Instant at) {
        return placed(partition, Gifts.sent(viewer, "l" + partition, "c1", coins), at);
    }

    private PlacedGift reversal(int partition, String viewer, long coins, Instant sentAt) {
        return placed(
                partition, Gifts.reversed(viewer, "l" + partition, "c1", coins, sentAt), TIME);
    }

    private PlacedGift placed(int partition, GiftEvent event, Instant at) {
        position++;
        return new PlacedGift(
                partition, position * 2, position, TIME, ScoreRules.changes(event, at));
    }

    /** The windows of the first board that a member has left. */
    private static List<String> daysLeftBehind(String member) {
        String slots =
                redis.hget(
                        keys(boardOf("gifters/day", TIME), member).past(BoardOwner.GIFTERS),
                        member);
        List<String> days = new ArrayList<>();
        // A score of 0 to 127 coins and a prefix are ASCII, so that a byte is a character.
        for (int i = 0; i < slots.length(); i += 22) {
            if (slots.charAt(i) == '1') {
                days.add(slots.substring(i + 1, i + 6));
            }
        }
        return days;
    }

    private static String dayId(Instant day) {
        return BoardWindows.id(Period.DAY.windowOf(day));
    }

    private static PlacedGift recorded(PlacedGift gift, Instant at) {
        return new PlacedGift(gift.partition(), gift.offset(), gift.position(), at, gift.changes());
    }

    /** When a key goes, to the nearest minute: Redis 6.2 only says how long it still has. */
    private static String expiry(String key) {
        long at = System.currentTimeMillis() + redis.pttl(key);
        return Instant.ofEpochSecond(60 * Math.round(at / 60_000.0)).toString();
    }
}

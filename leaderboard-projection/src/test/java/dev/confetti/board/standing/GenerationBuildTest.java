package dev.confetti.board.standing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confetti.board.Gifts;
import dev.confetti.board.score.BoardOwner;
import dev.confetti.board.score.ScoreRules;
import dev.confetti.engines.TestEngines;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.UnifiedJedis;

/** What keeps a switch of generations from losing anything, in a real Redis. */
class GenerationBuildTest {
    private static final Instant TIME = Instant.parse("2099-06-15T12:34:56Z");
    private static final Shard LIVE = Shard.of(BoardOwner.live("l1"), "");

    private final UnifiedJedis redis = RedisClients.open(TestEngines.freshRedis());
    private final BoardWriter writer = new BoardWriter(redis, BoardRetention.DEFAULT, "live");
    private final Fences fences = writer.open();

    @AfterEach
    void close() {
        redis.close();
    }

    @Test
    void offsetsComeFromTheLiveFencesAndNothingElseIsCleared() {
        redis.hset("board:{0}:names", "a", "1:Ada");
        redis.set("board:{0}:live/of-an-earlier-build", "x");
        assertThat(writer.apply(List.of(gift(1, 77)), fences)).isTrue();
        try (GenerationBuild build = begin()) {
            build.apply(List.of(gift(1, 0)), Shard.all());
            build.close(Shard.all());
            build.switchOver(false);
            build.clearAway();
        }

        assertThat(writer.open().of(Shard.all().getFirst(), 0)).isEqualTo(new Fence(1, 77));
        assertThat(writer.open().isClosed()).isFalse();
        assertThat(redis.hget("board:{0}:names", "a")).isEqualTo("1:Ada");
        assertThat(redis.keys("board:{0}:live/*")).isEmpty();
        assertThat(redis.keys("board:*:1:*")).isEmpty();
    }

    @Test
    void aClosureThatLapsedForbidsTheSwitch() {
        try (GenerationBuild build = begin()) {
            build.close(Shard.all());
            redis.del(Shard.all().get(3).closureKey());

            assertThatThrownBy(() -> build.switchOver(false))
                    .hasMessageStartingWith("shard 3 is no longer closed");
            assertThatThrownBy(() -> build.compare(Shard.all().get(3), Set.of("gifters/all")))
                    .hasMessageStartingWith("shard 3 is no longer closed");
        }
        assertThat(redis.exists(Shard.all().getFirst().generationKey())).isFalse();
    }

    @Test
    void theScriptItselfRefusesWhatCameInBetween() {
        try (GenerationBuild build = begin()) {
            assertThat(writer.apply(List.of(gift(1, 77)), fences)).isTrue();
            build.close(Shard.all());

            assertThatThrownBy(() -> build.switchOver(false))
                    .hasMessage(
                            "shard 0 could not be switched: partition 0 is built up to position 0,"
                                    + " expected 1");
            assertThat(
                            redis.eval(
                                    Script.named("switch.lua").text(),
                                    List.of(
                                            Shard.all().getFirst().generationKey(),
                                            Shard.all().getFirst().closureKey(),
                                            Shard.all().getFirst().buildingKey(),
                                            "board:{0}:1:fences",
                                            "board:{0}:2:fences"),
                                    List.of("not its token", "1", "2", "unequal")))
                    .isEqualTo("it is no longer closed");
            redis.set(Shard.all().getFirst().buildingKey(), "another");
            assertThatThrownBy(() -> build.switchOver(true))
                    .hasMessage("shard 0 could not be switched: another rebuild has begun");
        }
    }

    @Test
    void aSecondRebuildPutsAnEndToTheFirst() {
        try (GenerationBuild first = begin();
                GenerationBuild second = begin()) {
            assertThatThrownBy(() -> first.apply(List.of(gift(1, 0)), Shard.all()))
                    .hasMessageContaining("expected one rebuild at a time");
            second.apply(List.of(gift(1, 0)), Shard.all());
            second.close(Shard.all());

            assertThatThrownBy(() -> first.close(Shard.all()))
                    .hasMessage("shard 0 is closed by another rebuild: expected one at a time");
            second.switchOver(true);
            first.close(Shard.all());
            assertThatThrownBy(() -> first.switchOver(true))
                    .hasMessageContaining("another generation is live than when the rebuild began");
        }
    }

    @Test
    void aClosedShardIsOpenAgainWhenTheRebuildEnds() {
        try (GenerationBuild build = begin()) {
            build.close(Shard.all());
            assertThat(writer.open().isClosed()).isTrue();
            assertThat(redis.pttl(Shard.all().getFirst().closureKey()))
                    .isBetween(1L, GenerationBuild.CLOSURE_MS);
        }
        assertThat(writer.open().isClosed()).isFalse();
    }

    @Test
    void aDifferenceFarDownABoardIsFound() {
        List<PlacedGift> gifts =
                IntStream.rangeClosed(1, 2_000).mapToObj(i -> gift(i, i, "v" + i)).toList();
        assertThat(writer.apply(gifts, fences)).isTrue();
        redis.zadd(
                new GenerationKeys(LIVE, 1).prefix() + "live/l1",
                1,
                PositionPrefix.of(9) + "somebody");
        try (GenerationBuild build = begin()) {
            build.apply(gifts, Shard.all());
            build.close(List.of(LIVE));

            assertThat(build.compare(LIVE, Set.of("live/l1")))
                    .containsExactly(
                            "board live/l1, place 2001 of a shard: live Score[member=somebody,"
                                    + " coins=1, position=9], built nobody");
        }
    }

    @Test
    void aBoardThatOneGenerationLacksIsADifferenceUnlessItGoesSoonAnyway() {
        assertThat(writer.apply(List.of(gift(1, 77)), fences)).isTrue();
        String board = new GenerationKeys(LIVE, 1).prefix() + "live/l1";
        try (GenerationBuild build = begin()) {
            build.close(List.of(LIVE));

            assertThat(build.compare(LIVE, Set.of("live/l1")))
                    .containsExactly(
                            "board live/l1, place 1 of a shard: live Score[member=a, coins=5,"
                                    + " position=1], built nobody");
            redis.expire(board, 26 * 3_600);
            assertThat(build.compare(LIVE, Set.of("live/l1"))).hasSize(1);
            redis.expire(board, 24 * 3_600);
            assertThat(build.compare(LIVE, Set.of("live/l1"))).isEmpty();
            redis.persist(board);
            assertThat(build.compare(LIVE, Set.of("live/l1"))).hasSize(1);
        }
    }

    @Test
    void aRebuildThatEndsLeavesClosedWhatAnotherHasClosed() {
        GenerationBuild first = begin();
        try (GenerationBuild second = begin()) {
            second.close(Shard.all());
            first.close();

            assertThat(writer.open().isClosed()).isTrue();
        }
    }

    @Test
    void comparingRenewsTheClosure() {
        try (GenerationBuild build = begin()) {
            build.close(List.of(LIVE));
            redis.pexpire(LIVE.closureKey(), 5_000);

            assertThat(build.compare(LIVE, Set.of())).isEmpty();
            assertThat(redis.pttl(LIVE.closureKey())).isBetween(5_001L, GenerationBuild.CLOSURE_MS);
        }
    }

    private GenerationBuild begin() {
        return GenerationBuild.begin(redis, BoardRetention.DEFAULT);
    }

    private static PlacedGift gift(long position, long offset) {
        return gift(position, offset, "a");
    }

    private static PlacedGift gift(long position, long offset, String viewer) {
        return new PlacedGift(
                0,
                offset,
                position,
                TIME,
                ScoreRules.changes(Gifts.sent(viewer, "l1", "c1", 5), TIME));
    }
}

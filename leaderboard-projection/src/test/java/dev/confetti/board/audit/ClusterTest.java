package dev.confetti.board.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.confetti.board.GiftLog;
import dev.confetti.board.GiftStorm;
import dev.confetti.board.GiftStorm.Thunder;
import dev.confetti.board.GiftTopic;
import dev.confetti.board.profile.MemberNames;
import dev.confetti.board.projector.BoardProjector;
import dev.confetti.board.projector.ProjectorMetrics;
import dev.confetti.board.projector.ProjectorState.Following;
import dev.confetti.board.rebuild.BoardRebuild;
import dev.confetti.board.score.Board;
import dev.confetti.board.score.BoardOwner;
import dev.confetti.board.score.Period;
import dev.confetti.board.standing.BoardReader;
import dev.confetti.board.standing.BoardRetention;
import dev.confetti.board.standing.BoardSlice;
import dev.confetti.board.standing.BoardWriter;
import dev.confetti.board.standing.RedisClients;
import dev.confetti.board.standing.SliceRequest;
import dev.confetti.engines.EmbeddedRedisCluster;
import dev.confetti.engines.TestEngines;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.util.JedisClusterCRC16;

/** The boards on a real Redis Cluster whose servers are killed and whose slots are moved. */
class ClusterTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int ROUNDS = 6;

    private final List<Thunder> events = new ArrayList<>();

    @Test
    void boardsAreExactOnAClusterThatLosesServersAndMovesSlots(@TempDir Path folder)
            throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        GiftStorm storm = new GiftStorm(seed);
        GiftLog log = new GiftLog();
        String kafka = TestEngines.freshKafka();
        GiftTopic.createTopics(kafka);
        try (EmbeddedRedisCluster cluster = EmbeddedRedisCluster.start(folder);
                UnifiedJedis redis = RedisClients.open(cluster.url());
                GiftTopic topic = new GiftTopic(kafka);
                BoardProjector projector = projector(kafka, redis)) {
            projector.start();
            for (int round = 0; round < ROUNDS; round++) {
                happen(storm, log, topic);
                if (round % 3 == 1) {
                    cluster.killAndRestart(random.nextInt(cluster.size()));
                } else if (round % 3 == 2) {
                    for (int i = 0; i < 3; i++) {
                        cluster.moveSlot(
                                JedisClusterCRC16.getSlot(
                                        "board:{" + random.nextInt(16) + "}:generation"),
                                random.nextInt(cluster.size()));
                    }
                }
            }
            BoardAuditResult result = audit(cluster, log);
            assertThat(result.firstDifference()).as("seed " + seed).isEmpty();
            assertThat(result.events()).isEqualTo(events.size());
            await().atMost(PATIENCE).until(() -> projector.state() instanceof Following);
            assertThatReadsAreMerged(redis, seed);
            assertThat(new MemberNames(redis).shown(Set.of("v0", "v1")).names())
                    .containsEntry("v0", "Name of v0")
                    .containsEntry("v1", "Name of v1");

            BoardRebuild.Outcome rebuilt =
                    new BoardRebuild(redis, log.reader(), BoardRetention.DEFAULT, PATIENCE)
                            .run(false, (position, head) -> {});
            happen(storm, log, topic);

            assertThat(rebuilt.differences()).as("seed " + seed).isEmpty();
            assertThat(audit(cluster, log).firstDifference()).as("seed " + seed).isEmpty();
        }
    }

    /** The board of all gifters, whose parts are on all servers. */
    private void assertThatReadsAreMerged(UnifiedJedis redis, long seed) {
        BoardSums sums = new BoardSums(BoardRetention.DEFAULT);
        events.forEach(thunder -> BoardComparison.add(sums, thunder));
        Board board = Board.at(BoardOwner.GIFTERS, Period.ALL, Instant.EPOCH);
        BoardSlice top =
                new BoardReader(redis)
                        .read(List.of(new SliceRequest(board, 100, "", 0, SliceRequest.NO_TOKEN)))
                        .getFirst();
        assertThat(((BoardSlice.Ranked) top).scores())
                .as("seed " + seed)
                .isEqualTo(sums.standings(board));
    }

    private void happen(GiftStorm storm, GiftLog log, GiftTopic topic) throws Exception {
        List<Thunder> some = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            some.add(storm.next());
        }
        log.append(some);
        topic.publish(some);
        events.addAll(some);
    }

    private static BoardAuditResult audit(EmbeddedRedisCluster cluster, GiftLog log)
            throws Exception {
        return new BoardAudit(
                        cluster.url(), log.reader(), BoardRetention.DEFAULT, InstantSource.system())
                .run(log.reader().head(), PATIENCE);
    }

    private static BoardProjector projector(String kafka, UnifiedJedis redis) {
        return new BoardProjector(
                kafka,
                10,
                new BoardWriter(redis, BoardRetention.DEFAULT, "cluster"),
                new MemberNames(redis),
                new ProjectorMetrics(new SimpleMeterRegistry()));
    }
}

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
import dev.confetti.board.standing.BoardRetention;
import dev.confetti.board.standing.BoardWriter;
import dev.confetti.board.standing.RedisClients;
import dev.confetti.engines.EmbeddedRedis;
import dev.confetti.engines.KafkaProcess;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.UnifiedJedis;

/**
 * A long run in which everything that the boards rest on dies again and again, while they count.
 * How long is said by {@code -Dconfetti.boards.rounds}; a seed that failed is replayed with {@code
 * -Dconfetti.boards.seed}.
 */
class BoardsUnderFaultsTest {
    private static final int ROUNDS = Integer.getInteger("confetti.boards.rounds", 10);
    private static final int FAULTS = 5;

    private static final long SEED = Long.getLong("confetti.boards.seed", System.nanoTime());
    private static final int GIFTS_A_ROUND = 300;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Random random = new Random(SEED);
    private final GiftStorm storm = new GiftStorm(SEED);
    private final List<BoardProjector> projectors = new ArrayList<>();
    private long events;

    @Test
    void everyBoardIsTheSumOfTheLogWhateverDiesMeanwhile(@TempDir Path folder) throws Exception {
        GiftLog log = new GiftLog();
        KafkaProcess broker = KafkaProcess.start(folder.resolve("kafka"));
        EmbeddedRedis server = EmbeddedRedis.start(folder.resolve("redis"), 0);
        URI url = server.url();
        GiftTopic.createTopics(broker.bootstrap());
        try (UnifiedJedis redis = RedisClients.open(url);
                GiftTopic topic = new GiftTopic(broker.bootstrap())) {
            startProjector(broker, redis);
            for (int round = 0; round < ROUNDS; round++) {
                byte[] lastSecond = Files.readAllBytes(appendOnlyFile(folder));
                happen(log, topic);
                switch (random.nextInt(FAULTS)) {
                    case 0 -> server = killRedis(server, folder, url, null);
                    case 1 -> server = killRedis(server, folder, url, lastSecond);
                    // The one before is only ended when the new one is at work already.
                    case 2 -> {
                        startProjector(broker, redis);
                        projectors.removeFirst().close();
                    }
                    case 3 -> redis.scriptFlush("board:{0}:generation");
                    case 4 -> {
                        broker.kill();
                        broker.startAgain();
                    }
                    default -> throw new IllegalStateException("no such fault");
                }
            }
            // A transaction that was committed when the broker died may stay open for readers until
            // the next one (KAFKA-20734).
            happen(log, topic);
            BoardAuditResult result =
                    new BoardAudit(
                                    url,
                                    log.reader(),
                                    BoardRetention.DEFAULT,
                                    InstantSource.system())
                            .run(log.reader().head(), PATIENCE);

            assertThat(result.firstDifference()).as("seed " + SEED).isEmpty();
            assertThat(result.events()).isEqualTo(events);
            await().atMost(PATIENCE).until(() -> projectors.getLast().state() instanceof Following);
        } finally {
            projectors.forEach(BoardProjector::close);
            server.close();
            broker.close();
        }
    }

    private void happen(GiftLog log, GiftTopic topic) throws Exception {
        List<Thunder> some = new ArrayList<>();
        for (int i = 0; i < GIFTS_A_ROUND; i++) {
            some.add(storm.next());
        }
        log.append(some);
        topic.publish(some);
        events += some.size();
    }

    /** Without mercy, and with what it wrote since then lost. */
    private static EmbeddedRedis killRedis(
            EmbeddedRedis server, Path folder, URI url, byte @Nullable [] older)
            throws IOException {
        server.kill();
        if (older != null) {
            Files.write(appendOnlyFile(folder), older);
        }
        server.close();
        return EmbeddedRedis.start(folder.resolve("redis"), url.getPort());
    }

    private static Path appendOnlyFile(Path folder) {
        return folder.resolve("redis").resolve("appendonly.aof");
    }

    private void startProjector(KafkaProcess broker, UnifiedJedis redis) {
        BoardProjector projector =
                new BoardProjector(
                        broker.bootstrap(),
                        20,
                        new BoardWriter(
                                redis, BoardRetention.DEFAULT, "writer-" + random.nextLong()),
                        new MemberNames(redis),
                        new ProjectorMetrics(new SimpleMeterRegistry()));
        projector.start();
        projectors.add(projector);
    }
}

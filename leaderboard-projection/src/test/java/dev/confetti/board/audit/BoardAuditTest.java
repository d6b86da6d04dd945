package dev.confetti.board.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confetti.board.GiftLog;
import dev.confetti.board.GiftStorm;
import dev.confetti.board.GiftStorm.Thunder;
import dev.confetti.board.score.ScoreRules;
import dev.confetti.board.standing.BoardRetention;
import dev.confetti.board.standing.BoardWriter;
import dev.confetti.board.standing.PlacedGift;
import dev.confetti.board.standing.RedisClients;
import dev.confetti.engines.TestEngines;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.UnifiedJedis;

/** The audit over a real log and a real Redis. */
class BoardAuditTest {

    @Test
    void itHoldsForTrueBoardsAndNamesTheFirstThatIsNot() throws Exception {
        URI url = TestEngines.freshRedis();
        GiftLog gifts = new GiftLog();
        GiftStorm storm = new GiftStorm(3);
        List<Thunder> log = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            log.add(storm.next());
        }
        gifts.append(log);
        long head = log.getLast().envelope().position();
        BoardAudit audit =
                new BoardAudit(url, gifts.reader(), BoardRetention.DEFAULT, InstantSource.system());
        try (UnifiedJedis redis = RedisClients.open(url)) {
            BoardAuditResult behind = audit.run(head, Duration.ofMillis(200));
            assertThat(behind.holds()).isFalse();
            assertThat(behind.firstDifference()).get().asString().contains("is at position 0 of");

            apply(redis, log);
            BoardAuditResult result = audit.run(head, Duration.ofSeconds(30));
            assertThat(result.firstDifference()).isEmpty();
            assertThat(result.holds()).isTrue();
            assertThat(result.events()).isEqualTo(100);
            assertThat(result.boards()).isGreaterThan(14);

            String key = redis.keys("board:*:gifters/all").iterator().next();
            String first = redis.zrange(key, -1, -1).getFirst();
            redis.zincrby(key, 1, first);
            BoardAuditResult wrong = audit.run(head, Duration.ofSeconds(30));
            assertThat(wrong.holds()).isFalse();
            assertThat(wrong.firstDifference())
                    .get()
                    .asString()
                    .matches("board gifters/all, rank [0-9]+: found Score\\[member=.*");
            redis.zincrby(key, -1, first);

            redis.zadd("board:{0}:1:live/never", 5, "zzzzzzzzsomebody");
            assertThat(audit.run(head, Duration.ofSeconds(30)).firstDifference())
                    .contains(
                            "board live/never is in Redis: expected none, the log has no"
                                    + " gift for it");
        }
    }

    private static void apply(UnifiedJedis redis, List<Thunder> log) {
        BoardWriter writer = new BoardWriter(redis, BoardRetention.DEFAULT, "test");
        List<PlacedGift> gifts = new ArrayList<>();
        for (Thunder thunder : log) {
            gifts.add(
                    new PlacedGift(
                            thunder.partition(),
                            gifts.size(),
                            thunder.envelope().position(),
                            thunder.envelope().recordedAt(),
                            ScoreRules.changes(thunder.event(), thunder.envelope().occurredAt())));
        }
        assertThat(writer.apply(gifts, writer.open())).isTrue();
    }
}

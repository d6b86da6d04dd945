package dev.confetti.gift.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confetti.gift.log.BatchRules.Stream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class BatchRulesTest {
    private static final UUID A = new UUID(0, 0xa);
    private static final UUID B = new UUID(0, 0xb);
    private static final UUID C = new UUID(0, 0xc);
    private static final UUID D = new UUID(0, 0xd);

    @Test
    void aKnownEventIdLosesAlsoWhenItsSequenceIsStale() {
        assertThat(
                        BatchRules.losers(
                                List.of(append(event(A, "ann", 0))),
                                Set.of(A),
                                Map.of(new Stream("wallet", "ann"), 5L)))
                .containsExactly(Map.entry(0, new Outcome.Duplicate(A)));
    }

    @Test
    void ofTwoAppendsWithOneEventIdTheFirstWins() {
        assertThat(
                        BatchRules.losers(
                                List.of(append(event(A, "ann", 0)), append(event(A, "ann", 0))),
                                Set.of(),
                                Map.of()))
                .containsExactly(Map.entry(1, new Outcome.Duplicate(A)));
    }

    @Test
    void appendsOfOneStreamFollowEachOtherInOneBatch() {
        assertThat(
                        BatchRules.losers(
                                List.of(
                                        append(event(A, "ann", 7)),
                                        append(event(B, "bob", 0)),
                                        append(event(C, "ann", 8), event(D, "ann", 9))),
                                Set.of(),
                                Map.of(new Stream("wallet", "ann"), 7L)))
                .isEmpty();
    }

    @Test
    void aLoserTakesNothingFromThoseBehindIt() {
        NewEvent gap = event(B, "ann", 2);
        assertThat(
                        BatchRules.losers(
                                List.of(
                                        append(event(A, "ann", 0), gap),
                                        append(event(A, "ann", 0)),
                                        append(event(C, "ann", 1))),
                                Set.of(),
                                Map.of()))
                .containsExactly(Map.entry(0, new Outcome.Stale(gap, 1)));
    }

    @Test
    void ofTwoThatWantOneSequenceTheSecondIsStale() {
        NewEvent second = event(B, "ann", 0);
        assertThat(
                        BatchRules.losers(
                                List.of(append(event(A, "ann", 0)), append(second)),
                                Set.of(),
                                Map.of()))
                .containsExactly(Map.entry(1, new Outcome.Stale(second, 1)));
    }

    @Test
    void oneEventIdTwiceInOneAppendLoses() {
        assertThat(
                        BatchRules.losers(
                                List.of(append(event(A, "ann", 0), event(A, "ann", 1))),
                                Set.of(),
                                Map.of()))
                .containsExactly(Map.entry(0, new Outcome.Duplicate(A)));
    }

    private static PendingAppend append(NewEvent... events) {
        return new PendingAppend(List.of(events));
    }

    private static NewEvent event(UUID id, String stream, long sequence) {
        return new NewEvent(
                id,
                "wallet",
                stream,
                sequence,
                "confetti.test.v1",
                "{}".getBytes(StandardCharsets.UTF_8),
                Instant.EPOCH);
    }
}

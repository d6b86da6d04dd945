package dev.confetti.ledger.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confetti.events.ConfettiEvent;
import dev.confetti.events.CreatorEvent.EarningsReleased;
import dev.confetti.events.CreatorEvent.Worth;
import dev.confetti.events.Diamonds;
import dev.confetti.events.GiftEvent.GiftSent;
import dev.confetti.ledger.LedgerDatabaseFixture;
import dev.confetti.ledger.Samples;
import dev.confetti.ledger.posting.Asset;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Hand-worked days of one creator, at half a diamond for a coin and a cent for a diamond. */
class CreatorDaysTest {
    private static final LocalDate FIRST = LocalDate.parse("2026-01-01");
    private static final Asset USD = Asset.fiat("USD");

    private final LedgerDatabaseFixture ledger = new LedgerDatabaseFixture();

    @ParameterizedTest
    @ValueSource(ints = {1, 100})
    void everyColumnIsAddedUpWithinBatchesAndOverThem(int batch) throws SQLException {
        GiftSent first = gift(10, 100);
        GiftSent second = gift(11, 200);
        book(
                List.of(
                        Samples.purchase(1, "42", 1_000, 0, 1_000, 0, 0, "stripe"),
                        first, // 50 diamonds, 0.50
                        second, // 100 diamonds, 1.00
                        gift(12, 300), // 150 diamonds, 1.50
                        Samples.reversal(first),
                        release(100, 3),
                        release(150, 4),
                        Samples.requested(Samples.payout(101, 200, 200, 20)),
                        // 0.50 is left to be paid, so as much is clawed back.
                        Samples.reversalAfterRelease(second)),
                Duration.ofHours(1),
                batch);
        assertThat(days(FIRST, FIRST))
                .containsExactly(
                        new CreatorDay(
                                FIRST,
                                Asset.DIAMOND,
                                3,
                                600,
                                3_000_000,
                                2,
                                300,
                                1_500_000,
                                2_500_000,
                                0,
                                -500_000),
                        new CreatorDay(
                                FIRST, USD, 0, 0, 3_000_000, 0, 0, 1_500_000, 2_500_000, 0,
                                -500_000));
    }

    @Test
    void aRangeOfDaysHasItsFirstAndItsLastAndWhatWasBeforeHasNeither() throws SQLException {
        book(
                List.of(
                        Samples.purchase(1, "42", 1_000, 0, 1_000, 0, 0, "stripe"),
                        gift(10, 100),
                        gift(11, 200),
                        gift(12, 300)),
                Duration.ofDays(1),
                1);
        // The purchase is of the second, the gifts of the third to the fifth.
        assertThat(coins(days(FIRST.plusDays(2), FIRST.plusDays(3)))).containsExactly(100L, 200L);
        assertThat(coins(before(FIRST.plusDays(4)))).containsExactly(300L);
        assertThat(coins(before(FIRST.plusDays(5)))).containsExactly(600L);
        assertThat(before(FIRST.plusDays(2))).isEmpty();
    }

    private static List<Long> coins(List<CreatorDay> days) {
        return days.stream()
                .filter(day -> day.asset().equals(Asset.DIAMOND))
                .map(CreatorDay::coins)
                .toList();
    }

    private static GiftSent gift(long id, long coins) {
        return Samples.gift(id, "42", "7", List.of(Samples.share(1, coins)), 0);
    }

    private static EarningsReleased release(long diamonds, long position) {
        return new EarningsReleased(
                "7",
                new Diamonds(diamonds * 10_000),
                position,
                position,
                position,
                List.of(new Worth("USD", diamonds * 10_000)));
    }

    private List<CreatorDay> days(LocalDate from, LocalDate through) throws SQLException {
        return ledger.transactions.read(c -> CreatorDays.read(c, "7", from, through));
    }

    private List<CreatorDay> before(LocalDate day) throws SQLException {
        return ledger.transactions.read(c -> CreatorDays.before(c, "7", day));
    }

    private void book(List<ConfettiEvent> events, Duration step, int batch) throws SQLException {
        JournalWriter writer = new JournalWriter(ledger.transactions);
        writer.load();
        List<SourceEvent> numbered = Samples.numbered(events, step);
        for (int from = 0; from < numbered.size(); from += batch) {
            int to = Math.min(numbered.size(), from + batch);
            writer.book(LedgerDatabaseFixture.deliveries(numbered.subList(from, to)));
        }
    }
}

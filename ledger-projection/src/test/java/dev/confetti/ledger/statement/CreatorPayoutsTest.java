package dev.confetti.ledger.statement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confetti.events.ConfettiEvent;
import dev.confetti.events.CreatorEvent.EarningsReleased;
import dev.confetti.events.CreatorEvent.PayoutApproved;
import dev.confetti.events.CreatorEvent.PayoutRejected;
import dev.confetti.events.CreatorEvent.PayoutWithdrawn;
import dev.confetti.events.CreatorEvent.Worth;
import dev.confetti.events.Diamonds;
import dev.confetti.events.EventType;
import dev.confetti.ledger.LedgerDatabaseFixture;
import dev.confetti.ledger.Samples;
import dev.confetti.ledger.journal.JournalWriter;
import dev.confetti.ledger.journal.LedgerPosition;
import dev.confetti.ledger.journal.SourceEvent;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Payouts that go on from one month to the next, hand-worked. */
class CreatorPayoutsTest {
    private final LedgerDatabaseFixture ledger = new LedgerDatabaseFixture();
    private final List<SourceEvent> events = new ArrayList<>();

    @Test
    void aMonthHasThePayoutsThatMovedInItAsTheyStoodAtItsEnd() throws SQLException {
        earn();
        PayoutApproved paid = Samples.payout(101, 400, 400, 40);
        PayoutApproved refused = Samples.payout(102, 100, 100, 10);
        PayoutApproved dropped = Samples.payout(103, 200, 200, 20);
        add("2026-01-20", Samples.requested(paid));
        add("2026-01-25", paid);
        add("2026-01-26", Samples.requested(refused));
        long january = add("2026-01-27", rejected(refused));
        add("2026-02-01", Samples.requested(dropped));
        add("2026-02-02", dropped);
        add("2026-02-03", withdrawn(dropped));
        long february = add("2026-02-05", Samples.sent(paid));
        long march = add("2026-03-05", Samples.settled(paid));
        long april = add("2026-04-01", Samples.grant(900, "42", 1));
        book();

        assertThat(states(0, january))
                .containsExactly("101 approved 2 0.25 0.40", "102 rejected 2 0.00 0.00");
        assertThat(states(january, february))
                .containsExactly("101 sent 3 0.25 0.40", "103 withdrawn 3 0.25 0.20");
        assertThat(states(february, march)).containsExactly("101 settled 4 0.25 0.40");
        assertThat(states(march, april)).isEmpty();
    }

    @Test
    void aMonthOfMoreStepsThanAreReadSaysSo() throws SQLException {
        earn();
        for (int i = 0; i < 500; i++) {
            PayoutApproved refused = Samples.payout(1_000 + i, 100, 100, 10);
            add("2026-01-20", Samples.requested(refused));
            add("2026-01-20", rejected(refused));
        }
        long all = events.size();
        long last = add("2026-01-21", Samples.requested(Samples.payout(2_000, 100, 100, 10)));
        book();
        assertThat(read(0, all).payouts()).hasSize(500);
        assertThat(read(0, all).more()).isFalse();
        assertThat(read(0, last).payouts()).hasSize(500);
        assertThat(read(0, last).more()).isTrue();
    }

    @Test
    void aPayoutThatGoesOnIsFoundThoughManyCameBeforeIt() throws SQLException {
        earn();
        for (int i = 0; i < 40; i++) {
            PayoutApproved refused = Samples.payout(1_000 + i, 100, 100, 10);
            add("2026-01-20", Samples.requested(refused));
            add("2026-01-20", rejected(refused));
        }
        PayoutApproved paid = Samples.payout(101, 400, 400, 40);
        add("2026-01-21", Samples.requested(paid));
        add("2026-01-22", paid);
        long january = add("2026-01-23", Samples.sent(paid));
        long february = add("2026-02-05", Samples.settled(paid));
        book();

        assertThat(states(january, february)).containsExactly("101 settled 4 0.25 0.40");
    }

    private void earn() {
        for (ConfettiEvent event : Samples.example()) {
            add("2026-01-02", event);
        }
        add(
                "2026-01-10",
                new EarningsReleased(
                        "7",
                        Diamonds.parse("899.5"),
                        4,
                        6,
                        8,
                        List.of(new Worth("USD", 8_995_000))));
    }

    private static PayoutRejected rejected(PayoutApproved payout) {
        return new PayoutRejected(
                payout.payoutId(),
                payout.creatorId(),
                payout.diamonds(),
                payout.amountMinor(),
                payout.currency(),
                "fin",
                null);
    }

    private static PayoutWithdrawn withdrawn(PayoutApproved payout) {
        return new PayoutWithdrawn(
                payout.payoutId(),
                payout.creatorId(),
                payout.diamonds(),
                payout.amountMinor(),
                payout.withholdingMinor(),
                payout.feeMinor(),
                payout.currency(),
                "fin",
                null);
    }

    /** Returns its position. */
    private long add(String day, ConfettiEvent event) {
        long position = events.size() + 1L;
        events.add(
                new SourceEvent(
                        position,
                        new UUID(1, position),
                        EventType.of(event),
                        Instant.parse(day + "T12:00:00Z"),
                        event));
        return position;
    }

    private void book() throws SQLException {
        JournalWriter writer = new JournalWriter(ledger.transactions);
        writer.load();
        writer.book(LedgerDatabaseFixture.deliveries(events));
    }

    private CreatorPayouts read(long after, long through) throws SQLException {
        return ledger.transactions.read(
                c -> CreatorPayouts.read(c, LedgerPosition.read(c), "7", after, through));
    }

    /** Number, state, steps, fee and withholding. */
    private List<String> states(long after, long through) throws SQLException {
        CreatorPayouts found = read(after, through);
        assertThat(found.more()).isFalse();
        return found.payouts().stream()
                .map(
                        each ->
                                (each.payoutId().getLeastSignificantBits() & 0xfff)
                                        + " "
                                        + each.state()
                                        + " "
                                        + each.steps().size()
                                        + " "
                                        + cents(each.fee())
                                        + " "
                                        + cents(each.withholding()))
                .toList();
    }

    private static String cents(long micros) {
        return "%.2f".formatted(micros / 1_000_000.0);
    }
}

package dev.confetti.ledger.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confetti.events.ConfettiEvent;
import dev.confetti.events.CreatorEvent.EarningsReleased;
import dev.confetti.events.CreatorEvent.PayoutApproved;
import dev.confetti.events.CreatorEvent.Worth;
import dev.confetti.events.Diamonds;
import dev.confetti.ledger.LedgerDatabaseFixture;
import dev.confetti.ledger.Samples;
import dev.confetti.ledger.journal.JournalWriter;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Books that are as their events say, and still cannot be right. */
class ControlsTest {
    private static final List<ConfettiEvent> EARNED =
            List.of(
                    Samples.grant(1, "v", 2_000),
                    Samples.gift(2, "v", "7", List.of(), 2_000),
                    new EarningsReleased(
                            "7",
                            Diamonds.parse("1000"),
                            2,
                            2,
                            2,
                            List.of(new Worth("USD", 10_000_000))));

    @Test
    void coinsThatNobodyHadAreNamed() throws SQLException {
        assertThat(firstFault(Samples.gift(9, "w", "8", List.of(), 30)))
                .isEqualTo(
                        new Verification.Fault(
                                "controls", "viewer:w:coin:promo COIN", "-30: expected 0 or more"));
    }

    @Test
    void moneyThatIsOwedForNoDiamondsIsNamed() throws SQLException {
        PayoutApproved less = Samples.payout(9, 400, 300, 0);
        assertThat(
                        firstFault(
                                Samples.requested(Samples.payout(9, 400, 400, 0)),
                                less,
                                Samples.sent(less)))
                .isEqualTo(
                        new Verification.Fault(
                                "controls",
                                "payout " + Samples.id(9),
                                "reserved 0.0000 DIAMOND, owed 1000000: expected both above 0, or"
                                        + " both 0"));
    }

    @Test
    void aPayoutOnItsWayHolds() throws SQLException {
        PayoutApproved payout = Samples.payout(9, 400, 400, 40);
        assertThat(firstFault(Samples.requested(payout))).isNull();
        assertThat(firstFault(Samples.requested(payout), payout)).isNull();
        assertThat(firstFault(Samples.requested(payout), payout, Samples.sent(payout))).isNull();
    }

    private static Verification.@Nullable Fault firstFault(ConfettiEvent... further)
            throws SQLException {
        LedgerDatabaseFixture ledger = new LedgerDatabaseFixture();
        JournalWriter writer = new JournalWriter(ledger.transactions);
        writer.load();
        List<ConfettiEvent> events = new ArrayList<>(EARNED);
        events.addAll(List.of(further));
        writer.book(LedgerDatabaseFixture.deliveries(Samples.numbered(events)));
        return new LedgerVerifier(ledger.transactions).verify().firstFault();
    }
}

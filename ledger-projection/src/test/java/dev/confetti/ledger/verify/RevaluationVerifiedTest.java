package dev.confetti.ledger.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confetti.events.ConfettiEvent;
import dev.confetti.events.CreatorEvent.EarningsReleased;
import dev.confetti.events.CreatorEvent.EarningsRevalued;
import dev.confetti.events.CreatorEvent.Worth;
import dev.confetti.events.Diamonds;
import dev.confetti.events.GiftEvent.GiftReversed;
import dev.confetti.events.GiftEvent.GiftSent;
import dev.confetti.ledger.LedgerDatabaseFixture;
import dev.confetti.ledger.Samples;
import dev.confetti.ledger.journal.JournalWriter;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Books in which earnings were revalued hold, and what creators can be paid is checked in them. */
class RevaluationVerifiedTest {

    @Test
    void whatCreatorsCanBePaidIsFoundAgainInEntriesOfRevaluations() throws SQLException {
        LedgerDatabaseFixture ledger = new LedgerDatabaseFixture();
        JournalWriter writer = new JournalWriter(ledger.transactions);
        writer.load();
        GiftSent released = Samples.gift(2, "v", "7", List.of(), 400);
        GiftSent held = Samples.gift(3, "v", "7", List.of(), 40);
        List<ConfettiEvent> events = new ArrayList<>();
        events.add(Samples.grant(1, "v", 10_000));
        events.add(released);
        events.add(
                new EarningsReleased(
                        "7", Diamonds.parse("200"), 2, 2, 2, List.of(new Worth("USD", 2_000_000))));
        events.add(held);
        events.add(
                new EarningsRevalued(
                        Samples.id(77),
                        "7",
                        4,
                        "EUR",
                        3,
                        Diamonds.parse("20"),
                        List.of(new Worth("USD", 200_000)),
                        Diamonds.parse("200"),
                        List.of(new Worth("USD", 2_000_000)),
                        "fin",
                        "ance"));
        events.add(reversal(released, 2, true, new Worth("EUR", 6_000_000)));
        events.add(reversal(held, 4, false, new Worth("EUR", 600_000)));
        writer.book(LedgerDatabaseFixture.deliveries(Samples.numbered(events)));

        Verification verification = new LedgerVerifier(ledger.transactions).verify();
        assertThat(verification.holds()).as("%s", verification).isTrue();
        assertThat(
                        ledger.value(
                                "select string_agg(amount::text, ' ') from creator_payable"
                                        + " where creator_id = '7'"))
                .isEqualTo("0 0");

        ledger.execute("update creator_payable set amount = 1 where creator_id = '7'");
        assertThat(new LedgerVerifier(ledger.transactions).verify().holds()).isFalse();
    }

    private static GiftReversed reversal(
            GiftSent gift, long sentPosition, boolean released, Worth worth) {
        return new GiftReversed(
                gift.giftSendId(),
                gift.viewerId(),
                gift.liveId(),
                gift.creatorId(),
                gift.giftId(),
                gift.coins(),
                gift.lots(),
                gift.promoCoins(),
                gift.diamonds(),
                Samples.START,
                List.of(),
                0,
                sentPosition,
                released,
                worth,
                null);
    }
}

package dev.confetti.ledger.verify;

import dev.confetti.events.CoinEvent.CoinsPurchased;
import dev.confetti.events.CoinEvent.WalletBlocked;
import dev.confetti.events.ConfettiEvent;
import dev.confetti.events.GiftEvent.GiftSent;
import dev.confetti.events.LotShare;
import dev.confetti.ledger.ClosedMonths;
import dev.confetti.ledger.LedgerDatabaseFixture;
import dev.confetti.ledger.RandomBusiness;
import dev.confetti.ledger.Samples;
import dev.confetti.ledger.TestLog;
import dev.confetti.ledger.journal.Delivery;
import dev.confetti.ledger.journal.JournalWriter;
import dev.confetti.ledger.journal.SourceEvent;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Books that have rows in every table and every event that posts, in few entries: most positions,
 * which fill a block and two months, post nothing.
 */
final class BooksOfAllKinds {
    private static final Duration STEP = Duration.ofMinutes(12);
    private static final int BATCH = 700;
    private static final int NOTHING_POSTED = 3_900;

    private BooksOfAllKinds() {}

    static LedgerDatabaseFixture booked() throws SQLException {
        RandomBusiness random = new RandomBusiness(7, 6);
        List<ConfettiEvent> events = new ArrayList<>(Samples.example());
        events.addAll(Samples.restOfTheExample());
        events.addAll(reversedAfterRefunds());
        events.addAll(random.next(250));
        events.addAll(nothing());
        events.addAll(random.next(60));
        events.addAll(nothing());
        events.addAll(random.next(60));

        LedgerDatabaseFixture ledger = new LedgerDatabaseFixture();
        JournalWriter writer = new JournalWriter(ledger.transactions);
        writer.load();
        List<Delivery> deliveries =
                ClosedMonths.of(events, STEP).stream().map(BooksOfAllKinds::delivery).toList();
        for (int from = 0; from < deliveries.size(); from += BATCH) {
            writer.book(deliveries.subList(from, Math.min(deliveries.size(), from + BATCH)));
        }
        return ledger;
    }

    private static List<ConfettiEvent> nothing() {
        return Collections.nCopies(NOTHING_POSTED, new WalletBlocked("42", null));
    }

    private static Delivery delivery(SourceEvent source) {
        TopicPartition partition = TestLog.partition(source);
        return new Delivery(source, partition.topic(), partition.partition(), source.position());
    }

    /** An entry of more legs than its row has room for; lots with a country, taxed and not. */
    private static List<ConfettiEvent> reversedAfterRefunds() {
        CoinsPurchased taxed = purchase(500, 200, "DE");
        CoinsPurchased untaxed = purchase(501, 0, "FR");
        CoinsPurchased nowhere = purchase(502, 200, null);
        List<LotShare> lots =
                List.of(Samples.share(500, 50), Samples.share(501, 50), Samples.share(502, 50));
        GiftSent gift = Samples.gift(504, "w", "7", lots, 10);
        return List.of(
                taxed,
                untaxed,
                nowhere,
                Samples.grant(503, "w", 10),
                gift,
                Samples.refund(505, taxed, 50, 0),
                Samples.refund(506, untaxed, 50, 0),
                Samples.refund(507, nowhere, 50, 0),
                Samples.reversal(gift, lots, 150));
    }

    private static CoinsPurchased purchase(long id, long taxMinor, @Nullable String country) {
        return new CoinsPurchased(
                Samples.id(id),
                Samples.id(id),
                "w",
                100,
                0,
                1_000,
                taxMinor,
                100,
                "USD",
                "stripe",
                "ref-" + id,
                country);
    }
}

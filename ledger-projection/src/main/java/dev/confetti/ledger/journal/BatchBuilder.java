package dev.confetti.ledger.journal;

import dev.confetti.events.CoinEvent.ChargebackLost;
import dev.confetti.events.CoinEvent.ChargebackOpened;
import dev.confetti.events.CoinEvent.ChargebackWon;
import dev.confetti.events.CoinEvent.CoinDebtRecovered;
import dev.confetti.events.CoinEvent.CoinsPurchased;
import dev.confetti.events.CoinEvent.PurchaseRefunded;
import dev.confetti.events.CreatorEvent;
import dev.confetti.events.EventType;
import dev.confetti.events.GiftEvent.GiftReversed;
import dev.confetti.events.GiftEvent.GiftSent;
import dev.confetti.events.LotShare;
import dev.confetti.ledger.posting.BookedGift;
import dev.confetti.ledger.posting.Lot;
import dev.confetti.ledger.posting.UnpostableEventException;
import dev.confetti.ledger.posting.WorkingBooks;
import dev.confetti.ledger.posting.WorkingBooks.Payable;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Works out batches, each on the books as the one before leaves them, whether that is written yet
 * or not. What rules ask for is read from the database unless memory has it; memory has all that a
 * batch changed which may not be written yet. For one thread.
 */
final class BatchBuilder {
    private final LedgerTransactions transactions;
    private final Memory memory;
    private final AccountNumbers numbers = new AccountNumbers();
    private final Block block = new Block();
    private final OpenMonth month = new OpenMonth();
    private UUID ledgerId = new UUID(0, 0);
    private WorkingBooks books = new WorkingBooks();
    private LedgerPosition position = new LedgerPosition(0, 0, ChainHash.START);
    private List<JournalEntry> last = List.of();

    BatchBuilder(LedgerTransactions transactions, Memory memory) {
        this.transactions = transactions;
        this.memory = memory;
    }

    /**
     * How much may be kept in memory.
     *
     * @param lots the most of them
     * @param creators the most whose payables are kept
     * @param accounts the most of them; persons come and go, and the database knows the others
     */
    record Memory(int lots, int creators, int accounts) {
        static final Memory USUAL = new Memory(200_000, 100_000, 300_000);
    }

    /** Starts from what the database has. */
    LedgerPosition load(Connection connection) throws SQLException {
        books = new WorkingBooks();
        last = List.of();
        block.clear();
        month.forget();
        position = LedgerPosition.read(connection);
        ledgerId = SourceFence.ledgerId(connection);
        numbers.load(connection);
        loadOpenBlock(connection);
        return position;
    }

    private void loadOpenBlock(Connection connection) throws SQLException {
        long closed = Block.closedBefore(position.position());
        List<StoredEntry> entries =
                StoredEntries.range(connection, closed, position.position(), Block.POSITIONS);
        AccountNames names = new AccountNames();
        names.learn(
                connection,
                entries.stream()
                        .flatMap(entry -> entry.legs().stream())
                        .flatMap(leg -> Stream.of(leg.debit(), leg.credit()))
                        .collect(Collectors.toSet()));
        for (StoredEntry entry : entries) {
            for (StoredEntry.StoredLeg leg : entry.legs()) {
                for (long id : new long[] {leg.debit(), leg.credit()}) {
                    block.touch(numbers.learn(names.name(id), id), entry.position());
                }
            }
        }
    }

    /** Whether it keeps more in memory than it should: {@link #forget} when all is written. */
    boolean isFull() {
        return books.lotCount() > memory.lots()
                || books.payablesCount() > memory.creators()
                || numbers.count() > memory.accounts();
    }

    /** Forgets what the database has; all that was built must be written. */
    void forget() {
        books = new WorkingBooks();
        numbers.forget();
        last = List.of();
    }

    /**
     * A batch, and why it ends before the last event.
     *
     * @param batch null when the first event cannot be booked
     * @param refusal null when all events are in the batch
     */
    record Built(@Nullable Batch batch, @Nullable UnpostableEventException refusal) {}

    /** Builds a batch of events that follow the last ones, all of one block. */
    Built build(List<Delivery> deliveries) throws SQLException {
        prepare(deliveries);
        Bookkeeper bookkeeper = new Bookkeeper(books, position.position(), position.chain());
        List<TableBatch> tables =
                List.of(
                        new DailyMovements.Batch(),
                        new ClearingItems.Batch(),
                        new CreatorDays.Batch(),
                        new CountryTax.Batch(),
                        new LiveEntries.Batch());
        List<JournalEntry> entries = new ArrayList<>(deliveries.size());
        UnpostableEventException refusal = null;
        int booked = 0;
        for (Delivery delivery : deliveries) {
            JournalEntry entry;
            try {
                entry = bookkeeper.book(delivery.source()).orElse(null);
            } catch (UnpostableEventException e) {
                refusal = refusal(delivery.source(), e);
                break;
            }
            booked++;
            if (entry != null) {
                entries.add(entry);
            }
            for (TableBatch table : tables) {
                table.add(delivery.source(), entry);
            }
        }
        return booked == 0
                ? new Built(null, refusal)
                : new Built(
                        batch(bookkeeper, deliveries.subList(0, booked), entries, tables), refusal);
    }

    private Batch batch(
            Bookkeeper bookkeeper,
            List<Delivery> deliveries,
            List<JournalEntry> entries,
            List<TableBatch> tables)
            throws SQLException {
        LedgerPosition next =
                new LedgerPosition(
                        bookkeeper.position(),
                        position.entries() + entries.size(),
                        bookkeeper.head());
        Set<String> unknown = numbers.unknown(entries);
        if (!unknown.isEmpty()) {
            transactions.read(
                    connection -> {
                        numbers.learn(connection, unknown);
                        return unknown;
                    });
        }
        EntryRows rows = new EntryRows();
        entries.forEach(entry -> rows.add(entry, numbers, block));
        rows.finish();
        List<Lot> lots = books.changedLots();
        lots.forEach(lot -> numbers.assetId(lot.currency()));
        Map<Payable, Long> payables = books.changedPayables();
        payables.keySet().forEach(payable -> numbers.assetId(payable.currency()));
        long end = Block.end(next.position());
        Batch batch =
                new Batch(
                        ledgerId,
                        position,
                        next,
                        List.copyOf(deliveries),
                        entries,
                        numbers.takeNew(),
                        month.begun(entries),
                        rows,
                        lots,
                        payables,
                        tables,
                        next.position() == end ? block.close(end) : null);
        position = next;
        last = entries;
        return batch;
    }

    private static UnpostableEventException refusal(
            SourceEvent source, UnpostableEventException cause) {
        return new UnpostableEventException(
                "position "
                        + source.position()
                        + " ("
                        + source.type().typeName()
                        + ", event "
                        + source.eventId()
                        + "): "
                        + cause.getMessage(),
                cause);
    }

    /**
     * Reads those lots, gifts and payables that the rules will ask for and that are not in memory.
     */
    private void prepare(List<Delivery> deliveries) throws SQLException {
        Set<UUID> lots = new HashSet<>();
        Set<UUID> reversed = new LinkedHashSet<>();
        Set<String> creators = new HashSet<>();
        for (Delivery delivery : deliveries) {
            switch (delivery.source().event()) {
                case CoinsPurchased purchased -> lots.add(purchased.lotId());
                case PurchaseRefunded refunded -> lots.add(refunded.lotId());
                case CoinDebtRecovered recovered -> addLots(recovered.lots(), lots);
                case ChargebackOpened opened -> lots.add(opened.lotId());
                case ChargebackWon won -> lots.add(won.lotId());
                case ChargebackLost lost -> lots.add(lost.lotId());
                case GiftSent sent -> addLots(sent.lots(), lots);
                case GiftReversed back -> {
                    addLots(back.lots(), lots);
                    reversed.add(back.giftSendId());
                    creators.add(back.creatorId());
                }
                case CreatorEvent ofCreator -> creators.add(ofCreator.creatorId());
                default -> {
                    // asks for nothing
                }
            }
        }
        books.forgetGifts();
        reversed.forEach(books::willAskFor);
        lots.removeIf(id -> books.lot(id) != null);
        creators.removeIf(books::knowsPayablesOf);
        if (!lots.isEmpty() || !reversed.isEmpty() || !creators.isEmpty()) {
            transactions.read(
                    connection -> {
                        StoredLots.read(connection, lots).forEach(books::put);
                        for (UUID giftSendId : reversed) {
                            StoredGifts.find(connection, giftSendId)
                                    .ifPresent(gift -> books.put(giftSendId, gift));
                        }
                        books.putPayables(creators, StoredPayables.read(connection, creators));
                        return lots;
                    });
            // The last batch may not be in the database yet.
            last.stream()
                    .filter(entry -> reversed.contains(entry.reference()))
                    .forEach(this::putGift);
        }
    }

    private void putGift(JournalEntry entry) {
        UUID reference = entry.reference();
        if (entry.type().equals(EventType.GIFT_SENT.typeName())) {
            books.put(reference, new BookedGift(entry.legs(), entry.lotUses(), false));
        } else if (entry.type().equals(EventType.GIFT_REVERSED.typeName())) {
            BookedGift gift = books.gift(reference);
            if (gift != null) {
                books.put(reference, gift.asReversed());
            }
        }
    }

    private void addLots(List<LotShare> shares, Set<UUID> lots) {
        for (LotShare share : shares) {
            if (books.lot(share.lotId()) == null) {
                lots.add(share.lotId());
            }
        }
    }
}

package dev.confetti.ledger.journal;

import dev.confetti.events.CoinEvent.ChargebackLost;
import dev.confetti.events.CoinEvent.ChargebackOpened;
import dev.confetti.events.CoinEvent.ChargebackWon;
import dev.confetti.events.CoinEvent.CoinDebtRecovered;
import dev.confetti.events.CoinEvent.CoinsPurchased;
import dev.confetti.events.CoinEvent.PurchaseRefunded;
import dev.confetti.events.CreatorEvent;
import dev.confetti.events.FinanceEvent.PeriodClosed;
import dev.confetti.events.GiftEvent.GiftReversed;
import dev.confetti.events.GiftEvent.GiftSent;
import dev.confetti.events.LotShare;
import dev.confetti.ledger.posting.Lot;
import dev.confetti.ledger.posting.UnpostableEventException;
import dev.confetti.ledger.posting.WorkingBooks;
import dev.confetti.ledger.posting.WorkingBooks.Payable;
import dev.confetti.ledger.seal.SealKey;

import org.jspecify.annotations.Nullable;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * Books events into the tables: each batch is one transaction that holds the entries, balances,
 * lots and how far the source was read. For one thread.
 *
 * <p>After any {@link SQLException} or {@link LedgerMovedException} the outcome is unknown: call
 * {@link #load} and go on from the position that it returns.
 */
public final class JournalWriter {
    /** Lots kept in memory. */
    private static final int MAX_LOTS = 200_000;

    private final LedgerTransactions transactions;
    private final @Nullable SealKey sealKey;
    private final AccountNumbers numbers = new AccountNumbers();
    private final Block block = new Block();
    private final OpenMonth month = new OpenMonth();
    private UUID ledgerId = new UUID(0, 0);
    private WorkingBooks books = new WorkingBooks();
    private LedgerPosition position = new LedgerPosition(0, 0, ChainHash.START);

    /** One that seals by the key that the database keeps. */
    public JournalWriter(LedgerTransactions transactions) {
        this(transactions, null);
    }

    /**
     * One that seals by a key.
     *
     * @param sealKey null for the one that the database keeps
     */
    public JournalWriter(LedgerTransactions transactions, @Nullable SealKey sealKey) {
        this.transactions = transactions;
        this.sealKey = sealKey;
    }

    /** Reads where the ledger stands; to be called first. */
    public Start load() throws SQLException {
        books = new WorkingBooks();
        block.clear();
        month.forget();
        return transactions.read(
                connection -> {
                    position = LedgerPosition.read(connection);
                    ledgerId = SourceFence.ledgerId(connection);
                    numbers.load(connection);
                    long closed = Block.closedBefore(position.position());
                    for (StoredEntry entry :
                            StoredEntries.range(
                                    connection, closed, position.position(), Block.POSITIONS)) {
                        touch(entry);
                    }
                    return new Start(position, PartitionMarks.read(connection));
                });
    }

    /**
     * Where the ledger stands.
     *
     * @param partitions those of which it has read something
     */
    public record Start(LedgerPosition position, List<PartitionMark> partitions) {
        public Start {
            partitions = List.copyOf(partitions);
        }
    }

    /**
     * Books events that follow the last ones.
     *
     * @return where the ledger then stands
     * @throws UnpostableEventException when one cannot be booked: all before it are
     */
    public LedgerPosition book(List<Delivery> deliveries) throws SQLException {
        int from = 0;
        while (from < deliveries.size()) {
            long blockEnd = Block.end(deliveries.get(from).source().position());
            int to = from + 1;
            while (to < deliveries.size() && deliveries.get(to).source().position() <= blockEnd) {
                to++;
            }
            bookWithinBlock(deliveries.subList(from, to));
            from = to;
        }
        return position;
    }

    private void bookWithinBlock(List<Delivery> deliveries) throws SQLException {
        // Reads are apart from the writing transaction: there is one writer, and its fence finds
        // out otherwise.
        prepare(deliveries);
        Bookkeeper bookkeeper = new Bookkeeper(books, position.position(), position.chain());
        List<JournalEntry> entries = new ArrayList<>();
        UnpostableEventException refusal = null;
        int booked = 0;
        for (Delivery delivery : deliveries) {
            try {
                bookkeeper.book(delivery.source()).ifPresent(entries::add);
                booked++;
            } catch (UnpostableEventException e) {
                refusal = refusal(delivery.source(), e);
                break;
            }
        }
        if (booked > 0) {
            write(bookkeeper, entries, deliveries.subList(0, booked));
        }
        if (refusal != null) {
            if (booked == 0) {
                confirmPosition();
            }
            throw refusal;
        }
    }

    /** A refusal only counts if it came from the ledger as it is: the fence has not told us yet. */
    private void confirmPosition() throws SQLException {
        if (!transactions.read(LedgerPosition::read).equals(position)) {
            throw new LedgerMovedException(position.position());
        }
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

    private void write(Bookkeeper bookkeeper, List<JournalEntry> entries, List<Delivery> batch)
            throws SQLException {
        LedgerPosition next =
                new LedgerPosition(
                        bookkeeper.position(),
                        position.entries() + entries.size(),
                        bookkeeper.head());
        EntryRows rows = new EntryRows();
        List<Lot> lots = books.changedLots();
        Map<Payable, Long> payables = books.changedPayables();
        transactions.write(
                connection -> {
                    SourceFence.move(connection, ledgerId, position, next);
                    numbers.learn(connection, EntryRows.accounts(entries));
                    entries.forEach(entry -> rows.add(entry, numbers, block));
                    for (Lot lot : lots) {
                        numbers.assetId(lot.currency());
                    }
                    numbers.write(connection);
                    month.make(connection, entries);
                    rows.write(connection);
                    StoredLots.write(connection, lots, entries, numbers);
                    StoredPayables.write(connection, payables, numbers);
                    if (next.position() == Block.end(next.position())) {
                        block.close(connection, next.position());
                    }
                    seal(connection, batch, next);
                    PartitionMarks.write(connection, batch);
                    return next;
                });
        numbers.written();
        month.written();
        if (next.position() == Block.end(next.position())) {
            block.clear();
        }
        position = next;
    }

    private void seal(Connection connection, List<Delivery> batch, LedgerPosition moved)
            throws SQLException {
        for (Delivery delivery : batch) {
            if (delivery.source().event() instanceof PeriodClosed closed) {
                SealKey key = sealKey == null ? StoredSealKey.read(connection) : sealKey;
                StoredSeals.write(connection, delivery.source(), closed, moved, key);
            }
        }
    }

    /**
     * Reads those lots, gifts and payables that the rules will ask for and that are not in memory.
     */
    private void prepare(List<Delivery> deliveries) throws SQLException {
        if (books.lotCount() > MAX_LOTS) {
            books = new WorkingBooks();
        }
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
        if (lots.isEmpty() && reversed.isEmpty() && creators.isEmpty()) {
            return;
        }
        transactions.read(
                connection -> {
                    StoredLots.read(connection, lots).forEach(books::put);
                    for (UUID giftSendId : reversed) {
                        StoredGifts.find(connection, giftSendId)
                                .ifPresent(gift -> books.put(giftSendId, gift));
                    }
                    StoredPayables.read(connection, creators).forEach(books::put);
                    return lots;
                });
    }

    private static void addLots(List<LotShare> shares, Set<UUID> lots) {
        shares.forEach(share -> lots.add(share.lotId()));
    }

    private void touch(StoredEntry entry) {
        for (StoredEntry.StoredLeg leg : entry.legs()) {
            block.touch(leg.debit(), entry.position());
            block.touch(leg.credit(), entry.position());
        }
    }
}

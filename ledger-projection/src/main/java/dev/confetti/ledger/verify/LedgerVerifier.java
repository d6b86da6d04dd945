package dev.confetti.ledger.verify;

import dev.confetti.ledger.journal.AccountNames;
import dev.confetti.ledger.journal.ChainHash;
import dev.confetti.ledger.journal.EntryHasher;
import dev.confetti.ledger.journal.JournalEntry;
import dev.confetti.ledger.journal.LedgerPosition;
import dev.confetti.ledger.journal.LedgerTransactions;
import dev.confetti.ledger.journal.StoredEntries;
import dev.confetti.ledger.journal.StoredEntry;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

/**
 * Recomputes the whole ledger from its entries: the chain, then what every other table must say.
 * Reads one state of it, also while it grows; takes about a second for 100,000 entries, and memory
 * for each account, lot, open item and creator's day. Thread-safe.
 */
public final class LedgerVerifier {
    static final String CHAIN = "chain";
    static final String POSITIONS = "positions";
    static final String ACCOUNTS = "accounts";
    static final String MONTHS = "months";
    static final String BALANCES = "balances";
    static final String HISTORY = "history";
    static final String LOTS = "lots";
    static final String PAYABLES = "payables";
    static final String REPORTS = "reports";
    static final String TOTALS = "totals";
    static final String SEALS = "seals";
    static final String CONTROLS = "controls";

    private static final int PAGE = 2_000;

    private final LedgerTransactions transactions;

    public LedgerVerifier(LedgerTransactions transactions) {
        this.transactions = transactions;
    }

    public Verification verify() throws SQLException {
        return transactions.read(connection -> new Run(connection).verify());
    }

    /** One pass over the journal. */
    private static final class Run {
        private final Connection connection;
        private final Findings findings =
                new Findings(
                        List.of(
                                CHAIN, POSITIONS, ACCOUNTS, MONTHS, BALANCES, HISTORY, LOTS,
                                PAYABLES, REPORTS, TOTALS, SEALS, CONTROLS));
        private final AccountNames names = new AccountNames();
        private final EntryHasher hasher = new EntryHasher();
        private final ExpectedBalances balances = new ExpectedBalances(findings, names);
        private final ExpectedLots lots = new ExpectedLots(findings);
        private final ExpectedPayables payables = new ExpectedPayables(findings, names);
        private final ExpectedReports reports = new ExpectedReports(findings, names);
        private final ExpectedSeals seals = new ExpectedSeals(findings, names, balances);
        private final ExpectedControls controls = new ExpectedControls(findings, names);
        private ChainHash head = ChainHash.START;
        private Instant lastRecordedAt = Instant.MIN;
        private long entries;

        Run(Connection connection) {
            this.connection = connection;
        }

        Verification verify() throws SQLException {
            LedgerPosition position = LedgerPosition.read(connection);
            StoredTables.checkAssetsAndAccounts(connection, findings);
            StoredTables.checkMonths(connection, findings);
            seals.read(connection);
            reports.read(connection);
            readJournal();
            seals.comparedThrough(Long.MAX_VALUE, entries, head);
            StoredTables.checkRecordedTimes(connection, findings);
            StoredTables.checkFurtherLegs(connection, findings);
            checkPosition(position);
            balances.compare(connection);
            lots.compare(connection, balances, names);
            payables.compare(connection, balances);
            reports.compare(connection, balances);
            controls.compare(balances);
            return new Verification(
                    findings.first() == null,
                    position.position(),
                    entries,
                    head.toString(),
                    findings.checks(),
                    findings.first());
        }

        private void readJournal() throws SQLException {
            long after = 0;
            ChainHash last = ChainHash.START;
            List<StoredEntry> page;
            do {
                page = StoredEntries.range(connection, after, Long.MAX_VALUE, PAGE);
                for (JournalEntry entry : named(page)) {
                    checkChain(entry);
                    reports.add(entry);
                    controls.add(entry);
                }
                for (StoredEntry entry : page) {
                    seals.comparedThrough(entry.position() - 1, entries, last);
                    seals.add(entry);
                    last = entry.hash();
                    balances.add(connection, entry);
                    lots.add(entry);
                    payables.add(entry);
                    after = entry.position();
                    entries++;
                }
            } while (page.size() == PAGE);
        }

        /** Names a page, or, where a row names what is not there, finds the row. */
        private List<JournalEntry> named(List<StoredEntry> page) throws SQLException {
            try {
                return StoredEntries.named(connection, page, names);
            } catch (RuntimeException e) {
                for (StoredEntry entry : page) {
                    try {
                        checkChain(
                                StoredEntries.named(connection, List.of(entry), names).getFirst());
                    } catch (RuntimeException unreadable) {
                        findings.fault(
                                CHAIN, "entry " + entry.position(), "" + unreadable.getMessage());
                        head = entry.hash();
                    }
                }
                return List.of();
            }
        }

        private void checkChain(JournalEntry entry) {
            findings.examined(CHAIN);
            findings.examined(POSITIONS);
            String where = "entry " + entry.position();
            ChainHash expected = hasher.hash(head, entry);
            if (!expected.equals(entry.hash())) {
                findings.fault(
                        CHAIN,
                        where,
                        "hash "
                                + entry.hash()
                                + ": expected "
                                + expected
                                + " from its content and the hash before it");
            }
            if (entry.recordedAt().isBefore(lastRecordedAt)) {
                findings.fault(
                        POSITIONS,
                        where,
                        "recorded at "
                                + entry.recordedAt()
                                + ": expected no time before that of the entry before it, "
                                + lastRecordedAt);
            }
            lastRecordedAt = entry.recordedAt();
            // Goes on from the stored hash, so that one fault does not count as all after it.
            head = entry.hash();
        }

        private void checkPosition(LedgerPosition position) throws SQLException {
            String where = "source_position";
            if (!position.chain().equals(head)) {
                findings.fault(
                        CHAIN,
                        where,
                        "chain "
                                + position.chain()
                                + ": expected the hash of the last entry, "
                                + head);
            }
            findings.expect(POSITIONS, where, "entries", entries, position.entries());
            StoredTables.checkPartitions(connection, position.position(), findings);
        }
    }
}

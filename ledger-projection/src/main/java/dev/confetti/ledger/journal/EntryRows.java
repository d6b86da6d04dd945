package dev.confetti.ledger.journal;

import dev.confetti.ledger.posting.Leg;
import dev.confetti.ledger.posting.LotUse;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.postgresql.PGConnection;
import org.postgresql.copy.PGCopyOutputStream;

/** The rows of one batch: entries, their further legs, and what they add to balances. */
final class EntryRows {
    private static final String LEG_COLUMNS =
            "d1, c1, a1, d2, c2, a2, d3, c3, a3, d4, c4, a4,"
                    + " d5, c5, a5, d6, c6, a6, d7, c7, a7, d8, c8, a8";
    private static final String COPY_ENTRIES =
            "copy journal_entry (entry_id, recorded_at, event_id, reference, type, hash, lot_uses, "
                    + LEG_COLUMNS
                    + ") from stdin (format binary)";
    private static final int ENTRY_COLUMNS = 7 + 3 * StoredEntries.LEGS_IN_ROW;
    private static final String COPY_FURTHER_LEGS =
            "copy journal_leg_more (entry_id, recorded_at, line, d, c, a)"
                    + " from stdin (format binary)";

    private final CopyBuffer entries = new CopyBuffer();
    private final CopyBuffer furtherLegs = new CopyBuffer();
    private boolean anyEntries;
    private boolean anyFurtherLegs;
    private final List<NumberedAccount> changed = new ArrayList<>();
    private long[] ids = {};
    private long[] debits = {};
    private long[] credits = {};

    void add(JournalEntry entry, AccountNumbers numbers, Block block) {
        anyEntries = true;
        entries.row(ENTRY_COLUMNS);
        entries.bigint(entry.position());
        entries.instant(entry.recordedAt());
        entries.uuid(entry.eventId());
        entries.uuid(entry.reference());
        entries.text(entry.type());
        entries.bytea(entry.hash().bytes());
        addLotUses(entry.lotUses());
        int line = 0;
        for (Leg leg : entry.legs()) {
            line++;
            NumberedAccount debit = numbers.of(leg.debit());
            NumberedAccount credit = numbers.of(leg.credit());
            addLeg(entry, line, debit.id(), credit.id(), leg.amount());
            note(debit);
            debit.addDebit(leg.amount());
            note(credit);
            credit.addCredit(leg.amount());
            block.touch(debit, entry.position());
            block.touch(credit, entry.position());
        }
        for (int empty = line; empty < StoredEntries.LEGS_IN_ROW; empty++) {
            entries.nothing();
            entries.nothing();
            entries.nothing();
        }
    }

    private void note(NumberedAccount account) {
        if (!account.isInBatch()) {
            changed.add(account);
        }
    }

    /** Takes over what the batch adds to balances; the accounts are ready for the next one. */
    void finish() {
        // In the order of the index, in which neighbours share their way down.
        changed.sort(Comparator.comparingLong(NumberedAccount::id));
        ids = changed.stream().mapToLong(NumberedAccount::id).toArray();
        debits = changed.stream().mapToLong(NumberedAccount::debit).toArray();
        credits = changed.stream().mapToLong(NumberedAccount::credit).toArray();
        changed.forEach(NumberedAccount::endBatch);
        changed.clear();
    }

    /** Writes all that was taken in until {@link #finish}; for once. */
    void write(Connection connection) throws SQLException {
        if (!anyEntries) {
            return;
        }
        copy(connection, COPY_ENTRIES, entries);
        if (anyFurtherLegs) {
            copy(connection, COPY_FURTHER_LEGS, furtherLegs);
        }
        try (PreparedStatement merge =
                connection.prepareStatement(
                        """
                        merge into balance b using (select * from unnest(?, ?, ?)) as n (account_id, debit, credit)
                        on b.account_id = n.account_id
                        when matched then update set debit = b.debit + n.debit, credit = b.credit + n.credit
                        when not matched then insert values (n.account_id, n.debit, n.credit)
                        """)) {
            merge.setObject(1, ids);
            merge.setObject(2, debits);
            merge.setObject(3, credits);
            merge.executeUpdate();
        }
    }

    private void addLotUses(List<LotUse> uses) {
        if (uses.isEmpty()) {
            entries.nothing();
            return;
        }
        long[] numbers = new long[4 * uses.size()];
        int i = 0;
        for (LotUse use : uses) {
            numbers[i++] = use.lotPosition();
            numbers[i++] = use.coins();
            numbers[i++] = use.revenue();
            numbers[i++] = use.commission();
        }
        entries.bigints(numbers);
    }

    private void addLeg(JournalEntry entry, int line, long debit, long credit, long amount) {
        if (line <= StoredEntries.LEGS_IN_ROW) {
            entries.bigint(debit);
            entries.bigint(credit);
            entries.bigint(amount);
            return;
        }
        anyFurtherLegs = true;
        furtherLegs.row(6);
        furtherLegs.bigint(entry.position());
        furtherLegs.instant(entry.recordedAt());
        furtherLegs.smallint(line);
        furtherLegs.bigint(debit);
        furtherLegs.bigint(credit);
        furtherLegs.bigint(amount);
    }

    private static void copy(Connection connection, String sql, CopyBuffer rows)
            throws SQLException {
        try (PGCopyOutputStream stream =
                new PGCopyOutputStream(connection.unwrap(PGConnection.class), sql)) {
            rows.finish(stream);
        } catch (IOException e) {
            if (e.getCause() instanceof SQLException cause) {
                throw cause;
            }
            throw new SQLException("copy into the journal: " + e.getMessage(), "08006", e);
        }
    }
}

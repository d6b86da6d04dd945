package dev.confetti.ledger.statement;

import dev.confetti.events.EventType;
import dev.confetti.ledger.journal.AccountEntries;
import dev.confetti.ledger.journal.AccountNames;
import dev.confetti.ledger.journal.JournalEntry;
import dev.confetti.ledger.journal.LedgerPosition;
import dev.confetti.ledger.journal.StoredEntries;
import dev.confetti.ledger.journal.StoredEntry;
import dev.confetti.ledger.posting.Account;
import dev.confetti.ledger.posting.Accounts;
import dev.confetti.ledger.posting.Asset;
import dev.confetti.ledger.posting.Posting;
import dev.confetti.ledger.posting.Side;
import dev.confetti.ledger.statement.Statement.Payout;
import dev.confetti.ledger.statement.Statement.Step;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * The payouts of a creator in a month, by the entries that bear their ids: not all of a payout's
 * entries name its creator.
 *
 * @param more whether there are more than these
 */
record CreatorPayouts(List<Payout> payouts, boolean more) {
    private static final int MOST_STEPS = 1_000;

    /** Steps before the month that are looked at for payouts that go on in it. */
    private static final int EARLIER_STEPS = 60;

    CreatorPayouts {
        payouts = List.copyOf(payouts);
    }

    static CreatorPayouts read(
            Connection connection,
            LedgerPosition applied,
            String creatorId,
            long after,
            long through)
            throws SQLException {
        Collection<Long> reserved =
                AccountNames.idsOf(connection, List.of(Accounts.creatorReserved(creatorId).code()))
                        .values();
        if (reserved.isEmpty()) {
            return new CreatorPayouts(List.of(), false);
        }
        AccountEntries entries = new AccountEntries(connection, applied, reserved);
        List<Long> steps = new ArrayList<>();
        steps.addAll(entries.find(0, after, EARLIER_STEPS, true).reversed());
        List<Long> within = entries.find(after, through, MOST_STEPS + 1, false);
        boolean more = within.size() > MOST_STEPS;
        steps.addAll(more ? within.subList(0, MOST_STEPS) : within);
        AccountNames names = new AccountNames();
        List<Payout> payouts = new ArrayList<>();
        for (UUID payoutId : references(connection, steps)) {
            List<JournalEntry> ofPayout =
                    StoredEntries.named(
                            connection,
                            StoredEntries.read(
                                    connection,
                                    "where e.reference = ? and e.entry_id <= ?"
                                            + " order by e.entry_id",
                                    query -> {
                                        query.setObject(1, payoutId);
                                        query.setLong(2, through);
                                    }),
                            names);
            if (!ofPayout.isEmpty() && ofPayout.getLast().position() > after) {
                payouts.add(payout(payoutId, ofPayout));
            }
        }
        return new CreatorPayouts(payouts, more);
    }

    private static Set<UUID> references(Connection connection, List<Long> positions)
            throws SQLException {
        Set<UUID> references = new LinkedHashSet<>();
        long[] ids = positions.stream().mapToLong(position -> position).toArray();
        for (StoredEntry entry :
                StoredEntries.read(
                        connection,
                        "where e.entry_id = any (?) order by e.entry_id",
                        query -> query.setObject(1, ids))) {
            references.add(entry.reference());
        }
        return references;
    }

    private static Payout payout(UUID payoutId, List<JournalEntry> entries) {
        long diamonds = 0;
        long amount = 0;
        long fee = 0;
        long withholding = 0;
        Asset currency = Asset.DIAMOND;
        String state = "";
        List<Step> steps = new ArrayList<>();
        for (JournalEntry entry : entries) {
            steps.add(new Step(entry.position(), entry.type(), entry.recordedAt()));
            switch (EventType.named(entry.type())) {
                case PAYOUT_REQUESTED -> {
                    state = "requested";
                    for (Posting posting : entry.postings()) {
                        Account account = posting.account();
                        if (account.asset().equals(Asset.DIAMOND)) {
                            diamonds = posting.amount();
                        } else {
                            currency = account.asset();
                        }
                    }
                    amount = credits(entry, Accounts.PAYOUT_REQUESTED);
                }
                case PAYOUT_APPROVED -> {
                    state = "approved";
                    fee = credits(entry, Accounts.PAYOUT_FEE);
                    withholding = credits(entry, Accounts.WITHHOLDING_TAX);
                }
                case PAYOUT_REJECTED -> state = "rejected";
                case PAYOUT_WITHDRAWN -> state = "withdrawn";
                case PAYOUT_SENT -> state = "sent";
                case PAYOUT_SETTLED -> state = "settled";
                case PAYOUT_FAILED -> state = "failed";
                case PAYOUT_RETURNED -> state = "returned";
                default -> {
                    // corrects something of it, and leaves it as it is
                }
            }
        }
        return new Payout(payoutId, state, diamonds, currency, amount, fee, withholding, steps);
    }

    private static long credits(JournalEntry entry, String code) {
        return entry.postings().stream()
                .filter(posting -> posting.account().code().equals(code))
                .filter(posting -> posting.side() == Side.CREDIT)
                .mapToLong(Posting::amount)
                .sum();
    }
}

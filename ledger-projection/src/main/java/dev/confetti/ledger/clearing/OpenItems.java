package dev.confetti.ledger.clearing;

import dev.confetti.ledger.journal.AccountTotals;
import dev.confetti.ledger.journal.Balances;
import dev.confetti.ledger.journal.ClearingItems;
import dev.confetti.ledger.journal.DailyMovements;
import dev.confetti.ledger.journal.LedgerPosition;
import dev.confetti.ledger.posting.Account;
import dev.confetti.ledger.posting.Accounts;
import dev.confetti.ledger.posting.Side;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/**
 * What is open in an account as of any position. In clearing accounts entries of one reference
 * settle each other; what is left of different references is settled oldest first. Receivables, of
 * which every sale has its part, are settled by day, oldest first. So the work goes with the items
 * and the days, not with the entries.
 */
public final class OpenItems {
    /** The accounts that have open items, in the order of their codes. */
    public static final List<String> CODES =
            List.of(
                    Accounts.RECEIVABLE_PSP,
                    Accounts.RECEIVABLE_APPLE,
                    Accounts.RECEIVABLE_GOOGLE,
                    Accounts.PAYOUTS_IN_TRANSIT,
                    Accounts.DISPUTES_RECEIVABLE,
                    Accounts.SUSPENSE);

    private OpenItems() {}

    /**
     * What one account has, and of what it consists.
     *
     * @param balance positive on the account's normal side; the sum of the items
     * @param items oldest first, all of the balance's sign
     */
    public record Of(Account account, long balance, List<OpenItem> items) {
        public Of {
            items = List.copyOf(items);
        }
    }

    /** An account in each of its assets. */
    public static List<Of> read(
            Connection connection, LedgerPosition applied, long asOf, String code)
            throws SQLException {
        List<Of> found = new ArrayList<>();
        for (AccountTotals totals : Balances.of(connection, applied, asOf, code)) {
            List<OpenItem> items =
                    ClearingItems.CODES.contains(code)
                            ? byReference(connection, totals.account(), asOf)
                            : byDay(connection, totals, asOf);
            found.add(new Of(totals.account(), totals.balance(), items));
        }
        return found;
    }

    private static List<OpenItem> byReference(Connection connection, Account account, long asOf)
            throws SQLException {
        List<OpenItem> items = new ArrayList<>();
        int sign = account.type().normalSide() == Side.DEBIT ? 1 : -1;
        for (ClearingItems.Item item : ClearingItems.open(connection, account, asOf)) {
            items.add(
                    new OpenItem(
                            item.reference(), item.since(), item.sinceAt(), sign * item.open()));
        }
        return FirstInFirstOut.settle(items);
    }

    /** Days on the side of the balance, the newest of which make it up. */
    private static List<OpenItem> byDay(Connection connection, AccountTotals totals, long asOf)
            throws SQLException {
        long balance = totals.balance();
        if (balance == 0) {
            return List.of();
        }
        boolean debit = (balance > 0) == (totals.account().type().normalSide() == Side.DEBIT);
        LocalDate today = dayOf(connection, asOf);
        List<Day> days = days(connection, totals.account(), debit, today);
        long before = days.stream().mapToLong(Day::amount).sum();
        days.addFirst(new Day(today, (debit ? totals.debits() : totals.credits()) - before));
        List<OpenItem> newestFirst = new ArrayList<>();
        long left = Math.abs(balance);
        for (Day day : days) {
            long open = Math.min(left, day.amount);
            if (open > 0) {
                Instant begin = day.day.atStartOfDay(ZoneOffset.UTC).toInstant();
                newestFirst.add(new OpenItem(null, null, begin, balance > 0 ? open : -open));
                left -= open;
            }
        }
        return List.copyOf(newestFirst.reversed());
    }

    private record Day(LocalDate day, long amount) {}

    /** What was posted on one side on each day before one, newest first. */
    private static List<Day> days(
            Connection connection, Account account, boolean debit, LocalDate before)
            throws SQLException {
        List<Day> days = new ArrayList<>();
        try (PreparedStatement query =
                connection.prepareStatement(
                        "select m.day, sum(m.amount)::bigint from daily_movement m"
                                + " join asset s using (asset_id) where m."
                                + (debit ? "debit" : "credit")
                                + " = ? and s.code = ? and m.day < ?"
                                + " group by m.day order by m.day desc")) {
            query.setString(1, account.code());
            query.setString(2, account.asset().code());
            query.setObject(3, before);
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    days.add(new Day(row.getObject(1, LocalDate.class), row.getLong(2)));
                }
            }
        }
        return days;
    }

    private static LocalDate dayOf(Connection connection, long position) throws SQLException {
        return DailyMovements.day(ClearingItems.recordedAt(connection, position));
    }
}

package dev.confetti.ledger.statement;

import dev.confetti.ledger.journal.AccountTotals;
import dev.confetti.ledger.journal.Balances;
import dev.confetti.ledger.journal.CreatorDay;
import dev.confetti.ledger.journal.CreatorDays;
import dev.confetti.ledger.journal.LedgerPosition;
import dev.confetti.ledger.posting.Account;
import dev.confetti.ledger.posting.Accounts;
import dev.confetti.ledger.posting.Asset;
import dev.confetti.ledger.statement.Statement.Holdings;
import dev.confetti.ledger.statement.Statement.Money;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes statements from the days that the ledger keeps of each creator, so that a month of a
 * hundred thousand gifts takes no longer than one of ten.
 */
public final class Statements {
    private Statements() {}

    /**
     * The statement of a month.
     *
     * @param after the last position before the month
     * @param through the last one within; that of the ledger while the month is running
     */
    public static Statement read(
            Connection connection,
            LedgerPosition applied,
            String creatorId,
            YearMonth month,
            boolean complete,
            long after,
            long through)
            throws SQLException {
        LocalDate first = month.atDay(1);
        List<CreatorDay> days =
                CreatorDays.read(connection, creatorId, first, month.atEndOfMonth());
        CreatorPayouts payouts =
                CreatorPayouts.read(connection, applied, creatorId, after, through);
        return new Statement(
                creatorId,
                month,
                complete,
                through,
                holdings(connection, applied, creatorId, after, first),
                holdings(connection, applied, creatorId, through, month.plusMonths(1).atDay(1)),
                sums(days),
                days,
                payouts.payouts(),
                payouts.more());
    }

    private static List<CreatorDay> sums(List<CreatorDay> days) {
        Map<Asset, CreatorDay> sums = new LinkedHashMap<>();
        days.forEach(day -> sums.merge(day.asset(), day, CreatorDay::plus));
        return List.copyOf(sums.values());
    }

    private static Holdings holdings(
            Connection connection,
            LedgerPosition applied,
            String creatorId,
            long asOf,
            LocalDate before)
            throws SQLException {
        List<Money> money = new ArrayList<>();
        for (CreatorDay sum : CreatorDays.before(connection, creatorId, before)) {
            if (!sum.asset().equals(Asset.DIAMOND)) {
                money.add(new Money(sum.asset(), sum.pending(), sum.available()));
            }
        }
        return new Holdings(
                balance(connection, applied, asOf, Accounts.creatorPending(creatorId)),
                balance(connection, applied, asOf, Accounts.creatorAvailable(creatorId)),
                balance(connection, applied, asOf, Accounts.creatorReserved(creatorId)),
                money);
    }

    private static long balance(
            Connection connection, LedgerPosition applied, long asOf, Account account)
            throws SQLException {
        return Balances.of(connection, applied, asOf, account.code()).stream()
                .mapToLong(AccountTotals::balance)
                .sum();
    }
}

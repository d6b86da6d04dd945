package dev.confetti.ledger.journal;

import dev.confetti.ledger.posting.Account;
import dev.confetti.ledger.posting.Asset;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Totals of accounts as of any position: the balances that are kept, for the latest; else the sums
 * at the last closed block and the entries since.
 */
public final class Balances {
    private static final String LATEST =
            """
            select a.id, a.code, a.asset, s.scale, b.debit, b.credit
            from account a join asset s using (asset_id) join balance b on b.account_id = a.id
            """;
    private static final String AS_OF =
            """
            select * from (
            select a.id, a.code, a.asset, s.scale,
                coalesce(h.debit, 0) + coalesce(o.debit, 0) as debit,
                coalesce(h.credit, 0) + coalesce(o.credit, 0) as credit
            from account a join asset s using (asset_id)
            left join lateral (select debit, credit from balance_history
                where account_id = a.id and upto <= ? order by upto desc limit 1) h on true
            left join (
                select account_id, sum(debit)::bigint as debit, sum(credit)::bigint as credit from (
                    select d as account_id, a as debit, 0 as credit from leg
                        where entry_id > ? and entry_id <= ? and recorded_at >= ? and recorded_at < ?
                    union all
                    select c, 0, a from leg
                        where entry_id > ? and entry_id <= ? and recorded_at >= ? and recorded_at < ?) p
                group by account_id) o on o.account_id = a.id
            where h.debit is not null or o.debit is not null) a
            """;

    private Balances() {}

    /**
     * Totals of accounts, ordered by code and asset.
     *
     * @param applied where the ledger stands
     * @param asOf a position up to that
     * @param filter which accounts; those without a posting up to {@code asOf} are left out
     */
    public static List<AccountTotals> list(
            Connection connection, LedgerPosition applied, long asOf, AccountFilter filter)
            throws SQLException {
        Query query = Query.asOf(connection, applied, asOf);
        query.add(" where true");
        filter.addTo(query);
        query.add(" order by a.code, a.asset collate \"C\"");
        filter.addLimitTo(query);
        return query.run(connection);
    }

    /** Totals of the accounts of one code that have a posting by then, one per asset. */
    public static List<AccountTotals> of(
            Connection connection, LedgerPosition applied, long asOf, String code)
            throws SQLException {
        AccountAsOf accounts = new AccountAsOf(connection, applied, asOf);
        List<AccountTotals> totals = new ArrayList<>();
        for (var id : AccountNames.idsOf(connection, List.of(code)).entrySet()) {
            AccountAsOf.Totals sums = accounts.of(id.getValue());
            // Amounts are above 0, so without any sum there was no posting.
            if (sums.debits() > 0 || sums.credits() > 0) {
                totals.add(new AccountTotals(id.getKey(), sums.debits(), sums.credits()));
            }
        }
        totals.sort(Comparator.comparing(t -> t.account().asset().code()));
        return totals;
    }

    /**
     * Totals of all accounts, the persons of these groups added up into one account each, such as
     * {@code viewer:*:coin:paid}.
     *
     * @param groups of {@code viewer} and {@code creator}
     */
    public static List<AccountTotals> rolledUp(
            Connection connection, LedgerPosition applied, long asOf, List<String> groups)
            throws SQLException {
        if (groups.isEmpty()) {
            return list(connection, applied, asOf, AccountFilter.ALL);
        }
        String code =
                "regexp_replace(code, '^("
                        + String.join("|", groups)
                        + "):[^:]+:', '\\1:*:') collate \"C\"";
        Query query = new Query();
        query.add("select 0, r.code, r.asset, r.scale, sum(debit), sum(credit) from (select ");
        query.add(code + " as code, asset, scale, debit, credit from (");
        query.addTotals(connection, applied, asOf);
        query.add(
                ") t) r group by r.code, r.asset, r.scale order by r.code, r.asset collate \"C\"");
        return query.run(connection);
    }

    /** SQL with its parameters. */
    static final class Query {
        private final StringBuilder sql = new StringBuilder();
        private final List<Object> parameters = new ArrayList<>();

        static Query asOf(Connection connection, LedgerPosition applied, long asOf)
                throws SQLException {
            Query query = new Query();
            query.addTotals(connection, applied, asOf);
            return query;
        }

        private void addTotals(Connection connection, LedgerPosition applied, long asOf)
                throws SQLException {
            if (asOf == applied.position()) {
                add(LATEST);
                return;
            }
            long closed = Block.closedBefore(asOf);
            JournalMonths.Bounds months = JournalMonths.read(connection).bounds(closed, asOf);
            add(
                    AS_OF,
                    closed,
                    closed,
                    asOf,
                    months.from(),
                    months.before(),
                    closed,
                    asOf,
                    months.from(),
                    months.before());
        }

        void add(String text, Object... values) {
            sql.append(text);
            parameters.addAll(List.of(values));
        }

        private List<AccountTotals> run(Connection connection) throws SQLException {
            try (PreparedStatement statement = connection.prepareStatement(sql.toString())) {
                for (int i = 0; i < parameters.size(); i++) {
                    statement.setObject(i + 1, parameters.get(i));
                }
                List<AccountTotals> totals = new ArrayList<>();
                try (ResultSet row = statement.executeQuery()) {
                    while (row.next()) {
                        totals.add(
                                new AccountTotals(
                                        new Account(
                                                row.getString(2),
                                                new Asset(row.getString(3), row.getInt(4))),
                                        row.getLong(5),
                                        row.getLong(6)));
                    }
                }
                return totals;
            }
        }
    }
}

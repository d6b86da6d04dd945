package dev.confetti.ledger.rebuild;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How two ledgers of one database differ that stand at one position: the chain, which covers every
 * entry, then all balances, lots, payables, daily movements and the seals that the live one has.
 * Account ids may differ; they mean nothing outside of their ledger.
 *
 * @param compared how much was compared, for people
 * @param differences at most {@value #MOST} of each kind
 */
record LedgerComparison(String compared, List<String> differences) {
    static final int MOST = 20;

    private static final String BALANCES =
            """
            select coalesce(l.code, n.code) || ' ' || coalesce(l.asset, n.asset),
                'debits ' || l.debit || ' credits ' || l.credit, 'debits ' || n.debit || ' credits ' || n.credit
            from (select code, asset, debit, credit from LIVE.balance b join LIVE.account a on a.id = b.account_id) l
            full join (select code, asset, debit, credit from NEW.balance b join NEW.account a on a.id = b.account_id) n
                using (code, asset)
            where (l.debit, l.credit) is distinct from (n.debit, n.credit) order by 1 limit 21
            """;
    private static final String LOTS =
            """
            select 'lot ' || lot_id, l.what, n.what
            from (select lot_id, concat_ws(' ', position, recorded_at, viewer_id, a.code, coins, price, commission, used,
                    recognised, commission_recognised) as what from LIVE.lot join LIVE.asset a using (asset_id)) l
            full join (select lot_id, concat_ws(' ', position, recorded_at, viewer_id, a.code, coins, price, commission, used,
                    recognised, commission_recognised) as what from NEW.lot join NEW.asset a using (asset_id)) n
                using (lot_id)
            where l.what is distinct from n.what order by 1 limit 21
            """;
    private static final String PAYABLES =
            """
            select 'creator ' || creator_id || ' in ' || code, 'can be paid ' || l.amount, 'can be paid ' || n.amount
            from (select creator_id, code, amount from LIVE.creator_payable join LIVE.asset using (asset_id)) l
            full join (select creator_id, code, amount from NEW.creator_payable join NEW.asset using (asset_id)) n
                using (creator_id, code)
            where l.amount is distinct from n.amount order by 1 limit 21
            """;

    /** All reports by day and month come from these; verify recomputes the other tables. */
    private static final String MOVEMENTS =
            """
            select concat_ws(' ', day, type, debit, credit, code), l.what, n.what
            from (select day, type, debit, credit, code, amount || ' in ' || legs as what
                    from LIVE.daily_movement join LIVE.asset using (asset_id)) l
            full join (select day, type, debit, credit, code, amount || ' in ' || legs as what
                    from NEW.daily_movement join NEW.asset using (asset_id)) n
                using (day, type, debit, credit, code)
            where l.what is distinct from n.what order by 1 limit 21
            """;

    /** Months that were closed before ledgers had seals get theirs by being built anew. */
    private static final String SEALS =
            """
            select 'seal of ' || period, l.what, n.what
            from (select period, concat_ws(' ', position, through_position, entries, chain, balances, log_hash, sealed_at)
                    as what from LIVE.period_seal) l
            left join (select period, concat_ws(' ', position, through_position, entries, chain, balances, log_hash,
                    sealed_at) as what from NEW.period_seal) n using (period)
            where l.what is distinct from n.what order by 1 limit 21
            """;

    LedgerComparison {
        differences = List.copyOf(differences);
    }

    static LedgerComparison of(Connection connection, String live, String built)
            throws SQLException {
        Run run = new Run(connection, live, built);
        run.chain();
        for (String query : List.of(BALANCES, LOTS, PAYABLES, MOVEMENTS, SEALS)) {
            run.rows(query);
        }
        return new LedgerComparison(run.compared(), run.differences);
    }

    private record Run(Connection connection, String live, String built, List<String> differences) {
        Run(Connection connection, String live, String built) {
            this(connection, live, built, new ArrayList<>());
        }

        void chain() throws SQLException {
            try (PreparedStatement query =
                            connection.prepareStatement(
                                    in(
                                            """
                                            select l.position, n.position, l.entries, n.entries,
                                                encode(l.chain, 'hex'), encode(n.chain, 'hex')
                                            from LIVE.source_position l join NEW.source_position n using (source)
                                            """));
                    ResultSet row = query.executeQuery()) {
                row.next();
                difference("position", row.getString(1), row.getString(2));
                difference("entries", row.getString(3), row.getString(4));
                if (!row.getString(5).equals(row.getString(6))) {
                    difference("chain", row.getString(5), row.getString(6));
                    differences.add(
                            "the first entry that differs is at position "
                                    + firstDifference(row.getLong(1)));
                }
            }
        }

        /** By halves: where the hash is the same, so is all before it. */
        private long firstDifference(long position) throws SQLException {
            long same = 0;
            long different = position;
            while (different - same > 1) {
                long middle = same + (different - same) / 2;
                if (lastUpTo(live, middle).equals(lastUpTo(built, middle))) {
                    same = middle;
                } else {
                    different = middle;
                }
            }
            return different;
        }

        private String lastUpTo(String schema, long position) throws SQLException {
            try (PreparedStatement query =
                    connection.prepareStatement(
                            "select entry_id || ' ' || encode(hash, 'hex') from "
                                    + schema
                                    + ".journal_entry where entry_id <= ?"
                                    + " order by entry_id desc limit 1")) {
                query.setLong(1, position);
                try (ResultSet row = query.executeQuery()) {
                    return row.next() ? row.getString(1) : "none";
                }
            }
        }

        void rows(String sql) throws SQLException {
            try (PreparedStatement query = connection.prepareStatement(in(sql));
                    ResultSet row = query.executeQuery()) {
                int found = 0;
                while (row.next()) {
                    if (++found > MOST) {
                        differences.add("and more like these");
                    } else {
                        difference(row.getString(1), row.getString(2), row.getString(3));
                    }
                }
            }
        }

        private void difference(String what, @Nullable String inLive, @Nullable String inBuilt) {
            if (!Objects.equals(inLive, inBuilt)) {
                differences.add(what + ": " + text(inLive) + " and " + text(inBuilt));
            }
        }

        String compared() throws SQLException {
            try (PreparedStatement query =
                            connection.prepareStatement(
                                    in(
                                            """
                                            select (select count(*) from NEW.balance) || ' balances, '
                                                || (select count(*) from NEW.lot) || ' lots, '
                                                || (select count(*) from NEW.creator_payable) || ' payables, '
                                                || (select count(*) from LIVE.period_seal) || ' seals'
                                            """));
                    ResultSet row = query.executeQuery()) {
                row.next();
                return row.getString(1);
            }
        }

        private String in(String sql) {
            return sql.replace("LIVE.", live + ".").replace("NEW.", built + ".");
        }

        private static String text(@Nullable String what) {
            return what == null ? "nothing" : what;
        }
    }
}

package dev.confetti.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;

/**
 * What must hold of the books whatever went wrong, told by plain sums over the ledger's tables and
 * the gift service's: neither posting rules nor the ledger's own verifier have a part in it. Both
 * keep their tables in one database here.
 */
public final class ControlIdentities {
    /** What does not hold, by what must: each query lists where it does not. */
    private static final Map<String, String> IDENTITIES = new LinkedHashMap<>();

    /** Balances by account, credits less debits. */
    private static final String BOOKED =
            """
            with booked as (
                select a.code, a.asset, b.credit - b.debit as credits
                from ledger.balance b join ledger.account a on a.id = b.account_id)
            """;

    static {
        IDENTITIES.put(
                "debits are credits, in each asset",
                BOOKED + "select asset from booked group by asset having sum(credits) <> 0");
        IDENTITIES.put(
                "2010 is what of the price of lots is not recognised, 1060 likewise of commission",
                equal(
                        """
                        select code as what, asset, credits from booked
                            where code in ('2010:contract-liability', '1060:deferred-commission')
                        """,
                        """
                        select '2010:contract-liability', s.code, price - recognised
                            from ledger.lot join ledger.asset s using (asset_id)
                        union all select '1060:deferred-commission', s.code, commission_recognised - commission
                            from ledger.lot join ledger.asset s using (asset_id)
                        """));
        IDENTITIES.put(
                "2110, and 2120 less 1070, are what creators' diamonds are worth, each at its rate",
                equal(
                        """
                        select case code when '2110:creator-payable:pending' then 'pending' else 'available' end as what,
                            asset, credits
                        from booked where code in
                            ('2110:creator-payable:pending', '2120:creator-payable:available', '1070:creator-clawback')
                        """,
                        """
                        select 'pending', currency, micros from domain.pending_earnings
                        union all select 'available', currency, micros from domain.creator_worth
                        """));
        IDENTITIES.put(
                "creators' diamonds are what the service shows them",
                equal(
                        "select code as what, asset, credits from booked where code like 'creator:%'",
                        """
                        select 'creator:' || creator_id || ':diamond:pending', 'DIAMOND', pending from domain.creator_earnings
                        union all select 'creator:' || creator_id || ':diamond:available', 'DIAMOND', available
                            from domain.creator_earnings
                        union all select 'creator:' || creator_id || ':diamond:reserved', 'DIAMOND', reserved
                            from domain.creator_earnings
                        """));
        IDENTITIES.put(
                "2130, 2131 and 1030 are the payouts under way, in currencies of two places",
                equal(
                        """
                        select case code when '2130:payout:requested' then 'requested'
                            when '2131:payout:approved' then 'approved' else 'sent' end as what, asset, credits
                        from booked where code in
                            ('2130:payout:requested', '2131:payout:approved', '1030:payouts-in-transit')
                        """,
                        """
                        select status, currency,
                            10000 * (amount_minor - coalesce(withholding_minor, 0) - coalesce(fee_minor, 0))
                        from domain.payout where status in ('requested', 'approved', 'sent')
                        """));
        IDENTITIES.put(
                "nobody has less than nothing but in debt",
                BOOKED
                        + """
                        select code || ' ' || credits from booked where code like 'viewer:%'
                            and case when code like '%:debt' then -credits else credits end < 0
                        """);
        IDENTITIES.put(
                "each event of the log that moves something is in one entry, which is its own",
                """
                select coalesce(e.position, j.entry_id) || ' ' || coalesce(e.type, j.type)
                from domain.event_log e full join ledger.journal_entry j on j.entry_id = e.position
                where case when e.type ~ '(coins-|purchase-|coin-debt-|chargeback-|gift-|earnings-released|payout-(requested|approved|rejected|withdrawn|sent|settled|failed|returned)|breakage-|adjustment-approved)'
                    then j.event_id is distinct from e.event_id or j.type is distinct from e.type
                        or j.recorded_at is distinct from e.recorded_at
                    else j.entry_id is not null and (j.event_id <> e.event_id or e.type !~ '(provider-settled|earnings-revalued)')
                    end
                """);
    }

    /** Sums of both, by what and asset, that are not the same. */
    private static String equal(String booked, String explained) {
        return BOOKED
                + "select what || ' ' || asset || ': booked ' || sum(booked) || ', explained ' || sum(explained) from ("
                + "select what, asset, credits as booked, 0 as explained from ("
                + booked
                + ") b union all select what, asset, 0, amount from ("
                + explained
                + ") x (what, asset, amount)) both_sides group by what, asset"
                + " having sum(booked) <> sum(explained)";
    }

    private ControlIdentities() {}

    /** All hold as of the log's head, once ledger and earnings' book are there. */
    public static void hold(DataSource database) {
        Map<String, List<String>> broken = new LinkedHashMap<>();
        Stage.await(
                "ledger and earnings' book to be at the log's head",
                () -> {
                    broken.clear();
                    return look(database, broken);
                });
        assertThat(broken).isEmpty();
    }

    /** Whether all were at one position, in one state of the database. */
    private static boolean look(DataSource database, Map<String, List<String>> broken)
            throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("set transaction isolation level repeatable read read only");
            List<String> positions =
                    texts(
                            statement,
                            """
                            select position from domain.earnings_book
                            union select position from ledger.source_position
                            union select coalesce(max(position), 0) from domain.event_log
                            """);
            if (positions.size() > 1) {
                return false;
            }
            for (Map.Entry<String, String> identity : IDENTITIES.entrySet()) {
                List<String> differences = texts(statement, identity.getValue());
                if (!differences.isEmpty()) {
                    broken.put(identity.getKey(), differences);
                }
            }
            connection.rollback();
            return true;
        }
    }

    private static List<String> texts(Statement statement, String sql) throws SQLException {
        List<String> texts = new ArrayList<>();
        try (ResultSet row = statement.executeQuery(sql)) {
            while (row.next()) {
                texts.add(row.getString(1));
            }
        }
        return texts;
    }
}

package dev.confetti.ledger.finance;

import dev.confetti.events.EventType;
import dev.confetti.ledger.posting.Accounts;
import dev.confetti.ledger.posting.Asset;
import io.swagger.v3.oas.annotations.media.Schema;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What viewers have paid for and not spent, {@code 2010:contract-liability}, month by month: what
 * it was, by what it changed, what it then was, and what of it is left after estimates of breakage,
 * {@code 2019:contract-liability:breakage}. Made from the movements by day, so that it takes longer
 * with days, not with entries.
 */
final class DeferredRevenue {
    private static final String CHANGES =
            """
            select date_trunc('month', m.day)::date, m.type, s.code, l.account,
                sum(case when m.credit = l.account then m.amount else -m.amount end)::bigint
            from daily_movement m join asset s using (asset_id)
            join unnest(?) l (account) on l.account in (m.debit, m.credit)
            group by 1, 2, 3, 4 order by 1
            """;

    /** One currency in one month. */
    record MonthRow(
            @Schema(type = "string", example = "2026-01") String month,
            @Schema(example = "USD") String currency,
            @Schema(example = "0.000000", description = "balance of 2010 before the month")
                    String opening,
            @Schema(example = "30.000000", description = "price of coins that were sold")
                    String sold,
            @Schema(
                            example = "16.180952",
                            description = "spent by gifts less reversals, or paid debt in coins")
                    String recognised,
            @Schema(example = "0.000000", description = "of unspent coins of refunded purchases")
                    String refunded,
            @Schema(example = "0.000000", description = "of unspent coins of lost disputes")
                    String chargedBack,
            @Schema(
                            example = "0.000000",
                            description = "anything else, negative when it lowered it")
                    String other,
            @Schema(
                            example = "13.819048",
                            description =
                                    "opening + sold - recognised - refunded - chargedBack + other:"
                                            + " balance of 2010 after the month")
                    String closing,
            @Schema(
                            example = "0.500000",
                            description =
                                    "recognised in the month for coins that are expected never to"
                                            + " be spent, booked against 2019; negative where an"
                                            + " earlier estimate was too high")
                    String breakage,
            @Schema(
                            example = "13.319048",
                            description =
                                    "closing less all breakage so far: balance of 2010 and 2019"
                                            + " together after the month")
                    String net) {}

    record Answer(List<MonthRow> months, AsOf asOf) {}

    /** By how much a currency changed in a month, by cause; above 0 raises what is deferred. */
    private static final class Change {
        private long sold;
        private long recognised;
        private long refunded;
        private long chargedBack;
        private long other;
        private long breakage;

        void add(String account, EventType type, long amount) {
            if (account.equals(Accounts.BREAKAGE)) {
                breakage += amount;
                return;
            }
            switch (type) {
                case COINS_PURCHASED -> sold += amount;
                case GIFT_SENT, GIFT_REVERSED, COIN_DEBT_RECOVERED -> recognised += amount;
                case PURCHASE_REFUNDED -> refunded += amount;
                case CHARGEBACK_OPENED, CHARGEBACK_WON, CHARGEBACK_LOST -> chargedBack += amount;
                default -> other += amount;
            }
        }

        /** Of 2010 alone. */
        long sum() {
            return sold + recognised + refunded + chargedBack + other;
        }
    }

    private DeferredRevenue() {}

    /** The rows of some months, by month and currency; the last month is that of the last entry. */
    static List<MonthRow> months(
            Connection connection,
            YearMonth latest,
            @Nullable YearMonth from,
            @Nullable YearMonth to)
            throws SQLException {
        Map<String, Map<YearMonth, Change>> changes = changes(connection);
        YearMonth first =
                changes.values().stream()
                        .flatMap(months -> months.keySet().stream())
                        .min(YearMonth::compareTo)
                        .orElse(latest);
        Months months = Months.of(from, to, first, latest);
        List<MonthRow> rows = new ArrayList<>();
        Map<String, Long> balances = new HashMap<>();
        Map<String, Long> breakages = new HashMap<>();
        for (YearMonth month = first; !month.isAfter(months.to()); month = month.plusMonths(1)) {
            for (var currency : changes.entrySet()) {
                String code = currency.getKey();
                Change change = currency.getValue().getOrDefault(month, new Change());
                long opening = balances.getOrDefault(code, 0L);
                balances.put(code, Math.addExact(opening, change.sum()));
                long breakage = breakages.merge(code, change.breakage, Math::addExact);
                if (!month.isBefore(months.from())) {
                    rows.add(row(month, Asset.fiat(code), opening, change, breakage));
                }
            }
        }
        return rows;
    }

    /**
     * @param breakage balance of 2019 after the month
     */
    private static MonthRow row(
            YearMonth month, Asset currency, long opening, Change change, long breakage) {
        long closing = Math.addExact(opening, change.sum());
        return new MonthRow(
                month.toString(),
                currency.code(),
                currency.decimal(opening),
                currency.decimal(change.sold),
                currency.decimal(-change.recognised),
                currency.decimal(-change.refunded),
                currency.decimal(-change.chargedBack),
                currency.decimal(change.other),
                currency.decimal(closing),
                currency.decimal(-change.breakage),
                currency.decimal(Math.addExact(closing, breakage)));
    }

    private static Map<String, Map<YearMonth, Change>> changes(Connection connection)
            throws SQLException {
        Map<String, Map<YearMonth, Change>> changes = new TreeMap<>();
        try (PreparedStatement query = connection.prepareStatement(CHANGES)) {
            query.setArray(
                    1,
                    connection.createArrayOf(
                            "text",
                            List.of(Accounts.CONTRACT_LIABILITY, Accounts.BREAKAGE).toArray()));
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    changes.computeIfAbsent(row.getString(3), code -> new HashMap<>())
                            .computeIfAbsent(
                                    YearMonth.from(row.getObject(1, LocalDate.class)),
                                    month -> new Change())
                            .add(
                                    row.getString(4),
                                    EventType.named(row.getString(2)),
                                    row.getLong(5));
                }
            }
        }
        return changes;
    }
}

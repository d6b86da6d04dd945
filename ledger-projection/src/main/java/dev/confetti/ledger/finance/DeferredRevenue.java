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
 * it was, by what it changed, and what it then was. Made from the movements by day, so that it
 * takes longer with days, not with entries.
 */
final class DeferredRevenue {
    private static final String CHANGES =
            """
            select date_trunc('month', m.day)::date, m.type, s.code,
                sum(case when m.credit = ? then m.amount else -m.amount end)::bigint
            from daily_movement m join asset s using (asset_id)
            where m.debit = ? or m.credit = ? group by 1, 2, 3 order by 1
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
                            description =
                                    "by estimates of breakage; these stand in"
                                            + " 2019:contract-liability:breakage, so this is 0"
                                            + " unless a rule books them in 2010")
                    String breakage,
            @Schema(
                            example = "0.000000",
                            description = "anything else, negative when it lowered it")
                    String other,
            @Schema(
                            example = "13.819048",
                            description =
                                    "opening + sold - recognised - refunded - chargedBack -"
                                            + " breakage + other: balance of 2010 after the month")
                    String closing) {}

    record Answer(List<MonthRow> months, AsOf asOf) {}

    /** By how much a currency changed in a month, by cause; above 0 raises what is deferred. */
    private static final class Change {
        private long sold;
        private long recognised;
        private long refunded;
        private long chargedBack;
        private long breakage;
        private long other;

        void add(EventType type, long amount) {
            switch (type) {
                case COINS_PURCHASED -> sold += amount;
                case GIFT_SENT, GIFT_REVERSED, COIN_DEBT_RECOVERED -> recognised += amount;
                case PURCHASE_REFUNDED -> refunded += amount;
                case CHARGEBACK_OPENED, CHARGEBACK_WON, CHARGEBACK_LOST -> chargedBack += amount;
                case BREAKAGE_RECOGNISED -> breakage += amount;
                default -> other += amount;
            }
        }

        long sum() {
            return sold + recognised + refunded + chargedBack + breakage + other;
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
        for (YearMonth month = first; !month.isAfter(months.to()); month = month.plusMonths(1)) {
            for (var currency : changes.entrySet()) {
                String code = currency.getKey();
                Change change = currency.getValue().getOrDefault(month, new Change());
                long opening = balances.getOrDefault(code, 0L);
                balances.put(code, Math.addExact(opening, change.sum()));
                if (!month.isBefore(months.from())) {
                    rows.add(row(month, Asset.fiat(code), opening, change));
                }
            }
        }
        return rows;
    }

    private static MonthRow row(YearMonth month, Asset currency, long opening, Change change) {
        return new MonthRow(
                month.toString(),
                currency.code(),
                currency.decimal(opening),
                currency.decimal(change.sold),
                currency.decimal(-change.recognised),
                currency.decimal(-change.refunded),
                currency.decimal(-change.chargedBack),
                currency.decimal(-change.breakage),
                currency.decimal(change.other),
                currency.decimal(Math.addExact(opening, change.sum())));
    }

    private static Map<String, Map<YearMonth, Change>> changes(Connection connection)
            throws SQLException {
        Map<String, Map<YearMonth, Change>> changes = new TreeMap<>();
        try (PreparedStatement query = connection.prepareStatement(CHANGES)) {
            for (int i = 1; i <= 3; i++) {
                query.setString(i, Accounts.CONTRACT_LIABILITY);
            }
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    changes.computeIfAbsent(row.getString(3), code -> new HashMap<>())
                            .computeIfAbsent(
                                    YearMonth.from(row.getObject(1, LocalDate.class)),
                                    month -> new Change())
                            .add(EventType.named(row.getString(2)), row.getLong(4));
                }
            }
        }
        return changes;
    }
}

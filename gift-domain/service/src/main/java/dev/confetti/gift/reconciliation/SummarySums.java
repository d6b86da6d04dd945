package dev.confetti.gift.reconciliation;

import dev.confetti.gift.log.Rows;
import dev.confetti.gift.reconciliation.ProviderSummary.Odd;
import dev.confetti.gift.reconciliation.ProviderSummary.Owed;
import dev.confetti.gift.reconciliation.ProviderSummary.Settled;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** Summaries of providers in the making: each sum is read by itself. Not thread-safe. */
final class SummarySums {
    private final SortedMap<String, ProviderSummary> all = new TreeMap<>();

    void owed(ResultSet row, Instant now) throws SQLException {
        long grossMinor = row.getLong("gross");
        long feeMinor = row.getLong("fee");
        Instant oldest = Objects.requireNonNull(Rows.instant(row, "oldest"));
        Owed owed =
                new Owed(
                        row.getLong("n"),
                        grossMinor,
                        feeMinor,
                        Math.subtractExact(grossMinor, feeMinor),
                        Filters.ageDays(oldest, now));
        with(
                row,
                each ->
                        new ProviderSummary(
                                each.provider(),
                                each.currency(),
                                owed,
                                each.settled(),
                                each.odd()));
    }

    void settled(ResultSet row) throws SQLException {
        Settled settled =
                new Settled(
                        row.getLong("n"),
                        row.getLong("receivable"),
                        row.getLong("bank"),
                        row.getLong("commission"),
                        row.getLong("suspense"));
        with(
                row,
                each ->
                        new ProviderSummary(
                                each.provider(),
                                each.currency(),
                                each.owed(),
                                settled,
                                each.odd()));
    }

    void odd(ResultSet row) throws SQLException {
        Odd odd = new Odd(row.getLong("n"), row.getLong("suspense"));
        with(
                row,
                each ->
                        new ProviderSummary(
                                each.provider(),
                                each.currency(),
                                each.owed(),
                                each.settled(),
                                odd));
    }

    private void with(ResultSet row, UnaryOperator<ProviderSummary> change) throws SQLException {
        String provider = row.getString("provider");
        String currency = row.getString("currency");
        ProviderSummary before =
                all.getOrDefault(
                        provider + " " + currency,
                        new ProviderSummary(
                                provider,
                                currency,
                                new Owed(0, 0, 0, 0, 0),
                                new Settled(0, 0, 0, 0, 0),
                                new Odd(0, 0)));
        all.put(provider + " " + currency, change.apply(before));
    }

    List<ProviderSummary> summaries() {
        return List.copyOf(all.values());
    }
}

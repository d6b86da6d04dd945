package dev.confetti.simulation;

import dev.confetti.board.score.ScoreRules;
import dev.confetti.events.GiftEvent;
import dev.confetti.events.LogReader;
import dev.confetti.events.LogRecord;
import dev.confetti.gift.log.LogVerifier;
import dev.confetti.ledger.LedgerExpectation;
import dev.confetti.ledger.LedgerState;
import dev.confetti.ledger.journal.AccountTotals;
import dev.confetti.simulation.model.Economy;
import dev.confetti.simulation.model.Facts;
import dev.confetti.simulation.model.Name;
import dev.confetti.simulation.world.Names;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import javax.sql.DataSource;

/** At the end of a run: the log, the books and the rankings against the model. */
final class Reckoning {
    private static final Set<String> NAMED_AFTER_IDS =
            Set.of("live", "payout-batch", "bank-message", "settlement", "adjustment", "breakage");

    private static final String WORTHS =
            """
            select creator_id || ' available ' || currency, micros from domain.creator_worth
            where micros <> 0
            union all
            select creator_id || ' pending ' || currency, sum(micros)::bigint
            from domain.pending_earnings group by creator_id, currency having sum(micros) <> 0
            """;

    private final DataSource database;
    private final Economy economy;
    private final Names names;

    Reckoning(DataSource database, Economy economy, Names names) {
        this.database = database;
        this.economy = economy;
        this.names = names;
    }

    void settle() throws SQLException {
        LogVerifier.Report chain = new LogVerifier(database).verify();
        expect(
                "the log verifies",
                "no fault",
                chain.fault().map(Object::toString).orElse("no fault"));
        LogReader log = new LogReader(database);
        long head = log.head();
        expect("the log's head", (long) economy.log().size(), head);
        List<LogRecord> rows = head == 0 ? List.of() : log.read(0, Math.toIntExact(head));
        rows(rows);
        books(LedgerExpectation.fold(log, head));
        rankings(rows);
        lives();
        earnings();
    }

    private static void expect(String what, Object model, Object service) {
        if (!model.equals(service)) {
            throw new Difference(
                    "at the end, " + what + "\n  model:   " + model + "\n  service: " + service);
        }
    }

    /** Every accepted command once, none invented, in order. */
    private void rows(List<LogRecord> rows) {
        for (int i = 0; i < rows.size(); i++) {
            Facts model = economy.log().get(i);
            Facts service = row(rows.get(i), String.valueOf(model.values().get("stream")));
            if (!names.same(model, service)) {
                throw new Difference(
                        "at the end, the log's position "
                                + (i + 1)
                                + "\n  model:   "
                                + model
                                + "\n  service: "
                                + service);
            }
        }
    }

    private Facts row(LogRecord row, String modelStream) {
        String type = row.type().replaceFirst("^confetti\\.(.*)\\.v1$", "$1");
        Facts facts =
                EventFacts.of(row, type)
                        .with("position", row.position())
                        .with("sequence", row.sequence())
                        .with("occurredAt", row.occurredAt())
                        .with("recordedAt", row.recordedAt());
        // Such a stream has an id, which the model knows by another name.
        Object stream =
                NAMED_AFTER_IDS.contains(row.streamType())
                                && modelStream.startsWith(row.streamType() + " ")
                        ? modelStream
                        : row.streamType() + " " + row.streamId();
        return facts.with("stream", stream);
    }

    private void books(LedgerState books) {
        books.totals()
                .forEach(
                        (asset, total) ->
                                expect(
                                        "debits and credits in " + asset,
                                        total.debits(),
                                        total.credits()));
        SortedMap<String, Long> model = new TreeMap<>();
        for (String viewer : economy.viewers()) {
            economy.coinsOf(viewer)
                    .forEach(
                            (kind, coins) -> {
                                if (coins != 0) {
                                    model.put("viewer:" + viewer + ":coin:" + kind, coins);
                                }
                            });
        }
        expect(
                "the viewers' accounts",
                model,
                amounts(books, code -> code.startsWith("viewer:"), AccountTotals::balance));
        SortedMap<String, Long> modelDiamonds = new TreeMap<>();
        economy.diamonds()
                .forEach(
                        (creator, amounts) -> {
                            String account = "creator:" + creator + ":diamond:";
                            modelDiamonds.put(account + "pending", amounts.get(0));
                            modelDiamonds.put(account + "available", amounts.get(1));
                            modelDiamonds.put(account + "reserved", amounts.get(2));
                        });
        modelDiamonds.values().removeIf(amount -> amount == 0);
        expect(
                "the creators' accounts",
                modelDiamonds,
                amounts(books, code -> code.startsWith("creator:"), AccountTotals::balance));
        SortedMap<String, Long> owed = new TreeMap<>();
        economy.worths()
                .forEach(
                        (what, micros) ->
                                owed.merge(
                                        what.substring(what.indexOf(' ') + 1), micros, Long::sum));
        owed.values().removeIf(micros -> micros == 0);
        expect("what creators are owed", owed, owed(books));
        expect(
                "the accounts of money",
                economy.cash(),
                amounts(
                        books,
                        Economy::explainsCash,
                        totals -> totals.debits() - totals.credits()));
    }

    /** By state and currency; what was paid too much is taken off. */
    private static SortedMap<String, Long> owed(LedgerState books) {
        SortedMap<String, Long> owed = new TreeMap<>();
        books.accounts()
                .forEach(
                        (account, totals) -> {
                            String state =
                                    switch (account.code()) {
                                        case "2110:creator-payable:pending" -> "pending ";
                                        case "2120:creator-payable:available",
                                                "1070:creator-clawback" ->
                                                "available ";
                                        default -> "";
                                    };
                            if (!state.isEmpty()) {
                                owed.merge(
                                        state + account.asset().code(),
                                        totals.credits() - totals.debits(),
                                        Long::sum);
                            }
                        });
        owed.values().removeIf(micros -> micros == 0);
        return owed;
    }

    /** What accounts hold, without those that hold nothing. */
    private static SortedMap<String, Long> amounts(
            LedgerState books, Predicate<String> codes, ToLongFunction<AccountTotals> amount) {
        SortedMap<String, Long> amounts = new TreeMap<>();
        books.accounts()
                .forEach(
                        (account, totals) -> {
                            if (codes.test(account.code()) && amount.applyAsLong(totals) != 0) {
                                amounts.put(account.code(), amount.applyAsLong(totals));
                            }
                        });
        return amounts;
    }

    /** What creators are shown. */
    private void earnings() throws SQLException {
        SortedMap<String, List<Long>> shown = new TreeMap<>();
        try (Connection connection = database.getConnection();
                PreparedStatement query =
                        connection.prepareStatement(
                                "select creator_id, pending, available, reserved, redeemed"
                                        + " from domain.creator_earnings");
                ResultSet row = query.executeQuery()) {
            while (row.next()) {
                shown.put(
                        row.getString(1),
                        List.of(row.getLong(2), row.getLong(3), row.getLong(4), row.getLong(5)));
            }
        }
        SortedMap<String, List<Long>> model = new TreeMap<>(economy.diamonds());
        List<Long> nothing = List.of(0L, 0L, 0L, 0L);
        model.values().removeIf(nothing::equals);
        shown.values().removeIf(nothing::equals);
        expect("the creators' earnings", model, shown);
        SortedMap<String, Long> worths = new TreeMap<>();
        try (Connection connection = database.getConnection();
                PreparedStatement query = connection.prepareStatement(WORTHS);
                ResultSet row = query.executeQuery()) {
            while (row.next()) {
                worths.put(row.getString(1), row.getLong(2));
            }
        }
        expect("what creators' diamonds are worth", economy.worths(), worths);
        SortedMap<String, Long> series = new TreeMap<>();
        try (Connection connection = database.getConnection();
                PreparedStatement query =
                        connection.prepareStatement(
                                "select creator_id, sum(coins)::bigint from domain.earnings_series"
                                        + " group by creator_id");
                ResultSet row = query.executeQuery()) {
            while (row.next()) {
                series.put("creators " + row.getString(1), row.getLong(2));
            }
        }
        series.values().removeIf(coins -> coins == 0);
        SortedMap<String, Long> scores = new TreeMap<>();
        economy.scores()
                .forEach(
                        (score, coins) -> {
                            if (score.get(0).equals("creators")) {
                                scores.put("creators " + score.get(2), coins);
                            }
                        });
        expect("the creators' series", scores, series);
    }

    private void rankings(List<LogRecord> rows) {
        SortedMap<String, Long> sums = new TreeMap<>();
        for (LogRecord row : rows) {
            if (row.event() instanceof GiftEvent gift) {
                ScoreRules.changes(gift, row.occurredAt())
                        .forEach(
                                change ->
                                        sums.merge(
                                                change.owner().path() + " " + change.member(),
                                                change.coins(),
                                                Long::sum));
            }
        }
        sums.values().removeIf(coins -> coins == 0);
        SortedMap<String, Long> model = new TreeMap<>();
        economy.scores().forEach((score, coins) -> model.put(path(score), coins));
        expect("the rankings", model, sums);
    }

    /** A ranking and who stands in it. */
    private String path(List<Object> score) {
        String owner = text(score.get(1));
        return score.get(0) + (owner.isEmpty() ? "" : "/" + owner) + " " + text(score.get(2));
    }

    private String text(Object part) {
        return part instanceof Name name ? names.id(name).orElse(name.text()) : part.toString();
    }

    private void lives() throws SQLException {
        Map<String, String> service = new TreeMap<>();
        try (Connection connection = database.getConnection();
                PreparedStatement query =
                        connection.prepareStatement("select live_id, state from domain.live");
                ResultSet row = query.executeQuery()) {
            while (row.next()) {
                service.put(row.getString(1), row.getString(2));
            }
        }
        Map<String, String> model = new TreeMap<>();
        economy.livesByText().values().forEach(live -> model.put(text(live), economy.state(live)));
        expect("the list of lives", model, service);
    }
}

package dev.confetti.ledger.finance;

import dev.confetti.ledger.finance.Answers.AccountRow;
import dev.confetti.ledger.finance.Answers.Total;
import dev.confetti.ledger.finance.Answers.TrialBalance;
import dev.confetti.ledger.journal.AccountTotals;
import dev.confetti.ledger.journal.Balances;
import dev.confetti.ledger.journal.LedgerPosition;
import dev.confetti.ledger.journal.LedgerTransactions;
import dev.confetti.ledger.posting.Asset;
import dev.confetti.ledger.verify.LedgerVerifier;
import dev.confetti.ledger.verify.Verification;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Answers about the ledger as a whole. */
@RestController
@RequestMapping("/v1/ledger")
@Tag(name = "Ledger")
class ReportsApi {
    private static final Map<String, List<String>> ROLLED_UP_BY_EXPAND =
            Map.of(
                    "none", List.of("viewer", "creator"),
                    "viewers", List.of("creator"),
                    "creators", List.of("viewer"),
                    "all", List.of());

    private final LedgerTransactions ledger;
    private final LedgerVerifier verifier;

    ReportsApi(LedgerTransactions ledger) {
        this.ledger = ledger;
        this.verifier = new LedgerVerifier(ledger);
    }

    @GetMapping("/trial-balance")
    @Operation(summary = "All accounts as of any moment; debits and credits are equal per asset")
    @Parameter(
            in = ParameterIn.QUERY,
            name = "asOf",
            description = "an instant by recording, or position:N; the latest if missing")
    @Parameter(
            in = ParameterIn.QUERY,
            name = "expand",
            description =
                    "viewers, creators or all: each on a row of its own, not added up as viewer:*")
    @Parameter(in = ParameterIn.QUERY, name = "limit", description = "1 to 1000, default 1000")
    @Parameter(in = ParameterIn.QUERY, name = "cursor", description = "nextCursor of a page")
    TrialBalance trialBalance(@Parameter(hidden = true) HttpServletRequest request)
            throws SQLException {
        Parameters query = new Parameters(request, "asOf", "expand", "limit", "cursor");
        Moment moment = query.moment("asOf");
        String expand =
                query.choice("expand", List.of("none", "viewers", "creators", "all"), "none");
        int limit = query.text("limit") == null ? Parameters.MAX_LIMIT : query.limit();
        List<String> cursor = query.cursor(3);
        List<String> rolledUp = ROLLED_UP_BY_EXPAND.getOrDefault(expand, List.of());
        return ledger.read(
                connection -> {
                    LedgerPosition applied = LedgerPosition.read(connection);
                    AsOf asOf = AccountsApi.asOf(connection, applied, moment, cursor);
                    List<AccountTotals> all =
                            Balances.rolledUp(connection, applied, asOf.position(), rolledUp);
                    List<AccountRow> rest =
                            all.stream()
                                    .filter(t -> isAfter(t, cursor))
                                    .map(AccountRow::of)
                                    .toList();
                    List<AccountRow> rows = rest.stream().limit(limit).toList();
                    return new TrialBalance(
                            rows,
                            totals(all),
                            AccountsApi.nextCursor(rest.size(), rows, asOf),
                            asOf);
                });
    }

    private static boolean isAfter(AccountTotals totals, List<String> cursor) {
        if (cursor.isEmpty()) {
            return true;
        }
        int order = totals.account().code().compareTo(cursor.get(1));
        return order > 0
                || (order == 0 && totals.account().asset().code().compareTo(cursor.get(2)) > 0);
    }

    private static List<Total> totals(List<AccountTotals> accounts) {
        Map<String, Asset> assets = new TreeMap<>();
        Map<String, long[]> sums = new TreeMap<>();
        for (AccountTotals account : accounts) {
            Asset asset = account.account().asset();
            assets.put(asset.code(), asset);
            long[] sum = sums.computeIfAbsent(asset.code(), code -> new long[2]);
            sum[0] = Math.addExact(sum[0], account.debits());
            sum[1] = Math.addExact(sum[1], account.credits());
        }
        List<Total> totals = new ArrayList<>();
        assets.forEach(
                (code, asset) -> {
                    long[] sum = sums.getOrDefault(code, new long[2]);
                    totals.add(new Total(code, asset.decimal(sum[0]), asset.decimal(sum[1])));
                });
        return totals;
    }

    @GetMapping("/verify")
    @Operation(
            summary =
                    "Recomputes chain, balances, history and lots from the entries and names the"
                            + " first fault; one at a time")
    Verification verify(@Parameter(hidden = true) HttpServletRequest request) throws SQLException {
        Parameters.none(request);
        synchronized (verifier) {
            return verifier.verify();
        }
    }

    @GetMapping("/export")
    @Operation(summary = "The journal as CSV or as an hledger journal, streamed")
    @Parameter(in = ParameterIn.QUERY, name = "from", description = "instant or position, within")
    @Parameter(
            in = ParameterIn.QUERY,
            name = "to",
            description = "instant, no longer within, or position, still within")
    @Parameter(in = ParameterIn.QUERY, name = "format", description = "csv (default) or hledger")
    void export(
            @Parameter(hidden = true) HttpServletRequest request,
            @Parameter(hidden = true) HttpServletResponse response)
            throws SQLException, IOException {
        Parameters query = new Parameters(request, "from", "to", "format");
        Moment from = query.moment("from");
        Moment to = query.moment("to");
        String format = query.choice("format", List.of("csv", "hledger"), "csv");
        Range range =
                ledger.read(
                        connection ->
                                Range.of(connection, LedgerPosition.read(connection), from, to));
        boolean csv = format.equals("csv");
        response.setContentType(csv ? "text/csv;charset=UTF-8" : "text/plain;charset=UTF-8");
        response.setHeader(
                "Content-Disposition",
                "attachment; filename=\"ledger." + (csv ? "csv" : "journal") + "\"");
        Export.stream(
                ledger,
                range,
                csv ? new CsvFormat() : new HledgerFormat(),
                response.getOutputStream());
    }
}

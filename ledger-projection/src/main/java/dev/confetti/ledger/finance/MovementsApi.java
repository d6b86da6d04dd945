package dev.confetti.ledger.finance;

import dev.confetti.ledger.journal.DailyMovement;
import dev.confetti.ledger.journal.DailyMovements;
import dev.confetti.ledger.journal.LedgerPosition;
import dev.confetti.ledger.journal.LedgerTransactions;
import dev.confetti.ledger.journal.StoredEntries;
import dev.confetti.ledger.journal.StoredEntry;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What moved by day, and what is made from it. */
@RestController
@RequestMapping("/v1/ledger")
@Tag(name = "Ledger")
class MovementsApi {
    private static final String AFTER =
            " and (m.day, m.type, m.debit, m.credit, s.code) > (?, ?, ?, ?, ?)";
    private static final String ORDER =
            " order by m.day, m.type, m.debit, m.credit, s.code collate \"C\" limit ?";

    private final LedgerTransactions ledger;

    MovementsApi(LedgerTransactions ledger) {
        this.ledger = ledger;
    }

    /** What entries of one type moved on one day from one account to another. */
    record MovementRow(
            @Schema(type = "string", example = "2026-01-31") String day,
            @Schema(example = "confetti.gift-sent.v1") String type,
            @Schema(example = "2010:contract-liability") String debit,
            @Schema(example = "4010:gift-revenue") String credit,
            @Schema(example = "USD") String asset,
            @Schema(example = "16.180952") String amount,
            @Schema(example = "3", description = "how many times something was moved") long count) {
        static MovementRow of(DailyMovement movement) {
            DailyMovement.Key key = movement.key();
            return new MovementRow(
                    key.day().toString(),
                    key.type(),
                    key.debit(),
                    key.credit(),
                    key.asset().code(),
                    key.asset().decimal(movement.amount()),
                    movement.legs());
        }
    }

    record MovementList(List<MovementRow> movements, @Nullable String nextCursor) {}

    @GetMapping("/movements")
    @Operation(
            summary = "What moved between accounts, by day in UTC and type of event",
            description =
                    "Viewers and creators are added up as viewer:*:coin:paid and so on. An entry"
                            + " that moves an amount by several ways counts once for each.")
    @Parameter(
            in = ParameterIn.QUERY,
            name = "from",
            description = "first day, such as 2026-01-01; that of the first entry if missing")
    @Parameter(in = ParameterIn.QUERY, name = "to", description = "last day, within")
    @Parameter(
            in = ParameterIn.QUERY,
            name = "account",
            description =
                    "code on either side, such as 2010:contract-liability or viewer:*:coin:paid")
    @Parameter(in = ParameterIn.QUERY, name = "asset", description = "COIN, DIAMOND or a currency")
    @Parameter(in = ParameterIn.QUERY, name = "limit", description = "1 to 1000, default 100")
    @Parameter(in = ParameterIn.QUERY, name = "cursor", description = "nextCursor of a page")
    MovementList movements(@Parameter(hidden = true) HttpServletRequest request)
            throws SQLException {
        Parameters query =
                new Parameters(request, "from", "to", "account", "asset", "limit", "cursor");
        LocalDate from = query.day("from");
        LocalDate to = query.day("to");
        if (from != null && to != null && from.isAfter(to)) {
            throw Refusal.malformed("from " + from + ", to " + to + ": expected from not after to");
        }
        String account = query.text("account");
        String asset = query.asset("asset");
        int limit = query.limit();
        List<String> cursor = query.cursor(5);
        StringBuilder where = new StringBuilder("where true");
        List<Object> values = new ArrayList<>();
        add(where, values, " and m.day >= ?", from);
        add(where, values, " and m.day <= ?", to);
        if (account != null) {
            where.append(" and (m.debit = ? or m.credit = ?)");
            values.addAll(List.of(account, account));
        }
        add(where, values, " and s.code = ?", asset);
        if (!cursor.isEmpty()) {
            where.append(AFTER);
            values.add(day(cursor.getFirst()));
            values.addAll(cursor.subList(1, cursor.size()));
        }
        values.add(limit + 1);
        return ledger.read(
                connection -> {
                    List<DailyMovement> found =
                            DailyMovements.read(
                                    connection,
                                    where + ORDER,
                                    statement -> {
                                        for (int i = 0; i < values.size(); i++) {
                                            statement.setObject(i + 1, values.get(i));
                                        }
                                    });
                    return page(found, limit);
                });
    }

    private static void add(
            StringBuilder where, List<Object> values, String condition, @Nullable Object value) {
        if (value != null) {
            where.append(condition);
            values.add(value);
        }
    }

    private static LocalDate day(String ofCursor) {
        try {
            return LocalDate.parse(ofCursor);
        } catch (DateTimeException e) {
            throw Refusal.malformed(
                    "cursor: expected one that a list gave as nextCursor, found " + ofCursor);
        }
    }

    private static MovementList page(List<DailyMovement> found, int limit) {
        List<MovementRow> rows = found.stream().limit(limit).map(MovementRow::of).toList();
        MovementRow last = rows.isEmpty() ? null : rows.getLast();
        return new MovementList(
                rows,
                found.size() <= limit || last == null
                        ? null
                        : Parameters.cursorOf(
                                last.day(),
                                last.type(),
                                last.debit(),
                                last.credit(),
                                last.asset()));
    }

    @GetMapping("/deferred-revenue")
    @Operation(
            summary = "What viewers paid for and have not spent, month by month and currency",
            description =
                    "A roll-forward of 2010:contract-liability; months are in UTC by recording, the"
                            + " last one as far as it has come.")
    @Parameter(
            in = ParameterIn.QUERY,
            name = "from",
            description = "first month, YYYY-MM; that of the first sale if missing")
    @Parameter(
            in = ParameterIn.QUERY,
            name = "to",
            description = "last month, within; that of the last entry if missing or later")
    DeferredRevenue.Answer deferredRevenue(@Parameter(hidden = true) HttpServletRequest request)
            throws SQLException {
        Parameters query = new Parameters(request, "from", "to");
        YearMonth from = query.month("from");
        YearMonth to = query.month("to");
        return ledger.read(
                connection -> {
                    LedgerPosition applied = LedgerPosition.read(connection);
                    return new DeferredRevenue.Answer(
                            DeferredRevenue.months(connection, latestMonth(connection), from, to),
                            new AsOf(applied.position(), applied.position()));
                });
    }

    /** The month of the last entry; that of now when there is none is of no use to anybody. */
    static YearMonth latestMonth(Connection connection) throws SQLException {
        List<StoredEntry> last =
                StoredEntries.read(connection, "order by e.entry_id desc limit 1", statement -> {});
        return last.isEmpty()
                ? YearMonth.of(1970, 1)
                : YearMonth.from(last.getFirst().recordedAt().atOffset(ZoneOffset.UTC));
    }
}

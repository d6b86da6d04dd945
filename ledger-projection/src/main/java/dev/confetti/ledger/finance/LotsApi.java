package dev.confetti.ledger.finance;

import dev.confetti.ledger.finance.LotAnswers.LotDetail;
import dev.confetti.ledger.finance.LotAnswers.LotList;
import dev.confetti.ledger.finance.LotAnswers.LotRow;
import dev.confetti.ledger.finance.LotAnswers.UseRow;
import dev.confetti.ledger.journal.AccountNames;
import dev.confetti.ledger.journal.LedgerPosition;
import dev.confetti.ledger.journal.LedgerTransactions;
import dev.confetti.ledger.journal.StoredEntries;
import dev.confetti.ledger.journal.StoredEntry;
import dev.confetti.ledger.journal.StoredLots;
import dev.confetti.ledger.posting.Lot;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Coins by the purchase that they come from. */
@RestController
@RequestMapping("/v1/ledger/lots")
@Tag(name = "Ledger")
class LotsApi {
    private static final int MOST_EXAMINED = 20_000;
    private static final int STEP = 2_000;

    private final LedgerTransactions ledger;

    LotsApi(LedgerTransactions ledger) {
        this.ledger = ledger;
    }

    @GetMapping
    @Operation(
            summary = "Lots of coins, and how much of each is spent by now",
            description =
                    "In the order of their purchases. A request looks at a bounded number of lots:"
                            + " where filters are wide a page may have fewer than limit and yet a"
                            + " nextCursor.")
    @Parameter(in = ParameterIn.QUERY, name = "viewer", description = "id of their owner")
    @Parameter(
            in = ParameterIn.QUERY,
            name = "currency",
            description = "ISO 4217 code in which they were paid")
    @Parameter(
            in = ParameterIn.QUERY,
            name = "state",
            description = "open: some coins are left; spent: none are")
    @Parameter(
            in = ParameterIn.QUERY,
            name = "from",
            description = "instant or position of the purchase, within")
    @Parameter(
            in = ParameterIn.QUERY,
            name = "to",
            description = "instant, no longer within, or position, still within")
    @Parameter(in = ParameterIn.QUERY, name = "limit", description = "1 to 1000, default 100")
    @Parameter(in = ParameterIn.QUERY, name = "cursor", description = "nextCursor of a page")
    LotList lots(@Parameter(hidden = true) HttpServletRequest request) throws SQLException {
        Parameters query =
                new Parameters(
                        request, "viewer", "currency", "state", "from", "to", "limit", "cursor");
        String viewer = query.id("viewer");
        String state = query.choice("state", List.of("open", "spent"), "");
        StoredLots.Filter filter =
                new StoredLots.Filter(
                        viewer,
                        query.currency("currency"),
                        state.isEmpty() ? null : state.equals("open"));
        Moment from = query.moment("from");
        Moment to = query.moment("to");
        int limit = query.limit();
        Long cursor = query.numberCursor();
        return ledger.read(
                connection -> {
                    if (viewer != null) {
                        requireViewer(connection, viewer);
                    }
                    Range range = Range.of(connection, LedgerPosition.read(connection), from, to);
                    long after = cursor == null ? range.after() : Math.max(range.after(), cursor);
                    return page(connection, new Range(after, range.through()), filter, limit);
                });
    }

    private static void requireViewer(Connection connection, String viewer) throws SQLException {
        if (AccountNames.idsOfPerson(connection, "viewer", viewer).isEmpty()) {
            throw Refusal.notFound(
                    "viewer \"" + viewer + "\": expected a person with an account in the ledger");
        }
    }

    private static LotList page(
            Connection connection, Range range, StoredLots.Filter filter, int limit)
            throws SQLException {
        List<Lot> found = new ArrayList<>();
        Long last = range.after();
        for (int examined = 0; last != null && examined < MOST_EXAMINED; examined += STEP) {
            StoredLots.Page page = StoredLots.page(connection, last, range.through(), filter, STEP);
            found.addAll(page.lots());
            last = page.last();
            if (found.size() > limit) {
                last = found.get(limit - 1).position();
                break;
            }
        }
        return new LotList(
                rows(connection, found.subList(0, Math.min(limit, found.size()))),
                last == null ? null : Parameters.cursorOf(Long.toString(last)));
    }

    /** Lots with what only the entry of their purchase says. */
    private static List<LotRow> rows(Connection connection, List<Lot> lots) throws SQLException {
        long[] positions = lots.stream().mapToLong(Lot::position).toArray();
        Map<Long, StoredEntry> purchases = new HashMap<>();
        if (positions.length > 0) {
            StoredEntries.read(
                            connection,
                            "where e.entry_id = any (?)",
                            query -> query.setObject(1, positions))
                    .forEach(entry -> purchases.put(entry.position(), entry));
        }
        List<LotRow> rows = new ArrayList<>();
        for (Lot lot : lots) {
            StoredEntry purchase = purchases.get(lot.position());
            if (purchase == null) {
                throw new SQLException(
                        "lot " + lot.lotId() + ": expected the entry that made it, found none");
            }
            rows.add(LotRow.of(lot, purchase));
        }
        return rows;
    }

    @GetMapping("/{lotId}")
    @Operation(
            summary = "One lot, and what became of its coins",
            description =
                    "Uses are those of its viewer's entries that took from the lot or gave back to"
                            + " it. A page may have fewer than limit, since a bounded number of"
                            + " entries is looked at, and yet a nextCursor.")
    @Parameter(in = ParameterIn.PATH, name = "lotId", description = "the lot's id, a UUID")
    @Parameter(
            in = ParameterIn.QUERY,
            name = "limit",
            description = "of uses, 1 to 1000, default 100")
    @Parameter(in = ParameterIn.QUERY, name = "cursor", description = "nextCursor of a page")
    LotDetail lot(@PathVariable String lotId, @Parameter(hidden = true) HttpServletRequest request)
            throws SQLException {
        Parameters query = new Parameters(request, "limit", "cursor");
        UUID id = Parameters.uuid("lot", lotId);
        int limit = query.limit();
        Long cursor = query.numberCursor();
        return ledger.read(
                connection -> {
                    Lot lot =
                            StoredLots.find(connection, id)
                                    .orElseThrow(
                                            () ->
                                                    Refusal.notFound(
                                                            "lot "
                                                                    + id
                                                                    + ": expected one of the"
                                                                    + " ledger"));
                    return detail(connection, lot, limit, cursor);
                });
    }

    private static LotDetail detail(
            Connection connection, Lot lot, int limit, @Nullable Long cursor) throws SQLException {
        LedgerPosition applied = LedgerPosition.read(connection);
        EntryPage page =
                new EntryQuery(
                                new Range(lot.position(), applied.position()),
                                EntryFilters.ofViewer(lot.viewerId()),
                                false,
                                limit)
                        .where(
                                entry ->
                                        entry.lotUses().stream()
                                                .anyMatch(
                                                        use -> use.lotPosition() == lot.position()))
                        .following(cursor)
                        .find(connection, applied);
        List<UseRow> uses =
                page.entries().stream().flatMap(entry -> UseRow.of(entry, lot).stream()).toList();
        return LotDetail.of(rows(connection, List.of(lot)).getFirst(), uses, page.nextCursor());
    }
}

package dev.confetti.ledger.finance;

import dev.confetti.ledger.finance.Answers.EntryList;
import dev.confetti.ledger.finance.Answers.EntryRow;
import dev.confetti.ledger.journal.LedgerPosition;
import dev.confetti.ledger.journal.LedgerTransactions;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.sql.SQLException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Entries of the journal. */
@RestController
@RequestMapping("/v1/ledger/entries")
@Tag(name = "Ledger")
class EntriesApi {
    private final LedgerTransactions ledger;

    EntriesApi(LedgerTransactions ledger) {
        this.ledger = ledger;
    }

    @GetMapping
    @Operation(
            summary = "Entries in order; all filters that are given must hold",
            description =
                    "Filters combine freely, and each is about the entry as a whole: with account"
                            + " and asset it posts to that account, and something in that asset."
                            + " An account, viewer, creator or live of which the ledger has nothing"
                            + " is not-found; a list is empty only when no entry is as asked. A"
                            + " request looks at a bounded number of entries, so where filters are"
                            + " wide (an amount alone) a page may have fewer entries than limit, or"
                            + " none, and yet a nextCursor: only without one is the list at its"
                            + " end.")
    @Parameter(in = ParameterIn.QUERY, name = "from", description = "instant or position, within")
    @Parameter(
            in = ParameterIn.QUERY,
            name = "to",
            description = "instant, no longer within, or position, still within")
    @Parameter(
            in = ParameterIn.QUERY,
            name = "type",
            description = "the event's, such as confetti.gift-sent.v1 or gift-sent")
    @Parameter(
            in = ParameterIn.QUERY,
            name = "reference",
            description = "id of the gift, purchase or grant, or of the event")
    @Parameter(in = ParameterIn.QUERY, name = "account", description = "an account's code")
    @Parameter(
            in = ParameterIn.QUERY,
            name = "viewer",
            description = "id of a viewer to any of whose accounts it posts")
    @Parameter(
            in = ParameterIn.QUERY,
            name = "creator",
            description = "id of a creator to any of whose accounts it posts")
    @Parameter(
            in = ParameterIn.QUERY,
            name = "live",
            description = "id of the live whose gift it books or takes back")
    @Parameter(
            in = ParameterIn.QUERY,
            name = "amount",
            description =
                    "decimal, of one of its postings; in asset if that is given, else in any asset"
                            + " that has as many places")
    @Parameter(
            in = ParameterIn.QUERY,
            name = "asset",
            description = "COIN, DIAMOND or a currency that it posts in")
    @Parameter(in = ParameterIn.QUERY, name = "order", description = "asc (default) or desc")
    @Parameter(in = ParameterIn.QUERY, name = "limit", description = "1 to 1000, default 100")
    @Parameter(in = ParameterIn.QUERY, name = "cursor", description = "nextCursor of a page")
    EntryList entries(@Parameter(hidden = true) HttpServletRequest request) throws SQLException {
        Parameters query =
                new Parameters(
                        request,
                        "from",
                        "to",
                        "type",
                        "reference",
                        "account",
                        "viewer",
                        "creator",
                        "live",
                        "amount",
                        "asset",
                        "order",
                        "limit",
                        "cursor");
        Moment from = query.moment("from");
        Moment to = query.moment("to");
        EntryFilters filters = EntryFilters.of(query);
        boolean newestFirst = query.newestFirst();
        int limit = query.limit();
        Long cursor = query.numberCursor();
        return ledger.read(
                connection -> {
                    LedgerPosition applied = LedgerPosition.read(connection);
                    EntryPage page =
                            new EntryQuery(
                                            Range.of(connection, applied, from, to),
                                            filters,
                                            newestFirst,
                                            limit)
                                    .following(cursor)
                                    .find(connection, applied);
                    return new EntryList(
                            page.entries().stream().map(EntryRow::of).toList(), page.nextCursor());
                });
    }

    @GetMapping("/{id}")
    @Operation(summary = "One entry; its id is the position of its event")
    @Parameter(in = ParameterIn.PATH, name = "id", description = "the entry's id, from 1")
    EntryRow entry(@PathVariable String id, @Parameter(hidden = true) HttpServletRequest request)
            throws SQLException {
        Parameters.none(request);
        long position = position(id);
        return ledger.read(
                connection -> {
                    LedgerPosition applied = LedgerPosition.read(connection);
                    Range.applied(position, applied);
                    return new EntryQuery(
                                    new Range(position - 1, position), EntryFilters.NONE, false, 1)
                            .find(connection, applied).entries().stream()
                                    .findFirst()
                                    .map(EntryRow::of)
                                    .orElseThrow(
                                            () ->
                                                    Refusal.notFound(
                                                            "entry "
                                                                    + position
                                                                    + ": expected a position whose"
                                                                    + " event posts something"));
                });
    }

    private static long position(String id) {
        try {
            long position = Long.parseLong(id);
            if (position > 0) {
                return position;
            }
        } catch (NumberFormatException e) {
            throw malformed(id);
        }
        throw malformed(id);
    }

    private static Refusal malformed(String id) {
        return Refusal.malformed("entry id \"" + id + "\": expected a number from 1");
    }
}

package dev.confetti.ledger.finance;

import dev.confetti.ledger.finance.Answers.EntryList;
import dev.confetti.ledger.finance.Answers.EntryRow;
import dev.confetti.ledger.journal.JournalEntry;
import dev.confetti.ledger.journal.LedgerPosition;
import dev.confetti.ledger.journal.LedgerTransactions;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
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
    @Operation(summary = "Entries in order; all filters that are given must hold")
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
                        "order",
                        "limit",
                        "cursor");
        Moment from = query.moment("from");
        Moment to = query.moment("to");
        String type = query.eventType();
        UUID reference = query.reference();
        String account = query.text("account");
        boolean newestFirst = query.newestFirst();
        int limit = query.limit();
        Long cursor = query.numberCursor();
        return ledger.read(
                connection -> {
                    LedgerPosition applied = LedgerPosition.read(connection);
                    List<JournalEntry> found =
                            new EntryQuery(
                                            Range.of(connection, applied, from, to),
                                            type,
                                            reference,
                                            account,
                                            newestFirst,
                                            limit + 1)
                                    .following(cursor)
                                    .find(connection, applied);
                    List<EntryRow> rows = found.stream().limit(limit).map(EntryRow::of).toList();
                    return new EntryList(
                            rows,
                            found.size() <= limit
                                    ? null
                                    : Parameters.cursorOf(
                                            Long.toString(rows.getLast().position())));
                });
    }

    @GetMapping("/{id}")
    @Operation(summary = "One entry; its id is the position of its event")
    EntryRow entry(@PathVariable String id, @Parameter(hidden = true) HttpServletRequest request)
            throws SQLException {
        Parameters.none(request);
        long position = position(id);
        return ledger.read(
                connection -> {
                    LedgerPosition applied = LedgerPosition.read(connection);
                    Range.applied(position, applied);
                    return new EntryQuery(
                                    new Range(position - 1, position), null, null, null, false, 1)
                            .find(connection, applied).stream()
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

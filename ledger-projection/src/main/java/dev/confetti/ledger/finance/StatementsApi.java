package dev.confetti.ledger.finance;

import dev.confetti.events.EventType;
import dev.confetti.ledger.finance.StatementAnswers.LineRow;
import dev.confetti.ledger.finance.StatementAnswers.StatementAnswer;
import dev.confetti.ledger.journal.AccountNames;
import dev.confetti.ledger.journal.JournalEntry;
import dev.confetti.ledger.journal.LedgerPosition;
import dev.confetti.ledger.journal.LedgerTransactions;
import dev.confetti.ledger.journal.StoredEntry;
import dev.confetti.ledger.posting.Accounts;
import dev.confetti.ledger.posting.Posting;
import dev.confetti.ledger.posting.Side;
import dev.confetti.ledger.statement.Statement;
import dev.confetti.ledger.statement.StatementLine;
import dev.confetti.ledger.statement.StatementPdf;
import dev.confetti.ledger.statement.Statements;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What creators earned and were paid, month by month. */
@RestController
@RequestMapping("/v1/ledger/statements/creators")
@Tag(name = "Ledger")
class StatementsApi {
    /** Lines of a document: some twenty pages. */
    private static final int MOST_PRINTED = 1_000;

    private final LedgerTransactions ledger;
    private final InstantSource clock = InstantSource.system();

    StatementsApi(LedgerTransactions ledger) {
        this.ledger = ledger;
    }

    /** What a request asks for, with the positions that its month has. */
    private record Question(
            String creatorId, YearMonth month, boolean complete, Range range, AsOf asOf) {}

    @GetMapping("/{id}")
    @Operation(
            summary = "What a creator had, earned and was paid in a month",
            description =
                    "For that creator, and for finance. Months are in UTC by recording; one that is"
                            + " not over is state running, one that has not begun is refused"
                            + " (month-not-begun). As JSON all entries of the creator are in lines,"
                            + " page by page; later pages have nothing but lines. As PDF gifts are"
                            + " added up by day, and the same month gives the same bytes. A payout"
                            + " is in the statement of each month in which something became of it.")
    @ApiResponse(
            responseCode = "200",
            content = @Content(schema = @Schema(implementation = StatementAnswer.class)))
    @Parameter(in = ParameterIn.PATH, name = "id", description = "the creator's id")
    @Parameter(
            in = ParameterIn.QUERY,
            name = "month",
            required = true,
            description = "YYYY-MM, in UTC")
    @Parameter(in = ParameterIn.QUERY, name = "format", description = "json (default) or pdf")
    @Parameter(
            in = ParameterIn.QUERY,
            name = "limit",
            description = "of lines, 1 to 1000, default 100; not with pdf")
    @Parameter(
            in = ParameterIn.QUERY,
            name = "cursor",
            description = "nextCursor of a page; not with pdf")
    ResponseEntity<?> statement(
            @PathVariable String id, @Parameter(hidden = true) HttpServletRequest request)
            throws SQLException {
        Parameters query = new Parameters(request, "month", "format", "limit", "cursor");
        String creatorId = Parameters.id("creator", id);
        YearMonth month = query.month("month");
        if (month == null) {
            throw Refusal.malformed("month: expected one such as 2026-01, found none");
        }
        Instant now = clock.instant();
        if (start(month).isAfter(now)) {
            throw Refusal.monthNotBegun(month);
        }
        boolean complete = !start(month.plusMonths(1)).isAfter(now);
        if (query.choice("format", List.of("json", "pdf"), "json").equals("pdf")) {
            if (query.text("limit") != null || query.text("cursor") != null) {
                throw Refusal.malformed("limit and cursor: expected neither with format pdf");
            }
            return pdf(creatorId, month, complete);
        }
        int limit = query.limit();
        Long cursor = query.numberCursor();
        return ResponseEntity.ok(
                ledger.read(
                        connection ->
                                json(
                                        connection,
                                        question(connection, creatorId, month, complete),
                                        limit,
                                        cursor)));
    }

    private static Instant start(YearMonth month) {
        return month.atDay(1).atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    private static Question question(
            Connection connection, String creatorId, YearMonth month, boolean complete)
            throws SQLException {
        if (AccountNames.idsOfPerson(connection, "creator", creatorId).isEmpty()) {
            throw Refusal.notFound(
                    "creator \""
                            + creatorId
                            + "\": expected a person with an account in the ledger");
        }
        LedgerPosition applied = LedgerPosition.read(connection);
        Range range =
                Range.of(
                        connection,
                        applied,
                        new Moment.Time(start(month)),
                        new Moment.Time(start(month.plusMonths(1))));
        return new Question(
                creatorId, month, complete, range, new AsOf(range.through(), applied.position()));
    }

    private static StatementAnswer json(
            Connection connection, Question question, int limit, @Nullable Long cursor)
            throws SQLException {
        EntryPage page = entries(connection, question, entry -> true, limit, cursor);
        List<LineRow> lines =
                page.entries().stream()
                        .map(entry -> LineRow.of(line(entry, question.creatorId())))
                        .toList();
        if (cursor != null) {
            return new StatementAnswer(
                    question.creatorId(),
                    question.month().toString(),
                    StatementAnswer.state(question.complete()),
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    lines,
                    page.nextCursor(),
                    question.asOf());
        }
        return StatementAnswer.of(
                read(connection, question), lines, page.nextCursor(), question.asOf());
    }

    private static Statement read(Connection connection, Question question) throws SQLException {
        return Statements.read(
                connection,
                LedgerPosition.read(connection),
                question.creatorId(),
                question.month(),
                question.complete(),
                question.range().after(),
                question.range().through());
    }

    private static EntryPage entries(
            Connection connection,
            Question question,
            Predicate<StoredEntry> which,
            int limit,
            @Nullable Long cursor)
            throws SQLException {
        return new EntryQuery(
                        question.range(),
                        EntryFilters.ofCreator(question.creatorId()),
                        false,
                        limit)
                .where(which)
                .following(cursor)
                .find(connection, LedgerPosition.read(connection));
    }

    private ResponseEntity<?> pdf(String creatorId, YearMonth month, boolean complete)
            throws SQLException {
        byte[] document =
                ledger.read(
                        connection -> {
                            Question question = question(connection, creatorId, month, complete);
                            return pdf(connection, question);
                        });
        return ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_PDF)
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        "attachment; filename=\"statement-" + creatorId + "-" + month + ".pdf\"")
                .body(document);
    }

    private static byte[] pdf(Connection connection, Question question) throws SQLException {
        List<StatementLine> lines = new ArrayList<>();
        Long last = null;
        do {
            EntryPage page =
                    entries(
                            connection,
                            question,
                            entry -> !entry.type().equals(EventType.GIFT_SENT.typeName()),
                            MOST_PRINTED - lines.size(),
                            last);
            page.entries().forEach(entry -> lines.add(line(entry, question.creatorId())));
            last = page.last();
        } while (last != null && lines.size() < MOST_PRINTED);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            StatementPdf.write(read(connection, question), lines, last != null, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException("expected memory to take the document", e);
        }
        return bytes.toByteArray();
    }

    private static StatementLine line(JournalEntry entry, String creatorId) {
        long coins = 0;
        long pending = 0;
        long available = 0;
        long reserved = 0;
        for (Posting posting : entry.postings()) {
            long amount = posting.side() == Side.CREDIT ? posting.amount() : -posting.amount();
            if (posting.account().code().startsWith("coin:consumed:")) {
                coins += posting.amount();
            } else if (posting.account().equals(Accounts.creatorPending(creatorId))) {
                pending += amount;
            } else if (posting.account().equals(Accounts.creatorAvailable(creatorId))) {
                available += amount;
            } else if (posting.account().equals(Accounts.creatorReserved(creatorId))) {
                reserved += amount;
            }
        }
        return new StatementLine(
                entry.position(),
                entry.recordedAt(),
                entry.type(),
                entry.reference(),
                coins,
                pending,
                available,
                reserved);
    }
}

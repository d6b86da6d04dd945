package dev.confetti.ledger.finance;

import dev.confetti.ledger.finance.Answers.AccountDetail;
import dev.confetti.ledger.finance.Answers.AccountList;
import dev.confetti.ledger.finance.Answers.AccountPosting;
import dev.confetti.ledger.finance.Answers.AccountRow;
import dev.confetti.ledger.finance.Answers.Balance;
import dev.confetti.ledger.finance.Answers.PostingList;
import dev.confetti.ledger.journal.AccountFilter;
import dev.confetti.ledger.journal.AccountNames;
import dev.confetti.ledger.journal.AccountTotals;
import dev.confetti.ledger.journal.Balances;
import dev.confetti.ledger.journal.JournalEntry;
import dev.confetti.ledger.journal.LedgerPosition;
import dev.confetti.ledger.journal.LedgerTransactions;
import dev.confetti.ledger.posting.Account;
import dev.confetti.ledger.posting.AccountType;
import dev.confetti.ledger.posting.Accounts;
import dev.confetti.ledger.posting.Asset;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Accounts, what they hold, and what was posted to them. */
@RestController
@RequestMapping("/v1/ledger/accounts")
@Tag(name = "Ledger", description = "The double-entry ledger; role finance")
class AccountsApi {
    private final LedgerTransactions ledger;

    AccountsApi(LedgerTransactions ledger) {
        this.ledger = ledger;
    }

    @GetMapping
    @Operation(
            summary =
                    "Accounts with their balances as of any moment, one row per account and asset")
    @Parameter(in = ParameterIn.QUERY, name = "prefix", description = "beginning of the code")
    @Parameter(
            in = ParameterIn.QUERY,
            name = "type",
            description = "coin, viewer, diamond, creator, asset, liability, income or cost")
    @Parameter(
            in = ParameterIn.QUERY,
            name = "asOf",
            description = "an instant by recording, or position:N; the latest if missing")
    @Parameter(in = ParameterIn.QUERY, name = "limit", description = "1 to 1000, default 100")
    @Parameter(in = ParameterIn.QUERY, name = "cursor", description = "nextCursor of a page")
    AccountList accounts(@Parameter(hidden = true) HttpServletRequest request) throws SQLException {
        Parameters query = new Parameters(request, "prefix", "type", "asOf", "limit", "cursor");
        String prefix = query.text("prefix");
        AccountType type = query.accountType();
        Moment moment = query.moment("asOf");
        int limit = query.limit();
        List<String> cursor = query.cursor(3);
        return ledger.read(
                connection -> {
                    LedgerPosition applied = LedgerPosition.read(connection);
                    AsOf asOf = asOf(connection, applied, moment, cursor);
                    List<AccountTotals> found =
                            Balances.list(
                                    connection,
                                    applied,
                                    asOf.position(),
                                    new AccountFilter(
                                            prefix == null ? "" : prefix,
                                            type,
                                            after(cursor),
                                            limit + 1));
                    return page(found, limit, asOf);
                });
    }

    /** Later pages are of the state of the first, whatever was booked since. */
    static AsOf asOf(
            Connection connection,
            LedgerPosition applied,
            @Nullable Moment moment,
            List<String> cursor)
            throws SQLException {
        if (cursor.isEmpty()) {
            return AsOf.of(connection, applied, moment);
        }
        return AsOf.of(
                connection, applied, Moment.parse("cursor", Moment.POSITION + cursor.get(0)));
    }

    static @Nullable Account after(List<String> cursor) {
        return cursor.isEmpty() ? null : new Account(cursor.get(1), new Asset(cursor.get(2), 0));
    }

    private static AccountList page(List<AccountTotals> found, int limit, AsOf asOf) {
        List<AccountRow> rows = found.stream().limit(limit).map(AccountRow::of).toList();
        return new AccountList(rows, nextCursor(found.size(), rows, asOf), asOf);
    }

    static @Nullable String nextCursor(int found, List<AccountRow> rows, AsOf asOf) {
        return found <= rows.size()
                ? null
                : Parameters.cursorOf(
                        Long.toString(asOf.position()),
                        rows.getLast().code(),
                        rows.getLast().asset());
    }

    @GetMapping("/{code}")
    @Operation(summary = "One account in all its assets, as of any moment")
    @Parameter(in = ParameterIn.PATH, name = "code", description = "an account's code")
    @Parameter(
            in = ParameterIn.QUERY,
            name = "asOf",
            description = "an instant by recording, or position:N; the latest if missing")
    AccountDetail account(
            @PathVariable String code, @Parameter(hidden = true) HttpServletRequest request)
            throws SQLException {
        Moment moment = new Parameters(request, "asOf").moment("asOf");
        return ledger.read(
                connection -> {
                    LedgerPosition applied = LedgerPosition.read(connection);
                    AsOf asOf = AsOf.of(connection, applied, moment);
                    requireAccount(connection, code);
                    List<AccountRow> rows =
                            Balances.of(connection, applied, asOf.position(), code).stream()
                                    .map(AccountRow::of)
                                    .toList();
                    return detail(code, rows, asOf);
                });
    }

    private static AccountDetail detail(String code, List<AccountRow> rows, AsOf asOf) {
        AccountType type = AccountType.of(code);
        AccountRow only = rows.size() == 1 ? rows.getFirst() : null;
        return new AccountDetail(
                code,
                type.apiName(),
                type.normalSide().name().toLowerCase(Locale.ROOT),
                only == null ? null : only.asset(),
                only == null ? null : only.debits(),
                only == null ? null : only.credits(),
                only == null ? null : only.balance(),
                rows.stream().map(Balance::of).toList(),
                asOf);
    }

    @GetMapping("/{code}/postings")
    @Operation(summary = "What was posted to one account, in order")
    @Parameter(in = ParameterIn.PATH, name = "code", description = "an account's code")
    @Parameter(in = ParameterIn.QUERY, name = "from", description = "instant or position, within")
    @Parameter(
            in = ParameterIn.QUERY,
            name = "to",
            description = "instant, no longer within, or position, still within")
    @Parameter(in = ParameterIn.QUERY, name = "order", description = "asc (default) or desc")
    @Parameter(in = ParameterIn.QUERY, name = "limit", description = "1 to 1000, default 100")
    @Parameter(in = ParameterIn.QUERY, name = "cursor", description = "nextCursor of a page")
    PostingList postings(
            @PathVariable String code, @Parameter(hidden = true) HttpServletRequest request)
            throws SQLException {
        Parameters query = new Parameters(request, "from", "to", "order", "limit", "cursor");
        Moment from = query.moment("from");
        Moment to = query.moment("to");
        int limit = query.limit();
        boolean newestFirst = query.newestFirst();
        Long cursor = query.numberCursor();
        return ledger.read(
                connection -> {
                    LedgerPosition applied = LedgerPosition.read(connection);
                    requireAccount(connection, code);
                    EntryPage page =
                            new EntryQuery(
                                            Range.of(connection, applied, from, to),
                                            EntryFilters.ofAccount(code),
                                            newestFirst,
                                            limit)
                                    .following(cursor)
                                    .find(connection, applied);
                    return postings(code, page, limit);
                });
    }

    /** Whole entries only, so that a cursor is a position; a page may have a few rows less. */
    private static PostingList postings(String code, EntryPage page, int limit) {
        List<AccountPosting> rows = new ArrayList<>();
        for (JournalEntry entry : page.entries()) {
            List<AccountPosting> own =
                    entry.postings().stream()
                            .filter(p -> p.account().code().equals(code))
                            .map(p -> AccountPosting.of(entry, p))
                            .toList();
            if (!rows.isEmpty() && rows.size() + own.size() > limit) {
                return new PostingList(
                        rows, Parameters.cursorOf(Long.toString(rows.getLast().position())));
            }
            rows.addAll(own);
        }
        return new PostingList(rows, page.nextCursor());
    }

    private static void requireAccount(Connection connection, String code) throws SQLException {
        if (!Accounts.systemCodes().contains(code)
                && AccountNames.idsOf(connection, List.of(code)).isEmpty()) {
            throw Refusal.notFound("account \"" + code + "\": expected one of the ledger");
        }
    }
}

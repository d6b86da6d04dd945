package dev.confetti.ledger.finance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confetti.events.EventType;
import dev.confetti.ledger.journal.CreatorDay;
import dev.confetti.ledger.journal.JournalEntry;
import dev.confetti.ledger.journal.LedgerPosition;
import dev.confetti.ledger.posting.Account;
import dev.confetti.ledger.posting.Accounts;
import dev.confetti.ledger.posting.Asset;
import dev.confetti.ledger.posting.Posting;
import dev.confetti.ledger.posting.Side;
import dev.confetti.ledger.statement.Statement;
import dev.confetti.ledger.statement.Statement.Payout;
import dev.confetti.ledger.statement.StatementLine;
import dev.confetti.ledger.statement.StatementPdf;
import dev.confetti.ledger.statement.Statements;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.Test;

/** Statements against plain sums over all entries. */
class StatementsTest {
    private static final YearMonth JANUARY = YearMonth.of(2026, 1);
    private static final int MONTHS = 5;
    private static final Asset USD = Asset.fiat("USD");

    private final MonthsOfBooks books = MonthsOfBooks.shared();
    private final long seed = books.seed;

    @Test
    void everyMonthOfACreatorIsTheSumOfItsEntries() throws SQLException {
        for (String creator : List.of("7", "c0", "c3")) {
            Statement before = null;
            for (int i = 0; i < MONTHS; i++) {
                YearMonth month = JANUARY.plusMonths(i);
                Statement found = statement(creator, month);
                String where = "seed " + seed + ", creator " + creator + ", " + month;
                if (before != null) {
                    assertThat(found.opening()).as(where).isEqualTo(before.closing());
                }
                assertHoldings(where, creator, month, found.closing());
                assertMonth(where, creator, month, found.monthIn(Asset.DIAMOND));
                CreatorDay money = found.monthIn(USD);
                assertThat(money.pending())
                        .as(where)
                        .isEqualTo(
                                sum(creator, in(month), account(Accounts.CREATOR_PAYABLE_PENDING)));
                before = found;
            }
        }
    }

    private void assertHoldings(
            String where, String creator, YearMonth month, Statement.Holdings closing) {
        Predicate<JournalEntry> until = e -> !monthOf(e).isAfter(month);
        assertThat(closing.pending())
                .as(where)
                .isEqualTo(sum(creator, until, account(Accounts.creatorPending(creator).code())));
        assertThat(closing.available())
                .as(where)
                .isEqualTo(sum(creator, until, account(Accounts.creatorAvailable(creator).code())));
        assertThat(closing.reserved())
                .as(where)
                .isEqualTo(sum(creator, until, account(Accounts.creatorReserved(creator).code())));
        long pending = sum(creator, until, account(Accounts.CREATOR_PAYABLE_PENDING));
        long available =
                sum(creator, until, account(Accounts.CREATOR_PAYABLE_AVAILABLE))
                        + sum(creator, until, account(Accounts.CREATOR_CLAWBACK));
        assertThat(closing.money())
                .as(where)
                .isEqualTo(
                        entriesOf(creator).stream().noneMatch(until)
                                ? List.of()
                                : List.of(new Statement.Money(USD, pending, available)));
    }

    private void assertMonth(String where, String creator, YearMonth month, CreatorDay sum) {
        Predicate<JournalEntry> sent = in(month).and(ofType(EventType.GIFT_SENT));
        Predicate<JournalEntry> back = in(month).and(ofType(EventType.GIFT_REVERSED));
        assertThat(sum.gifts()).as(where).isEqualTo(count(creator, sent));
        assertThat(sum.reversals()).as(where).isEqualTo(count(creator, back));
        assertThat(sum.coins())
                .as(where)
                .isEqualTo(
                        sum(creator, sent, account("coin:consumed:paid"))
                                + sum(creator, sent, account("coin:consumed:promo")));
        assertThat(sum.earned())
                .as(where)
                .isEqualTo(sum(creator, sent, account(Accounts.creatorPending(creator).code())));
        assertThat(sum.reversed())
                .as(where)
                .isEqualTo(
                        -sum(creator, back, account(Accounts.creatorPending(creator).code()))
                                - sum(
                                        creator,
                                        back,
                                        account(Accounts.creatorAvailable(creator).code())));
        assertThat(sum.released())
                .as(where)
                .isEqualTo(
                        sum(
                                creator,
                                in(month).and(ofType(EventType.EARNINGS_RELEASED)),
                                account(Accounts.creatorAvailable(creator).code())));
    }

    @Test
    void payoutsOfTheExampleAreInTheirMonthWithFeeAndWithholding() throws SQLException {
        // Asked for after all random events but 200, so in the last month.
        YearMonth month =
                YearMonth.from(MonthsOfBooks.time(books.last() - 210).atOffset(ZoneOffset.UTC));
        List<Payout> payouts = statement("7", month).payouts();
        assertThat(payouts)
                .extracting(Payout::state)
                .containsExactly("settled", "failed", "returned");
        Payout settled = payouts.getFirst();
        assertThat(settled.payoutId()).isEqualTo(new UUID(0x5000L, 0x8000_0000_0000_0065L));
        assertThat(USD.decimal(settled.amount())).isEqualTo("4.000000");
        assertThat(USD.decimal(settled.fee())).isEqualTo("0.250000");
        assertThat(USD.decimal(settled.withholding())).isEqualTo("0.400000");
        assertThat(USD.decimal(settled.net())).isEqualTo("3.350000");
        assertThat(Asset.DIAMOND.decimal(settled.diamonds())).isEqualTo("400.0000");
        assertThat(settled.steps()).hasSize(4);
        assertThat(statement("7", JANUARY).payouts()).isEmpty();
    }

    @Test
    void aPrintedStatementHasSeveralReadablePagesAndTheSameBytesEachTime()
            throws SQLException, IOException {
        Statement statement = statement("c0", JANUARY);
        List<StatementLine> lines = new ArrayList<>();
        for (int i = 1; i <= 120; i++) {
            lines.add(
                    new StatementLine(
                            i,
                            Instant.parse("2026-01-05T10:00:00.123456Z"),
                            "confetti.gift-reversed.v1",
                            new UUID(0, i),
                            10,
                            -50_000,
                            0,
                            0));
        }
        byte[] document = print(statement, lines);
        assertThat(print(statement, lines)).isEqualTo(document);
        try (PDDocument read = Loader.loadPDF(document)) {
            assertThat(read.getNumberOfPages()).isGreaterThan(2);
            String text = new PDFTextStripper().getText(read);
            CreatorDay sum = statement.monthIn(Asset.DIAMOND);
            assertThat(text)
                    .contains("Statement for 2026-01", "Creator c0", "The whole month in UTC")
                    .contains("page 1 of " + read.getNumberOfPages())
                    .contains(Asset.DIAMOND.decimal(sum.earned()))
                    .contains("2026-01-05T10:00:00Z gift-reversed -5.0000 0.0000 0.0000");
            // The columns' names are at the top of each page that the lines go on to.
            assertThat(text.split("recorded \\(UTC\\)", -1).length).isGreaterThan(3);
        }
    }

    private static byte[] print(Statement statement, List<StatementLine> lines) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        StatementPdf.write(statement, lines, false, bytes);
        return bytes.toByteArray();
    }

    private Statement statement(String creator, YearMonth month) throws SQLException {
        return books.ledger.transactions.read(
                connection -> {
                    LedgerPosition applied = LedgerPosition.read(connection);
                    Range range =
                            Range.of(
                                    connection,
                                    applied,
                                    new Moment.Time(start(month)),
                                    new Moment.Time(start(month.plusMonths(1))));
                    return Statements.read(
                            connection,
                            applied,
                            creator,
                            month,
                            true,
                            range.after(),
                            range.through());
                });
    }

    private static Instant start(YearMonth month) {
        return month.atDay(1).atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    private List<JournalEntry> entriesOf(String creator) {
        String beginning = "creator:" + creator + ":";
        return books.entries.stream()
                .filter(
                        e ->
                                e.postings().stream()
                                        .anyMatch(p -> p.account().code().startsWith(beginning)))
                .toList();
    }

    private static YearMonth monthOf(JournalEntry entry) {
        return YearMonth.from(entry.recordedAt().atOffset(ZoneOffset.UTC));
    }

    private static Predicate<JournalEntry> in(YearMonth month) {
        return entry -> monthOf(entry).equals(month);
    }

    private static Predicate<JournalEntry> ofType(EventType type) {
        return entry -> entry.type().equals(type.typeName());
    }

    private long count(String creator, Predicate<JournalEntry> which) {
        return entriesOf(creator).stream().filter(which).count();
    }

    /** Credits less debits of an account in the creator's entries. */
    private long sum(
            String creator, Predicate<JournalEntry> which, ToLongFunction<Posting> amount) {
        return entriesOf(creator).stream()
                .filter(which)
                .flatMap(entry -> entry.postings().stream())
                .mapToLong(amount)
                .sum();
    }

    private static ToLongFunction<Posting> account(String code) {
        return posting -> {
            Account account = posting.account();
            return !account.code().equals(code)
                    ? 0
                    : posting.side() == Side.CREDIT ? posting.amount() : -posting.amount();
        };
    }
}

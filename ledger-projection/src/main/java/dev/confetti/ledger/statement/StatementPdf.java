package dev.confetti.ledger.statement;

import dev.confetti.ledger.journal.CreatorDay;
import dev.confetti.ledger.posting.Asset;
import dev.confetti.ledger.statement.Sheets.Column;
import dev.confetti.ledger.statement.Statement.Holdings;
import dev.confetti.ledger.statement.Statement.Money;
import dev.confetti.ledger.statement.Statement.Payout;
import java.io.IOException;
import java.io.OutputStream;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * A statement to be printed: gifts are added up by day, all else has a line with its entry. The
 * same statement gives the same bytes.
 */
public final class StatementPdf {
    private static final Column[] HOLDINGS = {
        Column.left(48), Column.right(260), Column.right(360), Column.right(460)
    };
    private static final Column[] DAYS = {
        Column.left(48),
        Column.right(160),
        Column.right(235),
        Column.right(325),
        Column.right(390),
        Column.right(465),
        Column.right(547)
    };
    private static final String[] DAY_NAMES = {
        "day", "gifts", "coins", "earned", "taken back", "reversed", "released"
    };
    private static final Column[] PAYOUTS = {
        Column.left(48),
        Column.left(232),
        Column.right(335),
        Column.right(408),
        Column.right(460),
        Column.right(515),
        Column.right(547)
    };
    private static final Column[] LINES = {
        Column.left(48),
        Column.left(110),
        Column.left(220),
        Column.right(395),
        Column.right(471),
        Column.right(547)
    };
    private static final String[] LINE_NAMES = {
        "entry", "recorded (UTC)", "event", "pending", "available", "reserved"
    };

    private StatementPdf() {}

    /**
     * Writes the document.
     *
     * @param lines what is not a gift, in order
     * @param moreLines whether there are more than these
     */
    public static void write(
            Statement statement, List<StatementLine> lines, boolean moreLines, OutputStream out)
            throws IOException {
        LocalDate end = statement.month().atEndOfMonth();
        String title =
                "Statement of creator " + statement.creatorId() + " for " + statement.month();
        try (Sheets sheets =
                new Sheets(
                        title,
                        title + ", through position " + statement.through(),
                        end.getYear(),
                        end.getMonthValue(),
                        end.getDayOfMonth())) {
            sheets.title("Statement for " + statement.month());
            sheets.line("Creator " + statement.creatorId());
            sheets.line(
                    statement.complete()
                            ? "The whole month in UTC, by the time of recording."
                            : "PRELIMINARY: the month is not over; up to position "
                                    + statement.through()
                                    + " of the log.");
            holdings(sheets, statement);
            totals(sheets, statement);
            days(sheets, statement);
            payouts(sheets, statement);
            lines(sheets, lines, moreLines);
            sheets.finish(out);
        }
    }

    private static void holdings(Sheets sheets, Statement statement) throws IOException {
        sheets.heading("Balances");
        sheets.columns(HOLDINGS, "", "pending", "available", "reserved");
        holdings(sheets, "Opening, diamonds", statement.opening());
        holdings(sheets, "Closing, diamonds", statement.closing());
        for (Money money : statement.opening().money()) {
            money(sheets, "Opening, worth in ", money);
        }
        for (Money money : statement.closing().money()) {
            money(sheets, "Closing, worth in ", money);
        }
    }

    private static void holdings(Sheets sheets, String name, Holdings holdings) throws IOException {
        sheets.row(
                HOLDINGS,
                new String[] {"", "pending", "available", "reserved"},
                name,
                Asset.DIAMOND.decimal(holdings.pending()),
                Asset.DIAMOND.decimal(holdings.available()),
                Asset.DIAMOND.decimal(holdings.reserved()));
    }

    private static void money(Sheets sheets, String name, Money money) throws IOException {
        Asset currency = money.currency();
        sheets.row(
                HOLDINGS,
                new String[] {"", "pending", "available"},
                name + currency.code(),
                currency.decimal(money.pending()),
                currency.decimal(money.available()));
    }

    private static void totals(Sheets sheets, Statement statement) throws IOException {
        sheets.heading("The month");
        sheets.columns(DAYS, DAY_NAMES);
        day(sheets, "diamonds", statement.monthIn(Asset.DIAMOND));
        for (Asset currency : statement.currencies()) {
            CreatorDay sum = statement.monthIn(currency);
            sheets.row(
                    DAYS,
                    DAY_NAMES,
                    currency.code(),
                    "",
                    "",
                    currency.decimal(sum.earned()),
                    "",
                    currency.decimal(sum.reversed()),
                    currency.decimal(sum.released()));
        }
    }

    private static void days(Sheets sheets, Statement statement) throws IOException {
        sheets.heading("Diamonds by day");
        sheets.columns(DAYS, DAY_NAMES);
        for (CreatorDay day : statement.days()) {
            if (day.asset().equals(Asset.DIAMOND)) {
                day(sheets, day.day().toString(), day);
            }
        }
    }

    private static void day(Sheets sheets, String name, CreatorDay day) throws IOException {
        sheets.row(
                DAYS,
                DAY_NAMES,
                name,
                Long.toString(day.gifts()),
                Long.toString(day.coins()),
                Asset.DIAMOND.decimal(day.earned()),
                Long.toString(day.reversals()),
                Asset.DIAMOND.decimal(day.reversed()),
                Asset.DIAMOND.decimal(day.released()));
    }

    private static void payouts(Sheets sheets, Statement statement) throws IOException {
        sheets.heading("Payouts");
        String[] names = {"payout", "state", "diamonds", "amount", "fee", "withheld", "in"};
        sheets.columns(PAYOUTS, names);
        for (Payout payout : statement.payouts()) {
            Asset currency = payout.currency();
            sheets.row(
                    PAYOUTS,
                    names,
                    payout.payoutId().toString(),
                    payout.state(),
                    Asset.DIAMOND.decimal(payout.diamonds()),
                    currency.decimal(payout.amount()),
                    currency.decimal(payout.fee()),
                    currency.decimal(payout.withholding()),
                    currency.code());
        }
        if (statement.morePayouts()) {
            sheets.line("There are more payouts than these.");
        }
    }

    private static void lines(Sheets sheets, List<StatementLine> lines, boolean more)
            throws IOException {
        sheets.heading("Entries other than gifts, in diamonds");
        sheets.columns(LINES, LINE_NAMES);
        for (StatementLine line : lines) {
            sheets.row(
                    LINES,
                    LINE_NAMES,
                    Long.toString(line.entryId()),
                    line.recordedAt().truncatedTo(ChronoUnit.SECONDS).toString(),
                    line.type().replace("confetti.", "").replace(".v1", ""),
                    Asset.DIAMOND.decimal(line.pending()),
                    Asset.DIAMOND.decimal(line.available()),
                    Asset.DIAMOND.decimal(line.reserved()));
        }
        if (more) {
            sheets.line("There are more entries; the statement as JSON has them all.");
        }
    }
}

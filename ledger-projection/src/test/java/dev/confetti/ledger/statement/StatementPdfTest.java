package dev.confetti.ledger.statement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confetti.ledger.journal.CreatorDay;
import dev.confetti.ledger.posting.Asset;
import dev.confetti.ledger.statement.Statement.Holdings;
import dev.confetti.ledger.statement.Statement.Money;
import dev.confetti.ledger.statement.Statement.Payout;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.UUID;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.Test;

/** The text of a page, in which no two numbers are the same. */
class StatementPdfTest {
    private static final Asset EUR = Asset.fiat("EUR");
    private static final LocalDate DAY = LocalDate.parse("2026-02-03");
    private static final CreatorDay DIAMONDS =
            new CreatorDay(DAY, Asset.DIAMOND, 11, 12, 130_000, 14, 15, 160_000, 170_000, 1, 2);
    private static final CreatorDay MONEY =
            new CreatorDay(DAY, EUR, 0, 0, 21_000_000, 0, 0, 22_000_000, 23_000_000, 1, 2);

    @Test
    void everyNumberStandsInItsPlace() throws IOException {
        assertThat(text(statement(true, false), false))
                .isEqualTo(
                        """
                        Statement for 2026-02
                        Creator star
                        The whole month in UTC, by the time of recording.
                        Balances
                        pending available reserved
                        Opening, diamonds 1.0000 2.0000 3.0000
                        Closing, diamonds 4.0000 5.0000 6.0000
                        Opening, worth in EUR 7.000000 8.000000
                        Closing, worth in EUR 9.000000 10.000000
                        The month
                        day gifts coins earned taken back reversed released
                        diamonds 11 12 13.0000 14 16.0000 17.0000
                        EUR 21.000000 22.000000 23.000000
                        Diamonds by day
                        day gifts coins earned taken back reversed released
                        2026-02-03 11 12 13.0000 14 16.0000 17.0000
                        Payouts
                        payout state diamonds amount fee withheld in
                        00000000-0000-0000-0000-000000000031 settled 32.0000 33.000000 34.000000 35.000000 EUR
                        Entries other than gifts, in diamonds
                        entry recorded (UTC) event pending available reserved
                        41 2026-02-03T04:05:06Z payout-requested 42.0000 -43.0000 44.0000
                        Statement of creator star for 2026-02, through position 99 page 1 of 1
                        """);
    }

    @Test
    void whatIsNotWholeSaysSo() throws IOException {
        assertThat(text(statement(false, true), true))
                .contains(
                        "PRELIMINARY: the month is not over; up to position 99 of the log.",
                        "There are more payouts than these.",
                        "There are more entries; the statement as JSON has them all.")
                .doesNotContain("The whole month");
    }

    private static Statement statement(boolean complete, boolean morePayouts) {
        return new Statement(
                "star",
                YearMonth.of(2026, 2),
                complete,
                99,
                new Holdings(10_000, 20_000, 30_000, List.of(new Money(EUR, 7_000_000, 8_000_000))),
                new Holdings(
                        40_000, 50_000, 60_000, List.of(new Money(EUR, 9_000_000, 10_000_000))),
                List.of(DIAMONDS, MONEY),
                List.of(DIAMONDS, MONEY),
                List.of(
                        new Payout(
                                new UUID(0, 0x31),
                                "settled",
                                320_000,
                                EUR,
                                33_000_000,
                                34_000_000,
                                35_000_000,
                                List.of())),
                morePayouts);
    }

    private static String text(Statement statement, boolean moreLines) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        StatementPdf.write(
                statement,
                List.of(
                        new StatementLine(
                                41,
                                Instant.parse("2026-02-03T04:05:06.789Z"),
                                "confetti.payout-requested.v1",
                                new UUID(0, 1),
                                0,
                                420_000,
                                -430_000,
                                440_000)),
                moreLines,
                bytes);
        try (PDDocument read = Loader.loadPDF(bytes.toByteArray())) {
            return new PDFTextStripper().getText(read);
        }
    }
}

package dev.confetti.gift.settlement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.confetti.gift.problem.Problem;
import dev.confetti.gift.problem.ProblemType;
import dev.confetti.gift.problem.RefusedException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reports as files have them, good and broken. */
class ReportsTest {
    private static final String HEADER =
            "reference,date,kind,providerReference,currency,gross,fee,net\n";
    private static final String SHUFFLED =
            "net,fee,gross,currency,providerReference,kind,date,reference,note\n";
    private static final ReportLine SALE =
            new ReportLine(2, "2026-01", LineKind.PURCHASE, "GPA.1", "USD", 1_000, 300);

    private static InputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    private static final class BrokenStream extends InputStream {
        @Override
        public int read() throws IOException {
            throw new IOException("the client went away");
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            throw new IOException("the client went away");
        }
    }

    private static List<ReportLine> read(String csv) {
        return read(stream(csv));
    }

    private static List<ReportLine> read(InputStream csv) {
        try {
            return Reports.read(csv);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Problem refusal(String csv) {
        RefusedException refused = catchThrowableOfType(RefusedException.class, () -> read(csv));
        assertThat(refused).as(csv).isNotNull();
        assertThat(refused.problemType()).isEqualTo(ProblemType.MALFORMED_REQUEST);
        return refused.problem();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                HEADER + "2026-01,2026-02-05,purchase,GPA.1,USD,10.00,3.00,7.00\n",
                HEADER + "2026-01,2026-02-05,purchase,GPA.1,USD,10.00,3.00,7.00",
                "\uFEFF" + HEADER + "2026-01,2026-02-05,purchase,GPA.1,USD,10.00,3.00,7.00\n",
                HEADER
                        + "\"2026-01\",\"2026-02-05\",\"purchase\",\"GPA.1\",\"USD\",\"10\",\"3\",\"7\"\n",
                HEADER + " 2026-01 , 2026-02-05, purchase,GPA.1 ,usd, 10.0,3.000,7\n",
                SHUFFLED + "7,3,10,USD,GPA.1,purchase,2026-02-05,2026-01,\"a, \"\"b\"\" c\"\n"
            })
    void oneLineIsReadHoweverItIsWritten(String csv) {
        assertThat(read(csv)).containsExactly(SALE);
        assertThat(read(csv.replace("\n", "\r\n"))).containsExactly(SALE);
    }

    @Test
    void linesAreNumberedAsInTheFile() {
        assertThat(
                        read(
                                HEADER
                                        + "s,2026-02-05,purchase,a,USD,1.00,0,1.00\n"
                                        + "\n"
                                        + "s,2026-02-05,refund,b,JPY,-150,-5,-145\r\n"
                                        + "s,2026-02-05,fee,,BHD,0,0.001,-0.001"))
                .containsExactly(
                        new ReportLine(2, "s", LineKind.PURCHASE, "a", "USD", 100, 0),
                        new ReportLine(4, "s", LineKind.REFUND, "b", "JPY", -150, -5),
                        new ReportLine(5, "s", LineKind.FEE, "", "BHD", 0, 1));
    }

    /** Columns as Stripe has them by default, in its order, and the payment intent added. */
    @Test
    void stripesItemisedPayoutReconciliationIsRead() {
        String csv =
                "\"automatic_payout_id\",\"automatic_payout_effective_at\",\"balance_transaction_id\","
                        + "\"created\",\"currency\",\"gross\",\"fee\",\"net\",\"reporting_category\","
                        + "\"source_id\",\"description\",\"payment_intent_id\"\n"
                        + "po_1,2026-02-05 00:00:00,txn_1,2026-01-02 10:00:00,usd,24.00,0.88,23.12,"
                        + "charge,ch_1,\"2,100 coins\",pi_1\n"
                        + "po_1,2026-02-05 00:00:00,txn_2,2026-01-03 10:00:00,usd,-24.00,0.00,"
                        + "-24.00,refund,re_1,REFUND,pi_1\n"
                        + "po_1,2026-02-05 00:00:00,txn_3,2026-01-04 10:00:00,usd,-12.00,15.00,"
                        + "-27.00,dispute,dp_1,,pi_2\n"
                        + "po_1,2026-02-05 00:00:00,txn_4,2026-01-05 10:00:00,usd,12.00,0.00,12.00,"
                        + "dispute_reversal,dp_1,,pi_2\n"
                        + "po_1,2026-02-05 00:00:00,txn_5,2026-01-06 10:00:00,usd,-2.00,0.00,-2.00,"
                        + "fee,,Radar,\n"
                        + "po_1,2026-02-05 00:00:00,txn_6,2026-01-06 10:00:00,usd,5.00,0.00,5.00,"
                        + "topup,tu_1,,\n";

        assertThat(read(csv))
                .containsExactly(
                        new ReportLine(2, "po_1", LineKind.PURCHASE, "pi_1", "USD", 2_400, 88),
                        new ReportLine(3, "po_1", LineKind.REFUND, "re_1", "USD", -2_400, 0),
                        new ReportLine(
                                4, "po_1", LineKind.CHARGEBACK, "dp_1", "USD", -1_200, 1_500),
                        new ReportLine(5, "po_1", LineKind.CHARGEBACK_WON, "dp_1", "USD", 1_200, 0),
                        new ReportLine(6, "po_1", LineKind.FEE, "", "USD", -200, 0),
                        new ReportLine(7, "po_1", LineKind.OTHER, "tu_1", "USD", 500, 0));
        assertThat(refusal(csv.replace(",topup,", ",payout,")).detail())
                .startsWith("line 7, column reporting_category \"payout\": expected");
        assertThat(refusal(csv.replace("\"payment_intent_id\"", "\"x\"")).detail())
                .contains("missing are [payment_intent_id]");
    }

    @Test
    void aBrokenCellIsNamedByLineColumnAndValue() {
        String good = "s,2026-02-05,purchase,a,USD,1.00,0.30,0.70\n";
        Object[][] broken = {
            {"s,2026-02-05,sale,a,USD,1.00,0.30,0.70", "kind", "sale"},
            {"s,05.02.2026,purchase,a,USD,1.00,0.30,0.70", "date", "05.02.2026"},
            {"s,2026-02-05,purchase,,USD,1.00,0.30,0.70", "providerReference", ""},
            {",2026-02-05,purchase,a,USD,1.00,0.30,0.70", "reference", ""},
            {"s,2026-02-05,purchase,a,DOL,1.00,0.30,0.70", "currency", "DOL"},
            {"s,2026-02-05,purchase,a,USD,\"1,000.00\",0.30,0.70", "gross", "1,000.00"},
            {"s,2026-02-05,purchase,a,USD,1.001,0.30,0.70", "gross", "1.001"},
            {"s,2026-02-05,purchase,a,JPY,1.5,0,1.5", "gross", "1.5"},
            {"s,2026-02-05,purchase,a,USD,1.00,-,0.70", "fee", "-"},
            {"s,2026-02-05,purchase,a,USD,1.00,0.30,0.71", "net", "0.71"},
            {"s,2026-02-05,purchase,a,USD,-1.00,0.30,-1.30", "gross", "-1.00"},
            {"s,2026-02-05,refund,a,USD,1.00,0.30,0.70", "gross", "1.00"},
        };
        for (Object[] each : broken) {
            Problem problem = refusal(HEADER + good + each[0] + "\n" + good);
            assertThat(problem.detail())
                    .startsWith("line 3, column " + each[1] + " \"" + each[2] + "\": expected");
            assertThat(problem.extensions())
                    .containsEntry("line", 3L)
                    .containsEntry("column", each[1])
                    .containsEntry("value", each[2]);
        }
    }

    @Test
    void aLongValueIsShownInPartAndNeverHalfACharacter() {
        Problem problem =
                refusal(HEADER + "s,2026-02-05," + "x".repeat(99) + "😀😀,a,USD,1.00,0.30,0.70\n");
        assertThat(problem.extensions()).containsEntry("value", "x".repeat(99) + "😀…");
    }

    /** 10^12 of a currency are 10^18 at the six places of the books; 64 bits hold 9.2 of those. */
    @Test
    void aFileNeverMovesMoreThanTheBooksHold() {
        String half = "s,2026-02-05,other,,USD,499999999999.99,0.01,499999999999.98\n";
        assertThat(read(HEADER + half + half)).hasSize(2);
        assertThat(read(HEADER + half + half + half.replace("USD", "CLF"))).hasSize(3);
        assertThat(read(HEADER + "s,2026-02-05,other,,JPY,-999999999999,0,-999999999999\n"))
                .hasSize(1);

        Object[][] above = {
            {"s,2026-02-05,other,,USD,0.01,0.00,0.01", "gross", "0.01"},
            {"s,2026-02-05,refund,a,USD,-0.01,0.00,-0.01", "gross", "-0.01"},
            {"t,2026-02-05,fee,,USD,0.00,0.01,-0.01", "fee", "0.01"},
            {"s,2026-02-05,purchase,a,USD,1000000000000,0,1000000000000", "gross", "1000000000000"},
        };
        for (Object[] each : above) {
            Problem problem = refusal(HEADER + half + half + each[0] + "\n");
            assertThat(problem.detail())
                    .startsWith("line 4, column " + each[1] + " \"" + each[2] + "\": expected");
            assertThat(problem.extensions())
                    .containsEntry("line", 4L)
                    .containsEntry("column", each[1])
                    .containsEntry("value", each[2]);
        }
        assertThat(refusal(HEADER + half + half + above[0][0]).detail())
                .endsWith(
                        "expected no more than 1000000000000 USD in all lines through this one,"
                                + " gross and fees without their signs");
    }

    @Test
    void aBrokenFileIsRefusedAsAWhole() {
        assertThat(refusal("").detail()).contains("line 1: expected the columns");
        assertThat(refusal(HEADER).detail()).contains("expected lines after the header");
        assertThat(refusal("a,b\n1,2\n").detail()).contains("missing are [reference, date,");
        assertThat(refusal(HEADER.replace("date", "fee") + "1,2,3,4,5,6,7,8\n").detail())
                .contains("expected CSV with a header");
        assertThat(refusal(HEADER + "s,2026-02-05,purchase\n").extensions())
                .containsEntry("line", 2L);
        assertThat(refusal(HEADER + "s,\"2026\n").detail()).contains("expected CSV");
        RefusedException latin =
                catchThrowableOfType(
                        RefusedException.class,
                        () -> read(new ByteArrayInputStream(new byte[] {'a', (byte) 0xE9, '\n'})));
        assertThat(latin).hasMessageContaining("expected UTF-8");
    }

    /** Bytes that are no UTF-8 far behind the header, where lines have been read before. */
    @Test
    void bytesThatAreNoTextAreRefusedWhereverTheyStand() {
        InputStream latin =
                new SequenceInputStream(
                        stream(HEADER + "s,2026-02-05,fee,,USD,0,0.01,-0.01\n".repeat(10_000)),
                        new ByteArrayInputStream(new byte[] {'s', (byte) 0xFC, '\n'}));
        RefusedException refused = catchThrowableOfType(RefusedException.class, () -> read(latin));
        assertThat(refused).hasMessageContaining("expected UTF-8");
    }

    @Test
    void aReportThatBreaksOffIsNoReport() {
        InputStream broken = new SequenceInputStream(stream(HEADER + "s,2026"), new BrokenStream());
        assertThat(catchThrowableOfType(IOException.class, () -> Reports.read(broken)))
                .hasMessage("the client went away");
    }

    /** A million lines are read, and the next is named. */
    @Test
    void moreThanAMillionLinesAreRefused() {
        byte[] thousand =
                "s,2026-02-05,purchase,a,USD,1.00,0.30,0.70\n"
                        .repeat(1_000)
                        .getBytes(StandardCharsets.UTF_8);
        List<InputStream> parts = new ArrayList<>(List.of(stream(HEADER)));
        for (int i = 0; i < 1_001; i++) {
            parts.add(new ByteArrayInputStream(thousand));
        }
        RefusedException refused =
                catchThrowableOfType(
                        RefusedException.class,
                        () -> read(new SequenceInputStream(Collections.enumeration(parts))));
        assertThat(refused).hasMessage("line 1000002: expected at most 1000000 lines");
    }

    /** As settlements of earlier versions have it in the log. */
    @Test
    void theDigestIsOfTheLinesAsSortedTexts() {
        String tie = "s,2026-02-05,purchase,%s,USD,%s,%s,%s\n";
        // The sums of "purchase<tab>a<tab>100<tab>30", "purchase<tab>a<tab>12<tab>0", … with
        // newlines between them.
        assertThat(
                        Report.of(
                                        read(
                                                HEADER
                                                        + tie.formatted("ab", "0.01", "0", "0.01")
                                                        + tie.formatted("a", "1.23", "0", "1.23")
                                                        + tie.formatted("a", "0.12", "0", "0.12")
                                                        + tie.formatted(
                                                                "a", "1.00", "0.30", "0.70")))
                                .getFirst()
                                .sha256())
                .isEqualTo("ab4558bd4e337a4e33e934abade1564399d4a8a4b39883237c7e2725c5feb0ef");
    }

    @Test
    void theSameLinesHaveTheSameDigestInAnyOrder() {
        String first = "s,2026-02-05,purchase,a,USD,1.00,0.30,0.70\n";
        String second = "s,2026-02-06,refund,b,USD,-1.00,0.00,-1.00\n";
        String digest = Report.of(read(HEADER + first + second)).getFirst().sha256();
        assertThat(Report.of(read(HEADER + second + "\n" + first)).getFirst().sha256())
                .isEqualTo(digest);
        assertThat(
                        Report.of(read(HEADER + first + second.replace(",b,", ",c,")))
                                .getFirst()
                                .sha256())
                .isNotEqualTo(digest);
    }
}

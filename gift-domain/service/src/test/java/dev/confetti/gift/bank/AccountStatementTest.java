package dev.confetti.gift.bank;

import static dev.confetti.gift.bank.BankSamples.changed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import dev.confetti.gift.bank.AccountStatement.Statement;
import dev.confetti.gift.bank.StatementLine.Charge;
import dev.confetti.gift.bank.StatementLine.Direction;
import dev.confetti.gift.bank.StatementLine.Return;
import dev.confetti.gift.bank.StatementLine.Standing;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AccountStatementTest {
    private static final String SAMPLE = "statement.camt.053.001.08.xml";
    private static final String OLDER = "statement.camt.053.001.02.xml";
    private static final String PAYOUT = "0199a0000000700080000000000000";
    private static final LocalDate THIRD = LocalDate.of(2026, 3, 3);
    private static final LocalDate FOURTH = LocalDate.of(2026, 3, 4);

    private static List<StatementLine> lines(byte[] file) {
        return ((AccountStatement) new BankMessages().read(file)).lines().toList();
    }

    private static StatementLine euro(
            String reference,
            Direction direction,
            long cents,
            @Nullable LocalDate bookingDate,
            @Nullable String endToEndId,
            @Nullable String paymentInformationId,
            @Nullable String servicerReference) {
        return new StatementLine(
                reference,
                direction,
                cents,
                "EUR",
                Standing.BOOKED,
                bookingDate,
                endToEndId,
                paymentInformationId,
                servicerReference,
                false,
                null,
                List.of());
    }

    @Test
    void aStatementIsReadLineByLine() {
        AccountStatement message =
                (AccountStatement) new BankMessages().read(BankSamples.bytes(SAMPLE));

        assertThat(message.messageId()).isEqualTo("STM-20260304");
        assertThat(message.statements()).hasSize(1);
        Statement statement = message.statements().getFirst();
        assertThat(statement.statementId()).isEqualTo("2026-063");
        assertThat(statement.account()).isEqualTo(new Iban("DE89370400440532013000"));
        assertThat(statement.lines())
                .containsExactly(
                        euro(
                                "ref|SVC-0001|-10050EUR|2026-03-03||" + PAYOUT + "01",
                                Direction.DEBIT,
                                10_050,
                                THIRD,
                                PAYOUT + "01",
                                PAYOUT + "b1EUR",
                                "SVC-0001"),
                        new StatementLine(
                                "ref|SVC-0002|+9800EUR|2026-03-04||" + PAYOUT + "01",
                                Direction.CREDIT,
                                9_800,
                                "EUR",
                                Standing.BOOKED,
                                FOURTH,
                                PAYOUT + "01",
                                null,
                                "SVC-0002",
                                false,
                                new Return("AC04"),
                                List.of(new Charge(250, "EUR", true, true))),
                        euro(
                                "ref|SVC-0003|SVC-0003-A|-1000EUR|2026-03-04||" + PAYOUT + "05",
                                Direction.DEBIT,
                                1_000,
                                FOURTH,
                                PAYOUT + "05",
                                PAYOUT + "b2EUR",
                                "SVC-0003-A"),
                        euro(
                                "ref|SVC-0003|-2000EUR|2026-03-04||" + PAYOUT + "06",
                                Direction.DEBIT,
                                2_000,
                                FOURTH,
                                PAYOUT + "06",
                                PAYOUT + "b2EUR",
                                "SVC-0003"),
                        new StatementLine(
                                "ref|SVC-0004|-1111EUR||PENDING|" + PAYOUT + "03",
                                Direction.DEBIT,
                                1_111,
                                "EUR",
                                Standing.PENDING,
                                null,
                                PAYOUT + "03",
                                null,
                                "SVC-0004",
                                false,
                                null,
                                List.of()),
                        new StatementLine(
                                "at|2026-063|2|5|-500EUR|2026-03-04|",
                                Direction.DEBIT,
                                500,
                                "EUR",
                                Standing.BOOKED,
                                FOURTH,
                                null,
                                null,
                                null,
                                false,
                                null,
                                List.of(new Charge(500, "EUR", true, false))),
                        euro(
                                "at|2026-063|2|6|+100000EUR|2026-03-04|",
                                Direction.CREDIT,
                                100_000,
                                FOURTH,
                                null,
                                null,
                                null),
                        euro(
                                "ref|SVC-0007|-7000EUR|2026-03-04|",
                                Direction.DEBIT,
                                7_000,
                                FOURTH,
                                null,
                                PAYOUT + "b3EUR",
                                "SVC-0007"));
        assertThat(statement.lines().stream().filter(StatementLine::isBooked)).hasSize(7);
    }

    @Test
    void theOlderVersionIsReadAsWell() {
        AccountStatement message =
                (AccountStatement) new BankMessages().read(BankSamples.bytes(OLDER));

        assertThat(message.statements().getFirst().account()).isNull();
        assertThat(message.lines())
                .containsExactly(
                        yen(
                                "at|A|3|1|-5000JPY|2026-03-04||" + PAYOUT + "02",
                                Direction.DEBIT,
                                5_000,
                                FOURTH,
                                "02"),
                        new StatementLine(
                                "at|A|3|2|+4700JPY|2026-03-05||" + PAYOUT + "02",
                                Direction.CREDIT,
                                4_700,
                                "JPY",
                                Standing.BOOKED,
                                LocalDate.of(2026, 3, 5),
                                PAYOUT + "02",
                                null,
                                null,
                                true,
                                new Return("unknown-account"),
                                // Not said to be included, but 4,700 and 300 are the 5,000 sent.
                                List.of(new Charge(300, "JPY", true, true))),
                        told("at|A|3|3|-100JPY||INFORMATION|" + PAYOUT + "08", 100, "08"),
                        told("at|A|3|3|-200JPY||INFORMATION|" + PAYOUT + "09", 200, "09"));
    }

    private static StatementLine yen(
            String reference, Direction direction, long yen, LocalDate date, String payout) {
        return new StatementLine(
                reference,
                direction,
                yen,
                "JPY",
                Standing.BOOKED,
                date,
                PAYOUT + payout,
                null,
                null,
                false,
                null,
                List.of());
    }

    private static StatementLine told(String reference, long yen, String payout) {
        return new StatementLine(
                reference,
                Direction.DEBIT,
                yen,
                "JPY",
                Standing.INFORMATION,
                null,
                PAYOUT + payout,
                null,
                null,
                false,
                null,
                List.of());
    }

    @Test
    void aMovementHasTheSameReferenceInEveryStatementThatHasIt() {
        byte[] other =
                BankSamples.text(SAMPLE)
                        .replace("<Id>2026-063</Id>", "<Id>2026-064</Id>")
                        .replace("<PgNb>2</PgNb>", "<PgNb>1</PgNb>")
                        .replace("STM-20260304", "STM-20260305")
                        .getBytes(StandardCharsets.UTF_8);

        assertThat(references(other).subList(0, 5))
                .isEqualTo(references(BankSamples.bytes(SAMPLE)).subList(0, 5));
        assertThat(references(other).get(5)).isEqualTo("at|2026-064|1|5|-500EUR|2026-03-04|");
    }

    private static List<String> references(byte[] file) {
        return lines(file).stream().map(StatementLine::reference).toList();
    }

    @Test
    void movementsThatTheBankDoesNotTellApartAreCounted() {
        String entry =
                "<Ntry><Amt Ccy=\"EUR\">1.00</Amt><CdtDbtInd>CRDT</CdtDbtInd>"
                        + "<Sts><Cd>BOOK</Cd></Sts><AcctSvcrRef>SAME</AcctSvcrRef><BkTxCd/></Ntry>";

        List<String> references =
                references(changed(SAMPLE, "    </Stmt>", entry + entry + "</Stmt>"));

        assertThat(references.subList(8, 10))
                .containsExactly("ref|SAME|+100EUR||", "ref|SAME|+100EUR||#2");
    }

    @Test
    void whatIsPendingIsNamedOtherwiseOnceItIsBooked() {
        byte[] booked = changed(SAMPLE, "<Cd>PDNG</Cd>", "<Cd>BOOK</Cd>");

        assertThat(references(booked).get(4)).isEqualTo("ref|SVC-0004|-1111EUR|||" + PAYOUT + "03");
    }

    @Test
    void anEntryWhoseDetailsDoNotAddUpIsOneLineThatNamesNoTransfer() {
        byte[] file =
                changed(SAMPLE, "<Amt Ccy=\"EUR\">20.00</Amt>", "<Amt Ccy=\"EUR\">20.01</Amt>");

        assertThat(lines(file).get(2))
                .isEqualTo(
                        euro(
                                "ref|SVC-0003|-3000EUR|2026-03-04|",
                                Direction.DEBIT,
                                3_000,
                                FOURTH,
                                null,
                                PAYOUT + "b2EUR",
                                "SVC-0003"));
    }

    @Test
    void aDetailInTheOtherDirectionIsSubtracted() {
        String text =
                BankSamples.text(SAMPLE)
                        .replace("<Amt Ccy=\"EUR\">20.00</Amt>", "<Amt Ccy=\"EUR\">40.00</Amt>")
                        .replace(
                                "10.00</Amt>\n            <CdtDbtInd>DBIT",
                                "10.00</Amt>\n            <CdtDbtInd>CRDT");

        assertThat(lines(text.getBytes(StandardCharsets.UTF_8)).subList(2, 4))
                .extracting(StatementLine::direction, StatementLine::amountMinor)
                .containsExactly(tuple(Direction.CREDIT, 1_000L), tuple(Direction.DEBIT, 4_000L));
    }

    @Test
    void aReturnIsKnownByItsTransactionCodeAlone() {
        String text = BankSamples.text(SAMPLE).replaceAll("(?s)<RtrInf>.*?</RtrInf>", "");

        assertThat(lines(text.getBytes(StandardCharsets.UTF_8)).get(1).returned())
                .isEqualTo(new Return(null));
    }

    @Test
    void zerosAfterTheCurrencysDigitsAreNoMistake() {
        byte[] file = changed(SAMPLE, ">100.50</Amt>", ">100.50000</Amt>");

        assertThat(lines(file).getFirst().amountMinor()).isEqualTo(10_050);
    }

    @Test
    void whatTheBankSaysOfAChargeCountsMoreThanWhatTheAmountsSay() {
        byte[] file = changed(SAMPLE, "<ChrgInclInd>true", "<ChrgInclInd>false");

        assertThat(lines(file).get(1).charges())
                .containsExactly(new Charge(250, "EUR", true, false));
    }

    @Test
    void textIsReadInAllTheWaysThatXmlWritesIt() {
        byte[] file =
                changed(
                        SAMPLE,
                        "<EndToEndId>" + PAYOUT + "01</EndToEndId>",
                        "<EndToEndId>\n <![CDATA[0199a00000]]><!-- x -->&#48;0700080000000000000<?x?>01"
                                + "</EndToEndId>");

        // Spaces count towards the schema's 35 characters.
        assertThat(lines(file).getFirst().endToEndId()).isEqualTo(PAYOUT + "01");
    }

    /** The sample without its entries, its closing balance as it is and others before it. */
    private static byte[] quiet(String balancesBefore) {
        String text = BankSamples.text(SAMPLE).replaceAll("(?s)<Ntry>.*</Ntry>", "");
        return text.replaceFirst("<Bal>", balancesBefore + "<Bal>")
                .getBytes(StandardCharsets.UTF_8);
    }

    private static String balance(String type, String currency, String amount, String side) {
        return """
        <Bal><Tp><CdOrPrtry><Cd>%s</Cd></CdOrPrtry></Tp><Amt Ccy="%s">%s</Amt>
        <CdtDbtInd>%s</CdtDbtInd><Dt><Dt>2026-03-03</Dt></Dt></Bal>
        """
                .formatted(type, currency, amount, side);
    }

    @Test
    void aQuietDayIsAStatementWithoutLines() {
        assertThat(lines(quiet(""))).isEmpty();
        assertThat(lines(quiet(balance("OPBD", "EUR", "12345.67", "CRDT")))).isEmpty();
        assertThat(lines(quiet(balance("PRCD", "EUR", "12345.670", "CRDT")))).isEmpty();
        assertThat(
                        lines(
                                quiet(
                                        balance("PRCD", "EUR", "1.00", "CRDT")
                                                + balance("OPBD", "EUR", "12345.67", "CRDT")
                                                + balance("ITAV", "EUR", "5.00", "DBIT"))))
                .isEmpty();
    }

    @Test
    void aBalanceThatMovedWithoutAnEntryIsRefused() {
        assertThatThrownBy(() -> lines(quiet(balance("OPBD", "EUR", "12345.68", "CRDT"))))
                .isInstanceOf(MalformedBankMessageException.class)
                .hasMessageMatching(
                        "line [0-9]+: Stmt: opening balance 12345.68 EUR, closing balance 12345.67"
                                + " EUR and no booked entry: expected the entries between them");
        assertThatThrownBy(() -> lines(quiet(balance("PRCD", "EUR", "12345.67", "DBIT"))))
                .hasMessageContaining("opening balance -12345.67 EUR, closing balance 12345.67");
        // What is but announced moves nothing.
        byte[] announced =
                BankSamples.text(SAMPLE)
                        .replace("<Cd>BOOK</Cd>", "<Cd>PDNG</Cd>")
                        .replaceFirst("<Bal>", balance("OPBD", "EUR", "1.00", "CRDT") + "<Bal>")
                        .getBytes(StandardCharsets.UTF_8);
        assertThatThrownBy(() -> lines(announced))
                .hasMessageContaining("opening balance 1.00 EUR, closing balance 12345.67");
    }

    @Test
    void aStatementWithEntriesIsTakenByItsEntries() {
        byte[] moved = changed(SAMPLE, "<Bal>", balance("OPBD", "EUR", "1.00", "CRDT") + "<Bal>");
        assertThat(lines(moved)).isEqualTo(lines(BankSamples.bytes(SAMPLE)));
    }
}

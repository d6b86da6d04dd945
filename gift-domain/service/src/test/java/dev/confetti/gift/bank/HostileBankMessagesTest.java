package dev.confetti.gift.bank;

import static dev.confetti.gift.bank.BankSamples.changed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostileBankMessagesTest {
    private static final String STATEMENT = "statement.camt.053.001.08.xml";
    private static final String REPORT = "rejected-transfers.pain.002.001.03.xml";
    private static final String DECLARATION = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>";

    private final BankMessages messages = new BankMessages();

    private AbstractThrowableAssert<?, ? extends Throwable> refused(byte[] file) {
        return assertThatThrownBy(() -> messages.read(file))
                .isInstanceOf(MalformedBankMessageException.class)
                .hasNoCause();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<!DOCTYPE Document>",
                "<!DOCTYPE Document [<!ENTITY x SYSTEM \"file:///etc/hostname\">]>",
                "<!DOCTYPE Document SYSTEM \"http://127.0.0.1:1/x.dtd\">",
                "<!DOCTYPE Document [<!ENTITY % p SYSTEM \"http://127.0.0.1:1/x\"> %p;]>",
                "<!DOCTYPE d [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;\">]>"
            })
    void aDocumentTypeIsRefusedWhateverItDeclares(String type) {
        refused(changed(STATEMENT, DECLARATION, DECLARATION + "\n" + type))
                .hasMessageMatching("line [12]: a document type: expected a message without one");
    }

    @Test
    void anEntityThatIsNotOfXmlIsRefused() {
        refused(changed(STATEMENT, "<Id>2026-063</Id>", "<Id>&x;</Id>"))
                .hasMessageStartingWith("line 9: ")
                .hasMessageContaining("expected well-formed XML");
    }

    @Test
    void moreBytesThanTheMostAreRefusedUnread() {
        refused(new byte[BankMessages.MOST_BYTES + 1])
                .hasMessage("33554433 bytes: expected at most 33554432");
    }

    @Test
    void aStatementOfThirtyMegabytesIsRead() {
        String entry =
                "<Ntry><Amt Ccy=\"EUR\">0.01</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts>"
                        + "<AcctSvcrRef>R%08d</AcctSvcrRef><BkTxCd/><AddtlNtryInf>"
                        + "x".repeat(400)
                        + "</AddtlNtryInf></Ntry>";
        StringBuilder entries = new StringBuilder();
        for (int i = 0; i < 55_000; i++) {
            entries.append(entry.formatted(i));
        }
        byte[] file = changed(STATEMENT, "    </Stmt>", entries + "</Stmt>");
        assertThat(file.length).isBetween(30_000_000, BankMessages.MOST_BYTES);

        assertThat(((AccountStatement) messages.read(file)).lines()).hasSize(55_008);
    }

    /** Of characters, which stand for themselves; the JDK counts them among its entities. */
    @ParameterizedTest
    @ValueSource(strings = {"&#228;", "&#xE4;", "&amp;"})
    void aDaysUmlautsMayAllBeWrittenAsReferences(String reference) {
        String entry =
                "<Ntry><Amt Ccy=\"EUR\">0.01</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts>"
                        + "<AcctSvcrRef>R%08d</AcctSvcrRef><BkTxCd/><AddtlNtryInf>"
                        + reference.repeat(400)
                        + "</AddtlNtryInf></Ntry>";
        StringBuilder entries = new StringBuilder();
        for (int i = 0; i < 5_000; i++) {
            entries.append(entry.formatted(i));
        }
        byte[] file = changed(STATEMENT, "    </Stmt>", entries + "</Stmt>");

        assertThat(((AccountStatement) messages.read(file)).lines()).hasSize(5_008);
    }

    @Test
    void elementsDeeperThanAnyMessageAreRefused() {
        String deep = "<d>".repeat(70) + "</d>".repeat(70);
        byte[] file =
                changed(
                        STATEMENT,
                        "  </BkToCstmrStmt>",
                        "<SplmtryData><Envlp>" + deep + "</Envlp></SplmtryData></BkToCstmrStmt>");

        refused(file).hasMessageContaining("expected well-formed XML");
        // The second parser would see it too, but not before the validator.
        assertThatThrownBy(() -> MessageSchema.CAMT_053_001_08.validate(file))
                .isInstanceOf(MalformedBankMessageException.class);
    }

    @Test
    void theValidatorRefusesADocumentTypeByItself() {
        byte[] file = changed(STATEMENT, DECLARATION, DECLARATION + "<!DOCTYPE Document>");

        assertThatThrownBy(() -> MessageSchema.CAMT_053_001_08.validate(file))
                .isInstanceOf(MalformedBankMessageException.class)
                .hasMessageStartingWith("line 1: at the beginning: expected well-formed XML");
    }

    @Test
    void anExtensionThatIsNotTooDeepIsPassedOver() {
        byte[] file =
                changed(
                        STATEMENT,
                        "  </BkToCstmrStmt>",
                        "<SplmtryData><Envlp><d xmlns=\"urn:x\"><Ntry/></d></Envlp></SplmtryData>"
                                + "</BkToCstmrStmt>");

        assertThat(((AccountStatement) messages.read(file)).lines()).hasSize(8);
    }

    @Test
    void manyAttributesAreRefused() {
        StringBuilder attributes = new StringBuilder("<Id");
        for (int i = 0; i < 100_000; i++) {
            attributes.append(" a").append(i).append("=''");
        }
        refused(changed(STATEMENT, "<Id", attributes.toString()));
    }

    @ParameterizedTest
    @CsvSource({
        "camt.053.001.08, camt.053.001.13",
        "camt.053.001.08, pain.001.001.09",
        "urn:iso:std:iso:20022:tech:xsd:camt.053.001.08, ''"
    })
    void anotherMessageIsRefusedByNameAndTheKnownOnesAreNamed(String from, String to) {
        String namespace = to.isEmpty() ? "" : "urn:iso:std:iso:20022:tech:xsd:" + to;
        refused(changed(STATEMENT, from, to))
                .hasMessageStartingWith("namespace \"" + namespace + "\": expected one of ")
                .hasMessageContaining("pain.002.001.03,")
                .hasMessageContaining("pain.002.001.10,")
                .hasMessageContaining("camt.053.001.02,")
                .hasMessageEndingWith("camt.053.001.08");
    }

    @Test
    void aMessageInTheNamespaceOfAnotherIsRefused() {
        refused(changed("accepted.pain.002.001.10.xml", "pain.002.001.10", "camt.053.001.08"))
                .hasMessage(
                        "line 3: Document/CstmrPmtStsRpt: not as its schema says: Invalid content"
                                + " was found starting with element '{CstmrPmtStsRpt}'. One of"
                                + " '{BkToCstmrStmt}' is expected.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "<", "Hello", "<Document/>", "\u0000\u0000\u0000\u0000"})
    void whatIsNoMessageIsRefused(String text) {
        refused(utf8(text)).hasMessageContaining("expected");
    }

    @Test
    void aFileThatEndsTooEarlyIsRefused() {
        byte[] file = BankSamples.bytes(STATEMENT);

        refused(Arrays.copyOf(file, file.length / 2)).hasMessageContaining("line ");
    }

    @Test
    void aFaultOfStructureIsNamedWithItsLine() {
        refused(changed(STATEMENT, "<NtryRef>1</NtryRef>", "<NtryReff>1</NtryReff>"))
                .hasMessageStartingWith(
                        "line 24: Document/BkToCstmrStmt/Stmt/Ntry/NtryReff: not as its schema"
                                + " says: ")
                .hasMessageContaining("'{NtryRef, Amt}' is expected")
                .satisfies(
                        e -> assertThat(((MalformedBankMessageException) e).line()).isEqualTo(24));
    }

    @ParameterizedTest
    @CsvSource({
        "<IBAN>DE89370400440532013000, <IBAN>de89370400440532013000, Acct/Id/IBAN",
        "<IBAN>DE89370400440532013000, <IBAN>DE88370400440532013000, iban: expected an IBAN",
        "<Nm>René Müller, <Nm></Nm><Nm>René Müller, Pty",
        "<EndToEndId>0199, <EndToEndId>René Müller DE89370400440532013000 0199, EndToEndId",
        "<Ustrd>Invoice, <Ustrd>respect to René with respect to DE89370400440532013000', RmtInf"
    })
    void noFaultIsToldWithANameOrAnAccount(String from, String to, String where) {
        String text = to.contains("<Ustrd>") ? to + "x".repeat(200) : to;
        refused(changed(STATEMENT, from, text))
                .hasMessageContaining(where)
                .hasMessageNotContaining("René")
                .hasMessageNotContaining("0532013000");
    }

    @Test
    void aFaultyValueIsToldByWhatWasExpected() {
        refused(changed(STATEMENT, "<CdtDbtInd>CRDT", "<CdtDbtInd>BOTH"))
                .hasMessage(
                        "line 19: Document/BkToCstmrStmt/Stmt/Bal/CdtDbtInd: a value that its"
                                + " schema refuses (cvc-enumeration-valid): expected enumeration"
                                + " '[CRDT, DBIT]'. It must be a value from the enumeration.");
    }

    @ParameterizedTest
    @CsvSource({
        "-100.50, schema refuses",
        "1e2, schema refuses",
        "100.505, 'expected 0 or more, at most 2 decimals and 18 digits'",
        "99999999999999999, 'expected 0 or more, at most 2 decimals and 18 digits'",
        "1234567890123456789, schema refuses",
        "'', schema refuses",
        "NaN, schema refuses"
    })
    void anAmountIsReadStrictly(String amount, String expected) {
        refused(changed(STATEMENT, "\"EUR\">100.50</Amt>", "\"EUR\">" + amount + "</Amt>"))
                .hasMessageStartingWith("line 25: ")
                .hasMessageContaining(expected);
    }

    @Test
    void anAmountInACurrencyThatIsNoneIsRefused() {
        refused(changed(STATEMENT, "\"EUR\">100.50</Amt>", "\"ZZZ\">100.50</Amt>"))
                .hasMessage(
                        "line 25: Amt: currency \"ZZZ\": expected an ISO 4217 code with minor"
                                + " units");
    }

    @Test
    void anAmountOfMillionsOfDigitsTakesNoTime() {
        byte[] file =
                changed(STATEMENT, ">100.50</Amt>", ">100.50" + "0".repeat(20_000_000) + "</Amt>");

        Assertions.assertTimeoutPreemptively(Duration.ofSeconds(60), () -> refused(file));
    }

    @Test
    void aDateBeyondTheYearsThatPeopleWriteIsRefused() {
        refused(changed(STATEMENT, "<Dt>2026-03-03</Dt>", "<Dt>12026-03-03</Dt>"))
                .hasMessageContaining("Dt: \"12026-03-03\": expected a date");
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-8", "UTF-16", "UTF-16LE", "UTF-16BE", "ISO-8859-1", "US-ASCII"})
    void aMessageIsReadInTheEncodingThatItDeclares(String encoding) {
        String text = BankSamples.text(REPORT).replace("\"UTF-8\"", "\"" + encoding + "\"");
        if (encoding.equals("US-ASCII")) {
            text = text.replace("René Müller", "Rene");
        }

        assertThat(messages.read(text.getBytes(Charset.forName(encoding))))
                .isEqualTo(messages.read(BankSamples.bytes(REPORT)));
    }

    @Test
    void aByteOrderMarkIsNoFault() {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.writeBytes(new byte[] {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF});
        file.writeBytes(BankSamples.bytes(REPORT));

        assertThat(messages.read(file.toByteArray()))
                .isEqualTo(messages.read(BankSamples.bytes(REPORT)));
    }

    @Test
    void bytesThatAreNoTextInTheirEncodingAreRefused() {
        byte[] latin = BankSamples.text(REPORT).getBytes(StandardCharsets.ISO_8859_1);

        refused(latin).hasMessageContaining("expected");
        refused(changed(REPORT, "\"UTF-8\"", "\"KLINGON\"")).hasMessageContaining("expected");
    }

    @Test
    void whateverIsDamagedIsReadOrRefusedAndNothingElse() {
        long seed = 53_001;
        Random random = new Random(seed);
        String[] samples = {STATEMENT, REPORT, "statement.camt.053.001.02.xml"};
        int refusals = 0;
        for (int run = 0; run < 600; run++) {
            byte[] file = BankSamples.bytes(samples[run % samples.length]);
            int damages = 1 + random.nextInt(3);
            for (int i = 0; i < damages; i++) {
                file[random.nextInt(file.length)] = (byte) random.nextInt(256);
            }
            try {
                messages.read(file);
            } catch (MalformedBankMessageException e) {
                refusals++;
                assertThat(e.getMessage()).doesNotContain("0532013000").doesNotContain("René");
            } catch (RuntimeException e) {
                throw new AssertionError("seed " + seed + ", run " + run, e);
            }
        }
        assertThat(refusals).isBetween(200, 599);
    }
}

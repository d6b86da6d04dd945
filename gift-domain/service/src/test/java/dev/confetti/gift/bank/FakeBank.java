package dev.confetti.gift.bank;

import java.io.ByteArrayInputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * A bank that took one file of credit transfers and answers as it is told, in pain.002.001.10 and
 * camt.053.001.08. It shares no code with the reader. Each message has an id of its own; a movement
 * has the same reference in every statement that has it. Not thread-safe.
 */
public final class FakeBank {
    private final String messageId;
    private final String debtorIban;
    private final List<Transfer> transfers = new ArrayList<>();
    private int messages;

    private record Transfer(
            String paymentInformationId, String endToEndId, String currency, BigDecimal amount) {}

    /** A movement on the account, as it stands in a statement. */
    private record Entry(String currency, String xml) {
        Entry with(String part, String instead) {
            if (!xml.contains(part)) {
                throw new IllegalArgumentException(part + " is not in " + xml);
            }
            return new Entry(currency, xml.replace(part, instead));
        }

        Entry withoutCharges() {
            return new Entry(currency, xml.replaceAll("(?s)<Chrgs>.*?</Chrgs>", ""));
        }
    }

    private FakeBank(Document file) {
        messageId = text(file.getDocumentElement(), "MsgId");
        debtorIban = text(only(file.getDocumentElement(), "DbtrAcct"), "IBAN");
        for (Element payment : all(file.getDocumentElement(), "PmtInf")) {
            for (Element transfer : all(payment, "CdtTrfTxInf")) {
                Element amount = only(transfer, "InstdAmt");
                transfers.add(
                        new Transfer(
                                text(payment, "PmtInfId"),
                                text(transfer, "EndToEndId"),
                                amount.getAttribute("Ccy"),
                                new BigDecimal(amount.getTextContent())));
            }
        }
    }

    /**
     * The bank that got a file.
     *
     * @param pain001 the bytes that were sent to it
     */
    public static FakeBank given(byte[] pain001) {
        try {
            return new FakeBank(
                    DocumentBuilderFactory.newDefaultNSInstance()
                            .newDocumentBuilder()
                            .parse(new ByteArrayInputStream(pain001)));
        } catch (Exception e) {
            throw new IllegalArgumentException("expected a pain.001 file", e);
        }
    }

    /** The end-to-end ids of the file's transfers, in order. */
    public List<String> endToEndIds() {
        return transfers.stream().map(Transfer::endToEndId).toList();
    }

    /** pain.002: the whole file is accepted. */
    public byte[] accepts() {
        return report("<GrpSts>ACCP</GrpSts>", "");
    }

    /** pain.002: the whole file is rejected, no transfer is listed. */
    public byte[] rejectsFile(String reasonCode) {
        return report("<GrpSts>RJCT</GrpSts>" + reason(reasonCode), "");
    }

    /** pain.002: one part of the file is rejected, none of its transfers is listed. */
    public byte[] rejectsPart(String currency, String reasonCode) {
        String part =
                transfers.stream()
                        .filter(each -> each.currency().equals(currency))
                        .map(Transfer::paymentInformationId)
                        .findFirst()
                        .orElseThrow();
        return report(
                "<GrpSts>PART</GrpSts>",
                """
                <OrgnlPmtInfAndSts><OrgnlPmtInfId>%s</OrgnlPmtInfId><PmtInfSts>RJCT</PmtInfSts>%s</OrgnlPmtInfAndSts>
                """
                        .formatted(part, reason(reasonCode)));
    }

    /**
     * pain.002: some transfers are rejected, the others accepted.
     *
     * @param reasonCodes by end-to-end id
     */
    public byte[] rejects(Map<String, String> reasonCodes) {
        Map<String, List<Transfer>> parts =
                transfers.stream()
                        .collect(
                                Collectors.groupingBy(
                                        Transfer::paymentInformationId,
                                        LinkedHashMap::new,
                                        Collectors.toList()));
        String all =
                parts.entrySet().stream()
                        .map(
                                part ->
                                        "<OrgnlPmtInfAndSts><OrgnlPmtInfId>"
                                                + part.getKey()
                                                + "</OrgnlPmtInfId>"
                                                + statuses(part.getValue(), reasonCodes)
                                                + "</OrgnlPmtInfAndSts>")
                        .collect(Collectors.joining("\n"));
        return report("<GrpSts>PART</GrpSts>", all);
    }

    private static String statuses(List<Transfer> part, Map<String, String> reasonCodes) {
        return part.stream()
                .map(
                        each -> {
                            String code = reasonCodes.get(each.endToEndId());
                            return """
                            <TxInfAndSts><OrgnlEndToEndId>%s</OrgnlEndToEndId><TxSts>%s</TxSts>%s</TxInfAndSts>\
                            """
                                    .formatted(
                                            each.endToEndId(),
                                            code == null ? "ACSP" : "RJCT",
                                            code == null ? "" : reason(code));
                        })
                .collect(Collectors.joining("\n"));
    }

    /** camt.053: all transfers are debited, one entry each. */
    public byte[] settles(LocalDate bookingDate) {
        return settles(Set.copyOf(endToEndIds()), bookingDate);
    }

    /** camt.053: some transfers are debited, one entry each. */
    public byte[] settles(Set<String> endToEndIds, LocalDate bookingDate) {
        return statement(
                bookingDate, entries(endToEndIds, each -> debit(each, "BOOK", bookingDate)));
    }

    /** camt.053: all transfers are expected to be debited, nothing is booked. */
    public byte[] announces(LocalDate bookingDate) {
        return statement(
                bookingDate,
                entries(Set.copyOf(endToEndIds()), each -> debit(each, "PDNG", bookingDate)));
    }

    /** camt.053: one entry for each part of the file, with its transfers as details. */
    public byte[] settlesInOneBooking(LocalDate bookingDate) {
        List<Entry> entries = new ArrayList<>();
        for (String part :
                transfers.stream().map(Transfer::paymentInformationId).distinct().toList()) {
            List<Transfer> booked =
                    transfers.stream()
                            .filter(each -> each.paymentInformationId().equals(part))
                            .toList();
            String details =
                    booked.stream()
                            .map(each -> details(each, each.amount(), "", ""))
                            .collect(Collectors.joining("\n"));
            BigDecimal sum =
                    booked.stream().map(Transfer::amount).reduce(BigDecimal.ZERO, BigDecimal::add);
            entries.add(
                    entry(
                            booked.getFirst().currency(),
                            sum,
                            "DBIT",
                            "BOOK",
                            bookingDate,
                            "B" + part.substring(0, 31),
                            "ESCT",
                            """
                            <NtryDtls><Btch><PmtInfId>%s</PmtInfId><NbOfTxs>%d</NbOfTxs></Btch>%s</NtryDtls>
                            """
                                    .formatted(part, booked.size(), details)));
        }
        return statement(bookingDate, entries);
    }

    /**
     * camt.053: some transfers come back, the fee already taken off.
     *
     * @param feeMinor for each, in minor units of its currency; 0: none
     */
    public byte[] returns(
            Set<String> endToEndIds, String reasonCode, long feeMinor, LocalDate bookingDate) {
        return statement(
                bookingDate,
                entries(endToEndIds, each -> credit(each, reasonCode, feeMinor, bookingDate)));
    }

    /** camt.053: some transfers are debited once more, by mistake. */
    public byte[] settlesAgain(Set<String> endToEndIds, LocalDate bookingDate) {
        return statement(
                bookingDate,
                entries(
                        endToEndIds,
                        each ->
                                debit(each, "BOOK", bookingDate)
                                        .with("<AcctSvcrRef>D", "<AcctSvcrRef>E")));
    }

    /** camt.053: debits are undone. */
    public byte[] undoes(Set<String> endToEndIds, LocalDate bookingDate) {
        return statement(
                bookingDate,
                entries(
                        endToEndIds,
                        each ->
                                plainCredit(each, 0, bookingDate)
                                        .with(
                                                "</CdtDbtInd><Sts>",
                                                "</CdtDbtInd><RvslInd>true</RvslInd><Sts>")));
    }

    /** camt.053: somebody sends us money under the names of transfers. */
    public byte[] receives(Set<String> endToEndIds, long lessMinor, LocalDate bookingDate) {
        return statement(
                bookingDate,
                entries(endToEndIds, each -> plainCredit(each, lessMinor, bookingDate)));
    }

    /** A credit of which the bank does not say that it is a return, nor what is missing. */
    private static Entry plainCredit(Transfer of, long lessMinor, LocalDate bookingDate) {
        return credit(of, "AC04", lessMinor, bookingDate)
                .withoutCharges()
                .with("<RtrInf><Rsn><Cd>AC04</Cd></Rsn></RtrInf>", "")
                .with("RRTN", "ESCT");
    }

    /** camt.053: transfers are debited together with what the bank takes for each. */
    public byte[] settlesWithCharges(long chargesMinor, LocalDate bookingDate) {
        return statement(
                bookingDate,
                entries(
                        Set.copyOf(endToEndIds()),
                        each -> {
                            BigDecimal charge = BigDecimal.valueOf(chargesMinor, 2);
                            return entry(
                                    each.currency(),
                                    each.amount().add(charge),
                                    "DBIT",
                                    "BOOK",
                                    bookingDate,
                                    "C" + each.endToEndId(),
                                    "ESCT",
                                    "<NtryDtls>"
                                            + details(
                                                    each,
                                                    each.amount(),
                                                    charges(each.currency(), charge),
                                                    "")
                                            + "</NtryDtls>");
                        }));
    }

    private static String charges(String currency, BigDecimal amount) {
        return """
        <Chrgs><Rcrd><Amt Ccy="%s">%s</Amt><CdtDbtInd>DBIT</CdtDbtInd><ChrgInclInd>true</ChrgInclInd></Rcrd></Chrgs>
        """
                .formatted(currency, amount.toPlainString());
    }

    private List<Entry> entries(Set<String> endToEndIds, Function<Transfer, Entry> entry) {
        return transfers.stream()
                .filter(each -> endToEndIds.contains(each.endToEndId()))
                .map(entry)
                .toList();
    }

    private static Entry debit(Transfer of, String status, LocalDate bookingDate) {
        return entry(
                of.currency(),
                of.amount(),
                "DBIT",
                status,
                bookingDate,
                "D" + of.endToEndId(),
                "ESCT",
                "<NtryDtls>" + details(of, of.amount(), "", "") + "</NtryDtls>");
    }

    private static Entry credit(
            Transfer of, String reasonCode, long feeMinor, LocalDate bookingDate) {
        int digits = Currency.getInstance(of.currency()).getDefaultFractionDigits();
        BigDecimal fee = BigDecimal.valueOf(feeMinor, digits);
        String charges = feeMinor == 0 ? "" : charges(of.currency(), fee);
        String why = "<RtrInf><Rsn><Cd>" + reasonCode + "</Cd></Rsn></RtrInf>";
        return entry(
                of.currency(),
                of.amount().subtract(fee),
                "CRDT",
                "BOOK",
                bookingDate,
                "R" + of.endToEndId(),
                "RRTN",
                "<NtryDtls>"
                        + details(of, of.amount().subtract(fee), charges, why)
                        + "</NtryDtls>");
    }

    private static Entry entry(
            String currency,
            BigDecimal amount,
            String direction,
            String status,
            LocalDate bookingDate,
            String reference,
            String subFamily,
            String details) {
        return new Entry(
                currency,
                """
                <Ntry><Amt Ccy="%s">%s</Amt><CdtDbtInd>%s</CdtDbtInd><Sts><Cd>%s</Cd></Sts>
                <BookgDt><Dt>%s</Dt></BookgDt><AcctSvcrRef>%s</AcctSvcrRef>
                <BkTxCd><Domn><Cd>PMNT</Cd><Fmly><Cd>ICDT</Cd><SubFmlyCd>%s</SubFmlyCd></Fmly></Domn></BkTxCd>
                %s</Ntry>
                """
                        .formatted(
                                currency,
                                amount.toPlainString(),
                                direction,
                                status,
                                bookingDate,
                                reference,
                                subFamily,
                                details));
    }

    private static String details(Transfer of, BigDecimal amount, String charges, String why) {
        return """
        <TxDtls><Refs><PmtInfId>%s</PmtInfId><EndToEndId>%s</EndToEndId></Refs>
        <Amt Ccy="%s">%s</Amt>
        <AmtDtls><InstdAmt><Amt Ccy="%s">%s</Amt></InstdAmt></AmtDtls>%s%s</TxDtls>
        """
                .formatted(
                        of.paymentInformationId(),
                        of.endToEndId(),
                        of.currency(),
                        amount.toPlainString(),
                        of.currency(),
                        of.amount().toPlainString(),
                        charges,
                        why);
    }

    private byte[] report(String groupStatus, String parts) {
        return bytes(
                """
                <?xml version="1.0" encoding="UTF-8"?>
                <Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.002.001.10"><CstmrPmtStsRpt>
                <GrpHdr><MsgId>%s</MsgId><CreDtTm>2026-03-02T10:00:00Z</CreDtTm></GrpHdr>
                <OrgnlGrpInfAndSts><OrgnlMsgId>%s</OrgnlMsgId><OrgnlMsgNmId>pain.001.001.09</OrgnlMsgNmId>%s</OrgnlGrpInfAndSts>
                %s</CstmrPmtStsRpt></Document>
                """
                        .formatted(nextMessageId(), messageId, groupStatus, parts));
    }

    /** One statement for each currency; one without a movement, if there is none at all. */
    private byte[] statement(LocalDate date, List<Entry> entries) {
        String id = nextMessageId();
        List<String> currencies =
                (entries.isEmpty()
                                ? transfers.stream().map(Transfer::currency)
                                : entries.stream().map(Entry::currency))
                        .distinct()
                        .sorted()
                        .toList();
        StringBuilder statements = new StringBuilder();
        for (String currency : currencies) {
            statements.append(
                    """
                    <Stmt><Id>%s</Id><CreDtTm>%sT22:00:00Z</CreDtTm><Acct><Id><IBAN>%s</IBAN></Id></Acct>
                    <Bal><Tp><CdOrPrtry><Cd>CLBD</Cd></CdOrPrtry></Tp><Amt Ccy="%s">1000000</Amt>
                    <CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>%s</Dt></Dt></Bal>
                    %s</Stmt>
                    """
                            .formatted(
                                    id + currency,
                                    date,
                                    debtorIban,
                                    currency,
                                    date,
                                    entries.stream()
                                            .filter(each -> each.currency().equals(currency))
                                            .map(Entry::xml)
                                            .collect(Collectors.joining())));
        }
        return bytes(
                """
                <?xml version="1.0" encoding="UTF-8"?>
                <Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt>
                <GrpHdr><MsgId>%s</MsgId><CreDtTm>%sT22:00:00Z</CreDtTm></GrpHdr>
                %s</BkToCstmrStmt></Document>
                """
                        .formatted(id, date, statements));
    }

    private String nextMessageId() {
        messages++;
        return "FAKE-" + messageId.substring(0, Math.min(16, messageId.length())) + "-" + messages;
    }

    private static String reason(String code) {
        return "<StsRsnInf><Rsn><Cd>" + code + "</Cd></Rsn></StsRsnInf>";
    }

    private static byte[] bytes(String xml) {
        return xml.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(Element of, String name) {
        return only(of, name).getTextContent();
    }

    private static Element only(Element of, String name) {
        return all(of, name).getFirst();
    }

    private static List<Element> all(Element of, String name) {
        NodeList found = of.getElementsByTagNameNS("*", name);
        List<Element> elements = new ArrayList<>();
        for (int i = 0; i < found.getLength(); i++) {
            elements.add((Element) found.item(i));
        }
        return elements;
    }
}

package dev.confetti.gift.bank;

import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.xml.stream.XMLStreamException;
import org.jspecify.annotations.Nullable;

/**
 * Writes a batch as ISO 20022 pain.001.001.09, customer credit transfer initiation: one payment
 * information for each currency, in the currencies' alphabetical order. Euro goes by the SEPA rules
 * (EPC 132-08), other currencies with charges shared.
 */
public final class CreditTransferInitiation {
    private static final MessageSchema SCHEMA = MessageSchema.PAIN_001_001_09;
    private static final String EURO = "EUR";
    private static final String NOT_PROVIDED = "NOTPROVIDED";

    /**
     * The batch as a file in UTF-8; the same batch is the same bytes, always. It holds names and
     * account numbers. Names are in the characters of {@link SepaText}, cut to 70.
     *
     * @throws IllegalStateException if the schema refuses what was written: a fault of ours
     */
    public byte[] write(CreditTransferBatch batch) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (XmlOut out = new XmlOut(bytes)) {
            out.document(
                    SCHEMA.namespace(),
                    () -> out.element(SCHEMA.rootName(), () -> message(out, batch)));
        } catch (XMLStreamException e) {
            throw new IllegalStateException("batch " + batch.batchId() + " cannot be written", e);
        }
        byte[] file = bytes.toByteArray();
        try {
            SCHEMA.validate(file);
        } catch (MalformedBankMessageException e) {
            throw new IllegalStateException("batch " + batch.batchId() + " is written wrong", e);
        }
        return file;
    }

    private static void message(XmlOut out, CreditTransferBatch batch) throws XMLStreamException {
        out.element("GrpHdr", () -> header(out, batch));
        Map<String, List<CreditTransfer>> byCurrency =
                batch.transfers().stream()
                        .collect(
                                Collectors.groupingBy(
                                        CreditTransfer::currency,
                                        TreeMap::new,
                                        Collectors.toList()));
        for (Map.Entry<String, List<CreditTransfer>> each : byCurrency.entrySet()) {
            out.element("PmtInf", () -> payment(out, batch, each.getKey(), each.getValue()));
        }
    }

    private static void header(XmlOut out, CreditTransferBatch batch) throws XMLStreamException {
        out.element("MsgId", batch.messageId());
        out.element(
                "CreDtTm",
                DateTimeFormatter.ISO_INSTANT.format(
                        batch.createdAt().truncatedTo(ChronoUnit.SECONDS)));
        totals(out, batch.transfers());
        out.element("InitgPty", () -> name(out, batch.debtor().name()));
    }

    private static void totals(XmlOut out, List<CreditTransfer> transfers)
            throws XMLStreamException {
        out.element("NbOfTxs", String.valueOf(transfers.size()));
        out.element("CtrlSum", CreditTransferBatch.controlSum(transfers).toPlainString());
    }

    private static void payment(
            XmlOut out, CreditTransferBatch batch, String currency, List<CreditTransfer> transfers)
            throws XMLStreamException {
        boolean sepa = currency.equals(EURO);
        out.element("PmtInfId", batch.paymentInformationId(currency));
        out.element("PmtMtd", "TRF");
        // One booking for each payout, so that the statement says of each that it went.
        out.element("BtchBookg", "false");
        totals(out, transfers);
        if (sepa) {
            out.element("PmtTpInf", () -> out.element("SvcLvl", () -> out.element("Cd", "SEPA")));
        }
        out.element("ReqdExctnDt", () -> out.element("Dt", batch.executionDate().toString()));
        out.element("Dbtr", () -> name(out, batch.debtor().name()));
        account(out, "DbtrAcct", batch.debtor().iban());
        agent(out, batch.debtor().bic());
        out.element("ChrgBr", sepa ? "SLEV" : "SHAR");
        for (CreditTransfer transfer : transfers) {
            out.element("CdtTrfTxInf", () -> transfer(out, transfer));
        }
    }

    private static void transfer(XmlOut out, CreditTransfer transfer) throws XMLStreamException {
        out.element("PmtId", () -> out.element("EndToEndId", transfer.endToEndId()));
        BigDecimal amount = CurrencyAmounts.decimal(transfer.amountMinor(), transfer.currency());
        out.element(
                "Amt", () -> out.amount("InstdAmt", transfer.currency(), amount.toPlainString()));
        out.element("Cdtr", () -> name(out, transfer.creditorName()));
        account(out, "CdtrAcct", transfer.creditorIban());
    }

    private static void name(XmlOut out, String name) throws XMLStreamException {
        out.element("Nm", SepaText.name(name));
    }

    private static void account(XmlOut out, String element, Iban iban) throws XMLStreamException {
        out.element(element, () -> out.element("Id", () -> out.element("IBAN", iban.text())));
    }

    private static void agent(XmlOut out, @Nullable String bic) throws XMLStreamException {
        out.element(
                "DbtrAgt",
                () ->
                        out.element(
                                "FinInstnId",
                                () -> {
                                    if (bic == null) {
                                        out.element("Othr", () -> out.element("Id", NOT_PROVIDED));
                                    } else {
                                        out.element("BICFI", bic);
                                    }
                                }));
    }
}

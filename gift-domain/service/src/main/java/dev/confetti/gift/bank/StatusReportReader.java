package dev.confetti.gift.bank;

import dev.confetti.gift.bank.PaymentStatusReport.Part;
import dev.confetti.gift.bank.PaymentStatusReport.Status;
import dev.confetti.gift.bank.PaymentStatusReport.TransactionStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/** Reads pain.002, versions 03 and 10, which agree in all that is read here. */
final class StatusReportReader {
    private final XMLStreamReader in;
    private final List<Part> parts = new ArrayList<>();
    private String messageId = "";
    private String originalMessageId = "";
    private @Nullable Status groupStatus;

    /**
     * @param in right after the beginning of {@code CstmrPmtStsRpt}, of a file that is valid
     */
    StatusReportReader(XMLStreamReader in) {
        this.in = in;
    }

    PaymentStatusReport read() throws XMLStreamException {
        XmlElement.forEachChild(
                in,
                name -> {
                    switch (name) {
                        case "GrpHdr" -> messageId = XmlElement.read(in).required("MsgId");
                        case "OrgnlGrpInfAndSts" -> group(XmlElement.read(in));
                        case "OrgnlPmtInfAndSts" -> parts.add(part());
                        default -> XmlElement.skip(in);
                    }
                });
        return new PaymentStatusReport(messageId, originalMessageId, groupStatus, parts);
    }

    private void group(XmlElement group) {
        originalMessageId = group.required("OrgnlMsgId");
        groupStatus = status(group, "GrpSts", null);
    }

    private Part part() throws XMLStreamException {
        int line = in.getLocation().getLineNumber();
        List<XmlElement> heads = new ArrayList<>();
        List<TransactionStatus> transactions = new ArrayList<>();
        XmlElement.forEachChild(
                in,
                name -> {
                    XmlElement child = XmlElement.read(in);
                    if (name.equals("TxInfAndSts")) {
                        // The schema has the part's own status before its transactions.
                        transactions.add(transaction(child, partStatus(heads, line)));
                    } else {
                        heads.add(child);
                    }
                });
        XmlElement head = head(heads, line);
        return new Part(
                head.required("OrgnlPmtInfId"), status(head, "PmtInfSts", null), transactions);
    }

    private static XmlElement head(List<XmlElement> heads, int line) {
        return new XmlElement("OrgnlPmtInfAndSts", "", null, line, heads);
    }

    private @Nullable Status partStatus(List<XmlElement> heads, int line) {
        return status(head(heads, line), "PmtInfSts", groupStatus);
    }

    private static TransactionStatus transaction(
            XmlElement transaction, @Nullable Status inherited) {
        return new TransactionStatus(
                GivenIds.given(transaction.textAt("OrgnlEndToEndId")),
                status(transaction, "TxSts", inherited));
    }

    private static @Nullable Status status(XmlElement of, String name, @Nullable Status inherited) {
        String code = of.textAt(name);
        if (code == null) {
            return inherited;
        }
        List<XmlElement> reasons = of.all("StsRsnInf").toList();
        return new Status(
                code,
                reasons.stream()
                        .flatMap(reason -> reason.all("Rsn"))
                        .flatMap(reason -> reason.children().stream())
                        .map(XmlElement::text)
                        .findFirst()
                        .orElse(null),
                text(reasons));
    }

    private static @Nullable String text(List<XmlElement> reasons) {
        String joined =
                reasons.stream()
                        .flatMap(reason -> reason.all("AddtlInf"))
                        .map(XmlElement::text)
                        .collect(Collectors.joining(" "));
        return joined.isEmpty() ? null : joined;
    }
}

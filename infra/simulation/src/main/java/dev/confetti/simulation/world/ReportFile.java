package dev.confetti.simulation.world;

import dev.confetti.simulation.model.ReportLine;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A provider's report as its file, in the service's own CSV format. */
final class ReportFile {
    private ReportFile() {}

    static byte[] of(String reference, List<ReportLine> lines, Names names) {
        StringBuilder csv =
                new StringBuilder(
                        "reference,date,kind,providerReference,currency,gross,fee,net\r\n");
        for (ReportLine line : lines) {
            csv.append(
                    String.join(
                                    ",",
                                    reference,
                                    "2026-03-30",
                                    line.kind(),
                                    providerReference(line, names),
                                    "USD",
                                    money(line.grossMinor()),
                                    money(line.feeMinor()),
                                    money(line.grossMinor() - line.feeMinor()))
                            + "\r\n");
        }
        return csv.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** As the sandbox names payments and refunds. */
    private static String providerReference(ReportLine line, Names names) {
        return switch (line.kind()) {
            case "purchase" -> "sandbox-" + names.idOrText(line.purchase());
            case "refund" -> "sandbox-refund-" + names.idOrText(line.purchase());
            default -> line.reference();
        };
    }

    private static String money(long minor) {
        return BigDecimal.valueOf(minor, 2).toPlainString();
    }
}

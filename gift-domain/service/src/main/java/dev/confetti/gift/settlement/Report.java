package dev.confetti.gift.settlement;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What one report says of one payment in one currency.
 *
 * @param reference the provider's name of the payment
 */
record Report(String reference, String currency, List<ReportLine> lines) {
    private record Key(String reference, String currency) {}

    /** As their texts are ordered, in which no character is before the tab, without making them. */
    private static final Comparator<ReportLine> AS_TEXT =
            Comparator.comparing((ReportLine line) -> line.kind().text())
                    .thenComparing(ReportLine::reference)
                    .thenComparing(line -> Long.toString(line.grossMinor()))
                    .thenComparing(line -> Long.toString(line.feeMinor()));

    /** A file's reports, in the order in which they begin. */
    static List<Report> of(List<ReportLine> lines) {
        Map<Key, List<ReportLine>> byKey = new LinkedHashMap<>();
        for (ReportLine line : lines) {
            byKey.computeIfAbsent(
                            new Key(line.settlement(), line.currency()), key -> new ArrayList<>())
                    .add(line);
        }
        return byKey.entrySet().stream()
                .map(
                        each ->
                                new Report(
                                        each.getKey().reference(),
                                        each.getKey().currency(),
                                        List.copyOf(each.getValue())))
                .toList();
    }

    /** The same for the same lines, whatever their order in the file and its further columns. */
    String sha256() {
        MessageDigest digest = sha256Digest();
        boolean first = true;
        for (ReportLine line : lines.stream().sorted(AS_TEXT).toList()) {
            String text =
                    String.join(
                            "\t",
                            line.kind().text(),
                            line.reference(),
                            Long.toString(line.grossMinor()),
                            Long.toString(line.feeMinor()));
            digest.update(((first ? "" : "\n") + text).getBytes(StandardCharsets.UTF_8));
            first = false;
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest sha256Digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}

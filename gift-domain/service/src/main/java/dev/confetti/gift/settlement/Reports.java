package dev.confetti.gift.settlement;

import dev.confetti.gift.problem.ProblemType;
import dev.confetti.gift.problem.RefusedException;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.apache.commons.csv.DuplicateHeaderMode;

/** Reads providers' reports: CSV (RFC 4180) in UTF-8, with or without a byte order mark. */
final class Reports {
    /** A day of a large platform; what is more comes as several reports. */
    static final int MOST_LINES = 100_000;

    private static final CSVFormat CSV =
            CSVFormat.RFC4180
                    .builder()
                    .setHeader()
                    .setSkipHeaderRecord(true)
                    .setIgnoreEmptyLines(true)
                    .setIgnoreSurroundingSpaces(true)
                    .setDuplicateHeaderMode(DuplicateHeaderMode.DISALLOW)
                    .get();

    private Reports() {}

    /**
     * Reads a report; its columns say whose format it is.
     *
     * @return at least one line
     * @throws RefusedException {@code malformed-request}, with line, column and value where one is
     *     to blame
     */
    static List<ReportLine> read(byte[] csv) {
        String text = text(csv);
        try (CSVParser parser =
                CSVParser.builder().setReader(new StringReader(text)).setFormat(CSV).get()) {
            ReportFormat format = format(parser.getHeaderNames());
            List<ReportLine> lines = new ArrayList<>();
            Turnover turnover = new Turnover();
            for (Iterator<CSVRecord> records = parser.iterator(); records.hasNext(); ) {
                CSVRecord record = records.next();
                long line = parser.getCurrentLineNumber();
                if (!record.isConsistent()) {
                    throw malformed(
                            "line "
                                    + line
                                    + ": expected as many cells as the header has, "
                                    + parser.getHeaderNames().size()
                                    + ", got "
                                    + record.size(),
                            Map.of("line", line));
                }
                if (lines.size() == MOST_LINES) {
                    throw malformed(
                            "line " + line + ": expected at most " + MOST_LINES + " lines",
                            Map.of("line", line));
                }
                Cells cells = new Cells(record, line);
                ReportLine read = format.line(cells);
                turnover.add(cells, read, format.gross(), format.fee());
                lines.add(read);
            }
            if (lines.isEmpty()) {
                throw malformed("body: expected lines after the header, got none", Map.of());
            }
            return lines;
        } catch (IOException | UncheckedIOException | IllegalArgumentException e) {
            throw malformed("body: expected CSV with a header: " + e.getMessage(), Map.of());
        }
    }

    private static String text(byte[] csv) {
        try {
            String text =
                    StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(csv)).toString();
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw malformed("body: expected UTF-8, got bytes that are none", Map.of());
        }
    }

    private static ReportFormat format(List<String> header) {
        ReportFormat format =
                header.contains(StripeFormat.PAYOUT) ? new StripeFormat() : new PlainFormat();
        List<String> missing =
                format.columns().stream().filter(column -> !header.contains(column)).toList();
        if (!missing.isEmpty()) {
            throw malformed(
                    "line 1: expected the columns "
                            + format.columns()
                            + ", missing are "
                            + missing
                            + ", got "
                            + header,
                    Map.of("line", 1, "missing", missing));
        }
        return format;
    }

    /** The line, its amounts in order: the sign of its kind, and the provider's own arithmetic. */
    static ReportLine checked(Cells cells, ReportLine line, String gross, String net) {
        if (!line.kind().allows(line.grossMinor())) {
            throw cells.malformed(
                    gross,
                    cells.text(gross),
                    "the sign of a "
                            + line.kind().text()
                            + ": above 0 is for us, below 0 goes back");
        }
        long netMinor = cells.minor(net, line.currency());
        if (netMinor != line.netMinor()) {
            throw cells.malformed(
                    net, cells.text(net), "gross less fee, " + line.netMinor() + " minor units");
        }
        return line;
    }

    private static RefusedException malformed(String detail, Map<String, Object> where) {
        return new RefusedException(ProblemType.MALFORMED_REQUEST, detail, where);
    }
}

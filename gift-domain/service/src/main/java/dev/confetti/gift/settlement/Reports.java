package dev.confetti.gift.settlement;

import dev.confetti.gift.problem.ProblemType;
import dev.confetti.gift.problem.RefusedException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.commons.csv.CSVException;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.apache.commons.csv.DuplicateHeaderMode;

/** Reads providers' reports: CSV (RFC 4180) in UTF-8, with or without a byte order mark. */
final class Reports {
    /**
     * A month of a large platform, some 150 MB in memory. A payment's lines must come together:
     * more of them under the same name would be another settlement.
     */
    static final int MOST_LINES = 1_000_000;

    private static final int BYTE_ORDER_MARK = 0xFEFF;

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
     * Reads a report as it comes; its columns say whose format it is.
     *
     * @return at least one line
     * @throws RefusedException {@code malformed-request}, with line, column and value where one is
     *     to blame
     * @throws IOException when the report cannot be read to its end
     */
    static List<ReportLine> read(InputStream csv) throws IOException {
        try (CSVParser parser = CSVParser.builder().setReader(text(csv)).setFormat(CSV).get()) {
            List<ReportLine> lines = lines(parser, format(parser.getHeaderNames()));
            if (lines.isEmpty()) {
                throw malformed("body: expected lines after the header, got none", Map.of());
            }
            return lines;
        } catch (UncheckedIOException e) {
            throw failed(Objects.requireNonNull(e.getCause()));
        } catch (IOException e) {
            throw failed(e);
        } catch (IllegalArgumentException e) {
            throw noCsv(e);
        }
    }

    private static List<ReportLine> lines(CSVParser parser, ReportFormat format) {
        List<ReportLine> lines = new ArrayList<>();
        Turnover turnover = new Turnover();
        Map<String, String> names = new HashMap<>();
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
            lines.add(read.sharing(names));
        }
        return lines;
    }

    private static Reader text(InputStream csv) throws IOException {
        // The decoder reports what it cannot decode; a stream's own would replace it.
        BufferedReader text =
                new BufferedReader(new InputStreamReader(csv, StandardCharsets.UTF_8.newDecoder()));
        text.mark(1);
        if (text.read() != BYTE_ORDER_MARK) {
            text.reset();
        }
        return text;
    }

    private static RuntimeException failed(IOException e) throws IOException {
        if (e instanceof CharacterCodingException) {
            return malformed("body: expected UTF-8, got bytes that are none", Map.of());
        }
        if (e instanceof CSVException) {
            return noCsv(e);
        }
        throw e;
    }

    private static RefusedException noCsv(Exception e) {
        return malformed("body: expected CSV with a header: " + e.getMessage(), Map.of());
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

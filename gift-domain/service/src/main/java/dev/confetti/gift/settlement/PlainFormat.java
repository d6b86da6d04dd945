package dev.confetti.gift.settlement;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** Our own format, for providers whose reports are brought into it first. */
final class PlainFormat implements ReportFormat {
    private static final String REFERENCE = "reference";
    private static final String DATE = "date";
    private static final String KIND = "kind";
    private static final String PROVIDER_REFERENCE = "providerReference";
    private static final String CURRENCY = "currency";
    private static final String GROSS = "gross";
    private static final String FEE = "fee";
    private static final String NET = "net";
    private static final String KINDS =
            Arrays.stream(LineKind.values()).map(LineKind::text).collect(Collectors.joining(", "));

    @Override
    public List<String> columns() {
        return List.of(REFERENCE, DATE, KIND, PROVIDER_REFERENCE, CURRENCY, GROSS, FEE, NET);
    }

    @Override
    public String gross() {
        return GROSS;
    }

    @Override
    public String fee() {
        return FEE;
    }

    @Override
    public ReportLine line(Cells cells) {
        String kindText = cells.text(KIND);
        LineKind kind =
                LineKind.named(kindText)
                        .orElseThrow(() -> cells.malformed(KIND, kindText, "one of " + KINDS));
        requireDate(cells);
        String currency = cells.currency(CURRENCY);
        ReportLine line =
                new ReportLine(
                        cells.line(),
                        cells.required(REFERENCE, "the provider's name of the settlement"),
                        kind,
                        kind == LineKind.FEE || kind == LineKind.OTHER
                                ? cells.text(PROVIDER_REFERENCE)
                                : cells.required(
                                        PROVIDER_REFERENCE,
                                        "the provider's name of the " + kind.text()),
                        currency,
                        cells.minor(GROSS, currency),
                        cells.minor(FEE, currency));
        return Reports.checked(cells, line, GROSS, NET);
    }

    private static void requireDate(Cells cells) {
        String date = cells.text(DATE);
        try {
            LocalDate.parse(date);
        } catch (DateTimeParseException e) {
            throw cells.malformed(DATE, date, "a date as YYYY-MM-DD");
        }
    }
}

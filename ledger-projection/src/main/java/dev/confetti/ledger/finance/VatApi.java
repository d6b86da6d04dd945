package dev.confetti.ledger.finance;

import dev.confetti.ledger.journal.CountryTax;
import dev.confetti.ledger.journal.LedgerPosition;
import dev.confetti.ledger.journal.LedgerTransactions;
import dev.confetti.ledger.posting.Asset;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.sql.SQLException;
import java.time.YearMonth;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Tax on sales, by where buyers were taxed. */
@RestController
@RequestMapping("/v1/ledger/vat")
@Tag(name = "Ledger")
class VatApi {
    private static final YearMonth FIRST = YearMonth.of(1970, 1);

    private final LedgerTransactions ledger;

    VatApi(LedgerTransactions ledger) {
        this.ledger = ledger;
    }

    /** One country in one month and currency. */
    record CountryRow(
            @Schema(type = "string", example = "2026-01") String month,
            @Schema(
                            example = "DE",
                            description = "ISO 3166-1 alpha-2; null where nobody has told it")
                    @Nullable String country,
            @Schema(example = "EUR") String currency,
            @Schema(example = "4.000000") String charged,
            @Schema(example = "1.000000", description = "by refunds and lost disputes")
                    String returned,
            @Schema(example = "3.000000", description = "charged - returned") String net) {
        static CountryRow of(CountryTax.Row row) {
            Asset currency = row.currency();
            return new CountryRow(
                    row.month().toString(),
                    row.country(),
                    currency.code(),
                    currency.decimal(row.charged()),
                    currency.decimal(row.returned()),
                    currency.decimal(Math.subtractExact(row.charged(), row.returned())));
        }
    }

    record VatAnswer(List<CountryRow> countries, AsOf asOf) {}

    @GetMapping
    @Operation(
            summary = "Tax on sales by month, country and currency",
            description =
                    "Months are in UTC by recording; what a refund or a lost dispute gives back"
                            + " counts in its own month, for the country of the purchase. Together"
                            + " they are the movement of 2210:vat-payable: what is posted there"
                            + " without a purchase, such as by an adjustment, has no country.")
    @Parameter(
            in = ParameterIn.QUERY,
            name = "from",
            description = "first month, YYYY-MM; the first there is if missing")
    @Parameter(
            in = ParameterIn.QUERY,
            name = "to",
            description = "last month, within; that of the last entry if missing or later")
    VatAnswer vat(@Parameter(hidden = true) HttpServletRequest request) throws SQLException {
        Parameters query = new Parameters(request, "from", "to");
        YearMonth from = query.month("from");
        YearMonth to = query.month("to");
        return ledger.read(
                connection -> {
                    LedgerPosition applied = LedgerPosition.read(connection);
                    Months months =
                            Months.of(from, to, FIRST, MovementsApi.latestMonth(connection));
                    return new VatAnswer(
                            CountryTax.read(connection, months.from(), months.to()).stream()
                                    .map(CountryRow::of)
                                    .toList(),
                            new AsOf(applied.position(), applied.position()));
                });
    }
}

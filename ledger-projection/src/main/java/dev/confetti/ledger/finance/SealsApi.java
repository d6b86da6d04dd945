package dev.confetti.ledger.finance;

import dev.confetti.ledger.journal.LedgerTransactions;
import dev.confetti.ledger.journal.StoredSeals;
import dev.confetti.ledger.seal.Seal;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.sql.SQLException;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Seals of closed months; one of them and an export prove a month unchanged. */
@RestController
@RequestMapping("/v1/ledger/seals")
@Tag(name = "Ledger")
class SealsApi {
    private static final Pattern PERIOD = Pattern.compile("\\d{4}-(0[1-9]|1[0-2])");

    private final LedgerTransactions ledger;

    SealsApi(LedgerTransactions ledger) {
        this.ledger = ledger;
    }

    /** Seals in the order of their months. */
    record SealList(List<Seal> seals, @Nullable String nextCursor) {}

    @GetMapping
    @Operation(summary = "Seals of closed months, in order")
    @Parameter(in = ParameterIn.QUERY, name = "limit", description = "1 to 1000, default 100")
    @Parameter(in = ParameterIn.QUERY, name = "cursor", description = "nextCursor of a page")
    SealList seals(@Parameter(hidden = true) HttpServletRequest request) throws SQLException {
        Parameters query = new Parameters(request, "limit", "cursor");
        int limit = query.limit();
        List<String> cursor = query.cursor(1);
        String after = cursor.isEmpty() ? "" : cursor.getFirst();
        List<Seal> found =
                ledger.read(connection -> StoredSeals.after(connection, after, limit + 1));
        List<Seal> seals = found.stream().limit(limit).toList();
        return new SealList(
                seals,
                found.size() <= limit ? null : Parameters.cursorOf(seals.getLast().period()));
    }

    @GetMapping("/{period}")
    @Operation(
            summary =
                    "The seal of one month: where the journal stood at its end, signed; keep it"
                            + " outside, and verify an export against it")
    Seal seal(
            @Parameter(description = "a closed month, YYYY-MM") @PathVariable String period,
            @Parameter(hidden = true) HttpServletRequest request)
            throws SQLException {
        Parameters.none(request);
        if (!PERIOD.matcher(period).matches()) {
            throw Refusal.malformed("period \"" + period + "\": expected YYYY-MM");
        }
        return ledger.read(connection -> StoredSeals.find(connection, period))
                .orElseThrow(
                        () ->
                                Refusal.notFound(
                                        "seal of " + period + ": expected a month that is closed"));
    }
}

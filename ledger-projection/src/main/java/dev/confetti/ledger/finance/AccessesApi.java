package dev.confetti.ledger.finance;

import dev.confetti.ledger.access.AccessLog;
import dev.confetti.ledger.access.LoggedAccess;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Who asked the ledger what. */
@RestController
@RequestMapping("/v1/ledger/accesses")
@Tag(name = "Ledger")
class AccessesApi {
    private final AccessLog log;

    AccessesApi(AccessLog log) {
        this.log = log;
    }

    /** One request. */
    record AccessRow(
            Instant at,
            @Schema(example = "fin-7", description = "the token's subject") String person,
            @Schema(example = "[\"finance\"]") List<String> roles,
            @Schema(example = "GET") String method,
            @Schema(example = "/v1/ledger/accounts/1010:bank") String path,
            @Schema(example = "asOf=position:8") @Nullable String query,
            @Schema(example = "200", description = "of the answer, when it began") int status) {
        static AccessRow of(LoggedAccess logged) {
            return new AccessRow(
                    logged.at(),
                    logged.access().person(),
                    logged.access().roles(),
                    logged.access().method(),
                    logged.access().path(),
                    logged.access().query(),
                    logged.access().status());
        }
    }

    record AccessList(List<AccessRow> accesses, @Nullable String nextCursor) {}

    @GetMapping
    @Operation(
            summary = "Who asked the ledger what, refused requests as well",
            description =
                    "Every request of a person is here before it is answered; this one is too.")
    @Parameter(in = ParameterIn.QUERY, name = "from", description = "instant or day, within")
    @Parameter(
            in = ParameterIn.QUERY,
            name = "to",
            description = "instant or day, no longer within")
    @Parameter(in = ParameterIn.QUERY, name = "person", description = "id of who asked")
    @Parameter(in = ParameterIn.QUERY, name = "order", description = "asc (default) or desc")
    @Parameter(in = ParameterIn.QUERY, name = "limit", description = "1 to 1000, default 100")
    @Parameter(in = ParameterIn.QUERY, name = "cursor", description = "nextCursor of a page")
    AccessList accesses(@Parameter(hidden = true) HttpServletRequest request) throws SQLException {
        Parameters query =
                new Parameters(request, "from", "to", "person", "order", "limit", "cursor");
        int limit = query.limit();
        Instant from = instant(query, "from");
        Instant to = instant(query, "to");
        if (from != null && to != null && from.isAfter(to)) {
            throw Refusal.malformed("from " + from + ", to " + to + ": expected from before to");
        }
        List<LoggedAccess> found =
                log.read(
                        new AccessLog.Filter(
                                from,
                                to,
                                query.id("person"),
                                place(query.cursor(2)),
                                query.newestFirst()),
                        limit + 1);
        List<LoggedAccess> page = found.stream().limit(limit).toList();
        return new AccessList(
                page.stream().map(AccessRow::of).toList(),
                found.size() <= limit
                        ? null
                        : Parameters.cursorOf(
                                page.getLast().at().toString(),
                                Long.toString(page.getLast().id())));
    }

    private static @Nullable Instant instant(Parameters query, String name) {
        return switch (query.moment(name)) {
            case null -> null;
            case Moment.Time time -> Moment.withinPostgres(time.instant());
            case Moment.Position position ->
                    throw Refusal.malformed(
                            name
                                    + " \""
                                    + Moment.POSITION
                                    + position.position()
                                    + "\": expected an instant such as 2026-01-31T23:59:59Z or a"
                                    + " date such as 2026-01-31");
        };
    }

    private static AccessLog.@Nullable Place place(List<String> cursor) {
        if (cursor.isEmpty()) {
            return null;
        }
        try {
            return new AccessLog.Place(
                    Moment.withinPostgres(Instant.parse(cursor.getFirst())),
                    Long.parseLong(cursor.get(1)));
        } catch (DateTimeException | NumberFormatException e) {
            throw Refusal.malformed("cursor: expected one that a list gave as nextCursor");
        }
    }
}

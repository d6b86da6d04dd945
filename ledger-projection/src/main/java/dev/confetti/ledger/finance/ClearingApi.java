package dev.confetti.ledger.finance;

import dev.confetti.ledger.clearing.OpenItem;
import dev.confetti.ledger.clearing.OpenItems;
import dev.confetti.ledger.journal.ClearingItems;
import dev.confetti.ledger.journal.LedgerPosition;
import dev.confetti.ledger.journal.LedgerTransactions;
import dev.confetti.ledger.posting.Asset;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Accounts that must come to zero: what is open in them, by age. */
@RestController
@RequestMapping("/v1/ledger/clearing")
@Tag(name = "Ledger")
class ClearingApi {
    private static final String AS_OF =
            "an instant by recording, or position:N; the latest if missing. Ages are up to that"
                    + " instant, up to the last entry at that position, or up to now";

    private final LedgerTransactions ledger;
    private final InstantSource clock = InstantSource.system();

    ClearingApi(LedgerTransactions ledger) {
        this.ledger = ledger;
    }

    /** One account in one asset; amounts are positive on the account's normal side. */
    record ClearingRow(
            @Schema(example = "1030:payouts-in-transit") String code,
            @Schema(example = "USD") String asset,
            @Schema(example = "-3.350000") String balance,
            @Schema(description = "when the oldest open item was opened; null when none is open")
                    @Nullable Instant oldest,
            @Schema(
                            example =
                                    "{\"0-7\":\"-3.350000\",\"8-30\":\"0.000000\","
                                            + "\"31-90\":\"0.000000\",\"over-90\":\"0.000000\"}",
                            description = "the balance by days since its items were opened")
                    Map<String, String> ages,
            @Schema(example = "1", description = "open ones; days for a receivable") int items) {
        static ClearingRow of(OpenItems.Of open, Instant now) {
            Asset asset = open.account().asset();
            Map<String, Long> ages = new LinkedHashMap<>();
            for (String bucket : List.of("0-7", "8-30", "31-90", "over-90")) {
                ages.put(bucket, 0L);
            }
            for (OpenItem item : open.items()) {
                ages.merge(bucket(item.ageDays(now)), item.amount(), Math::addExact);
            }
            Map<String, String> decimals = new LinkedHashMap<>();
            ages.forEach((bucket, amount) -> decimals.put(bucket, asset.decimal(amount)));
            return new ClearingRow(
                    open.account().code(),
                    asset.code(),
                    asset.decimal(open.balance()),
                    open.items().isEmpty() ? null : open.items().getFirst().since(),
                    decimals,
                    open.items().size());
        }

        private static String bucket(long days) {
            return days <= 7 ? "0-7" : days <= 30 ? "8-30" : days <= 90 ? "31-90" : "over-90";
        }
    }

    record ClearingAnswer(List<ClearingRow> accounts, AsOf asOf) {}

    /** One open item. */
    record ItemRow(
            @Schema(description = "of the payout, purchase or settlement; null for a day")
                    @Nullable UUID reference,
            @Schema(example = "4711", description = "that opened it; null for a day")
                    @Nullable Long entryId,
            Instant recordedAt,
            @Schema(example = "-3.350000") String amount,
            @Schema(example = "3") long ageDays) {}

    record ItemList(
            @Schema(example = "1030:payouts-in-transit") String code,
            @Schema(example = "USD") String asset,
            List<ItemRow> items,
            @Nullable String nextCursor,
            AsOf asOf) {}

    @GetMapping
    @Operation(
            summary = "What is open in clearing accounts and receivables, by age",
            description =
                    "In 1030, 1040 and 2300 entries of one reference settle each other, and what is"
                            + " left of different references is settled oldest first. Receivables"
                            + " (1020, 1021, 1022) are settled in sums, so oldest days first.")
    @Parameter(in = ParameterIn.QUERY, name = "asOf", description = AS_OF)
    ClearingAnswer clearing(@Parameter(hidden = true) HttpServletRequest request)
            throws SQLException {
        Moment moment = new Parameters(request, "asOf").moment("asOf");
        return ledger.read(
                connection -> {
                    LedgerPosition applied = LedgerPosition.read(connection);
                    AsOf asOf = AsOf.of(connection, applied, moment);
                    Instant now = now(connection, moment, asOf);
                    List<ClearingRow> rows = new ArrayList<>();
                    for (String code : OpenItems.CODES) {
                        OpenItems.read(connection, applied, asOf.position(), code)
                                .forEach(open -> rows.add(ClearingRow.of(open, now)));
                    }
                    return new ClearingAnswer(rows, asOf);
                });
    }

    private Instant now(Connection connection, @Nullable Moment moment, AsOf asOf)
            throws SQLException {
        return switch (moment) {
            case null -> clock.instant();
            case Moment.Time time -> time.instant();
            case Moment.Position _ -> ClearingItems.recordedAt(connection, asOf.position());
        };
    }

    @GetMapping("/{code}")
    @Operation(
            summary = "The open items of one account in one asset, oldest first",
            description = "A page of a later cursor is of the state of the first one.")
    @Parameter(
            in = ParameterIn.PATH,
            name = "code",
            description = "a clearing account or receivable, such as 1030:payouts-in-transit")
    @Parameter(
            in = ParameterIn.QUERY,
            name = "asset",
            description = "currency; needed when the account has more than one")
    @Parameter(in = ParameterIn.QUERY, name = "asOf", description = AS_OF)
    @Parameter(in = ParameterIn.QUERY, name = "limit", description = "1 to 1000, default 100")
    @Parameter(in = ParameterIn.QUERY, name = "cursor", description = "nextCursor of a page")
    ItemList items(@PathVariable String code, @Parameter(hidden = true) HttpServletRequest request)
            throws SQLException {
        Parameters query = new Parameters(request, "asset", "asOf", "limit", "cursor");
        Moment moment = query.moment("asOf");
        String asset = query.asset("asset");
        int limit = query.limit();
        List<String> cursor = query.cursor(3);
        if (!OpenItems.CODES.contains(code)) {
            throw Refusal.notFound("account \"" + code + "\": expected one of " + OpenItems.CODES);
        }
        return ledger.read(
                connection -> {
                    LedgerPosition applied = LedgerPosition.read(connection);
                    AsOf asOf = AccountsApi.asOf(connection, applied, moment, cursor);
                    Instant now =
                            cursor.isEmpty()
                                    ? now(connection, moment, asOf)
                                    : Instant.ofEpochMilli(query.number(cursor.get(1)));
                    List<OpenItems.Of> found =
                            OpenItems.read(connection, applied, asOf.position(), code).stream()
                                    .filter(
                                            open ->
                                                    asset == null
                                                            || open.account()
                                                                    .asset()
                                                                    .code()
                                                                    .equals(asset))
                                    .toList();
                    if (found.size() > 1) {
                        throw Refusal.malformed(
                                "asset: expected one of "
                                        + found.stream()
                                                .map(open -> open.account().asset().code())
                                                .toList()
                                        + ", found none");
                    }
                    long from = cursor.isEmpty() ? 0 : query.number(cursor.get(2));
                    return page(code, asset, found, now, from, limit, asOf);
                });
    }

    private static ItemList page(
            String code,
            @Nullable String asset,
            List<OpenItems.Of> found,
            Instant now,
            long from,
            int limit,
            AsOf asOf) {
        if (found.isEmpty()) {
            return new ItemList(code, asset == null ? "" : asset, List.of(), null, asOf);
        }
        OpenItems.Of open = found.getFirst();
        Asset unit = open.account().asset();
        List<ItemRow> rows =
                open.items().stream()
                        .skip(Math.max(0, from))
                        .limit(limit)
                        .map(
                                item ->
                                        new ItemRow(
                                                item.reference(),
                                                item.entryId(),
                                                item.since(),
                                                unit.decimal(item.amount()),
                                                item.ageDays(now)))
                        .toList();
        long next = Math.max(0, from) + rows.size();
        return new ItemList(
                code,
                unit.code(),
                rows,
                next >= open.items().size()
                        ? null
                        : Parameters.cursorOf(
                                Long.toString(asOf.position()),
                                Long.toString(now.toEpochMilli()),
                                Long.toString(next)),
                asOf);
    }
}

package dev.confetti.ledger.finance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confetti.ledger.journal.JournalEntry;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** Reports over days and months. */
@ExtendWith(OneFinanceService.class)
class MovementsApiTest {
    private final FinanceService service;

    MovementsApiTest(FinanceService service) {
        this.service = service;
    }

    @Test
    void movementsOfADayArePagedAndDeferredRevenueIsMadeOfThem() throws Exception {
        List<String> all = new ArrayList<>();
        service.read("/movements?limit=1000").path("movements").forEach(m -> all.add(m.toString()));
        assertThat(all).hasSizeGreaterThan(20);
        List<String> paged = new ArrayList<>();
        String cursor = "";
        do {
            JsonNode page = service.read("/movements?limit=7" + cursor);
            page.path("movements").forEach(m -> paged.add(m.toString()));
            cursor =
                    page.path("nextCursor").isNull()
                            ? ""
                            : "&cursor=" + page.path("nextCursor").asString();
        } while (!cursor.isEmpty());
        assertThat(paged).isEqualTo(all);
        JsonNode grants =
                service.read(
                        "/movements?account=viewer:*:coin:promo&asset=COIN&from=2026-01-01&to=2026-01-01");
        List<JournalEntry> granted =
                service.model().entries().stream()
                        .filter(e -> e.type().equals("confetti.coins-granted.v1"))
                        .toList();
        JsonNode row =
                rows(grants).stream()
                        .filter(each -> each.path("type").asString().contains("granted"))
                        .findFirst()
                        .orElseThrow();
        assertThat(row.path("debit").asString()).isEqualTo("coin:issued:promo");
        assertThat(row.path("count").asInt()).isEqualTo(granted.size());
        assertThat(row.path("amount").asLong())
                .isEqualTo(granted.stream().mapToLong(e -> e.legs().getFirst().amount()).sum());
        assertThat(rows(service.read("/movements?asset=DIAMOND")))
                .isNotEmpty()
                .allMatch(each -> each.path("asset").asString().equals("DIAMOND"));
        assertThat(service.read("/movements?from=2026-01-02").path("movements")).isEmpty();
        JsonNode revenue = service.read("/deferred-revenue");
        assertThat(revenue.path("months")).hasSize(1);
        assertThat(revenue.at("/months/0/closing").asString())
                .isEqualTo(
                        service.read("/accounts/2010:contract-liability")
                                .path("balance")
                                .asString());
    }

    private static List<JsonNode> rows(JsonNode answer) {
        List<JsonNode> rows = new ArrayList<>();
        answer.path("movements").forEach(rows::add);
        return rows;
    }

    /** All of it is of purchases, and what was given back of them. */
    @Test
    void taxIsListedFromOneMonthToAnother() throws Exception {
        JsonNode account = service.read("/accounts/2210:vat-payable");
        JsonNode january = service.read("/vat?from=2026-01&to=2026-01").path("countries");
        assertThat(january).hasSize(1);
        JsonNode row = january.path(0);
        assertThat(row.path("month").asString()).isEqualTo("2026-01");
        assertThat(row.path("country").isNull()).isTrue();
        assertThat(row.path("currency").asString()).isEqualTo("USD");
        assertThat(row.path("charged").asString()).isEqualTo(account.path("credits").asString());
        assertThat(row.path("returned").asString())
                .isEqualTo(account.path("debits").asString())
                .isNotEqualTo("0.000000");
        assertThat(row.path("net").asString()).isEqualTo(account.path("balance").asString());
        assertThat(service.read("/vat").path("countries")).isEqualTo(january);
        assertThat(service.read("/vat?to=2025-12").path("countries")).isEmpty();
        assertThat(service.read("/vat?from=2026-02").path("countries")).isEmpty();
    }
}

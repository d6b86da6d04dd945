package dev.confetti.ledger.finance;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/**
 * Accounts, their postings and the trial balance, against the hand-worked example and the model.
 */
@ExtendWith(OneFinanceService.class)
class AccountsApiTest {
    private final FinanceService service;

    AccountsApiTest(FinanceService service) {
        this.service = service;
    }

    @Test
    void anAccountHasItsBalanceAsOfAnyMoment() throws Exception {
        JsonNode liability = service.read("/accounts/2010:contract-liability?asOf=position:8");
        assertThat(liability.path("debits").asString()).isEqualTo("17.133333");
        assertThat(liability.path("credits").asString()).isEqualTo("30.952381");
        assertThat(liability.path("balance").asString()).isEqualTo("13.819048");
        assertThat(liability.path("normalSide").asString()).isEqualTo("credit");
        // The fourth event was recorded four seconds after the start, the fifth a second later.
        JsonNode viewer = service.read("/accounts/viewer:42:coin:paid?asOf=2026-01-01T00:00:04.5Z");
        assertThat(viewer.path("balance").asString()).isEqualTo("2650");
        assertThat(viewer.at("/asOf/position").asLong()).isEqualTo(4);
        assertThat(
                        service.read("/accounts/creator:7:diamond:pending?asOf=position:8")
                                .path("balance")
                                .asString())
                .isEqualTo("899.5000");
        assertThat(
                        service.read("/accounts/coin%3Aissued%3Apaid?asOf=position:2")
                                .path("balance")
                                .asString())
                .isEqualTo("3150");
        assertThat(service.read("/accounts/1010:bank").path("balances")).isEmpty();
    }

    @Test
    void pagesJoinToTheWholeInBothOrders() throws Exception {
        List<Long> expected = service.model().positionsOf("viewer:v3:coin:paid");
        for (String order : List.of("asc", "desc")) {
            List<Long> found = new ArrayList<>();
            @Nullable String cursor = "";
            do {
                JsonNode page =
                        service.read(
                                "/accounts/viewer:v3:coin:paid/postings?limit=7&order="
                                        + order
                                        + cursor);
                page.path("postings").forEach(p -> found.add(p.path("position").asLong()));
                cursor =
                        page.path("nextCursor").isNull()
                                ? null
                                : "&cursor=" + page.path("nextCursor").asString();
            } while (cursor != null);
            assertThat(order.equals("asc") ? found : found.reversed()).isEqualTo(expected);
        }
        Map<String, String> accounts = new TreeMap<>();
        @Nullable String cursor = "";
        do {
            JsonNode page = service.read("/accounts?limit=13&asOf=position:900" + cursor);
            page.path("accounts").forEach(a -> put(accounts, a));
            cursor =
                    page.path("nextCursor").isNull()
                            ? null
                            : "&cursor=" + page.path("nextCursor").asString();
        } while (cursor != null);
        assertThat(accounts).isEqualTo(decimals(service.model().totals(900)));
    }

    @Test
    void theTrialBalanceIsThatOfTheModelAndRollsPersonsUp() throws Exception {
        for (long asOf :
                new long[] {0, 1, 8, 777, FinanceService.EVENTS - 1, FinanceService.EVENTS}) {
            JsonNode expanded = service.read("/trial-balance?expand=all&asOf=position:" + asOf);
            Map<String, String> accounts = new TreeMap<>();
            expanded.path("accounts").forEach(a -> put(accounts, a));
            assertThat(accounts).isEqualTo(decimals(service.model().totals(asOf)));
            expanded.path("totals")
                    .forEach(
                            t ->
                                    assertThat(t.path("debits").asString())
                                            .isEqualTo(t.path("credits").asString()));
        }
        JsonNode rolledUp = service.read("/trial-balance?asOf=position:8");
        Map<String, String> rows = new TreeMap<>();
        rolledUp.path("accounts").forEach(a -> put(rows, a));
        // 1,050 and 2,100 were bought and 100 came back; 500, 1,199 and 100 were spent.
        assertThat(rows)
                .containsEntry("viewer:*:coin:paid COIN", "1799 3250")
                .containsEntry("viewer:*:coin:promo COIN", "100 100")
                .containsEntry("creator:*:diamond:pending DIAMOND", "50.0000 949.5000")
                .allSatisfy((code, sums) -> assertThat(code).doesNotStartWith("viewer:42"));
        assertThat(service.read("/accounts?type=income&asOf=position:8").path("accounts").size())
                .isEqualTo(1);
        assertThat(service.read("/accounts?prefix=viewer:42").path("accounts").size()).isEqualTo(2);
    }

    private static void put(Map<String, String> accounts, JsonNode row) {
        accounts.put(
                row.path("code").asString() + " " + row.path("asset").asString(),
                row.path("debits").asString() + " " + row.path("credits").asString());
    }

    private static Map<String, String> decimals(Map<String, String> totals) {
        Map<String, String> decimals = new TreeMap<>();
        totals.forEach(
                (account, sums) -> {
                    int scale =
                            account.endsWith(" COIN") ? 0 : account.endsWith(" DIAMOND") ? 4 : 6;
                    String[] both = sums.split(" ", 2);
                    decimals.put(
                            account,
                            new BigDecimal(new BigInteger(both[0]), scale).toPlainString()
                                    + " "
                                    + new BigDecimal(new BigInteger(both[1]), scale)
                                            .toPlainString());
                });
        return decimals;
    }
}

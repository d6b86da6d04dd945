package dev.confetti.ledger.finance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confetti.ledger.RunningLedger;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** Who may ask, and what is known of who asked. */
@ExtendWith(OneFinanceService.class)
class AccessesApiTest {
    private final FinanceService service;

    AccessesApiTest(FinanceService service) {
        this.service = service;
    }

    @Test
    void onlyFinanceMayAsk() throws Exception {
        HttpResponse<String> nobody = service.get("/v1/ledger/accounts", null);
        assertThat(nobody.statusCode()).isEqualTo(401);
        FinanceService.assertProblem(nobody, "unauthenticated");
        HttpResponse<String> viewer =
                service.get("/v1/ledger/accounts", RunningLedger.token("viewer", "admin"));
        assertThat(viewer.statusCode()).isEqualTo(403);
        FinanceService.assertProblem(viewer, "forbidden");
        HttpResponse<String> forged =
                service.get("/v1/ledger/accounts", RunningLedger.token("finance") + "x");
        assertThat(forged.statusCode()).isEqualTo(401);
    }

    @Test
    void everyRequestOfAPersonIsLoggedBeforeItIsAnswered() throws Exception {
        service.get(
                "/v1/ledger/accounts/1010:bank?asOf=position:8",
                RunningLedger.tokenOf("fin-log", "finance"));
        service.get("/v1/ledger/accounts", RunningLedger.tokenOf("fin-log", "viewer"));
        service.get("/v1/ledger/lots/7", RunningLedger.tokenOf("fin-log", "finance"));
        service.get("/v1/ledger/nothing", RunningLedger.tokenOf("fin-log", "finance"));
        service.get("/v1/ledger/export?to=position:8", RunningLedger.tokenOf("fin-log", "finance"));
        service.get("/v1/ledger/accounts", null);
        List<String> found = new ArrayList<>();
        JsonNode accesses =
                service.read("/accesses?person=fin-log&from=2026-01-01").path("accesses");
        accesses.forEach(
                a ->
                        found.add(
                                a.path("method").asString()
                                        + " "
                                        + a.path("path").asString()
                                        + " "
                                        + (a.path("query").isNull()
                                                ? "-"
                                                : a.path("query").asString())
                                        + " "
                                        + a.path("status").asInt()
                                        + " "
                                        + a.at("/roles/0").asString()));
        assertThat(found)
                .containsExactly(
                        "GET /v1/ledger/accounts/1010:bank asOf=position:8 200 finance",
                        "GET /v1/ledger/accounts - 403 viewer",
                        "GET /v1/ledger/lots/7 - 400 finance",
                        "GET /v1/ledger/nothing - 404 finance",
                        "GET /v1/ledger/export to=position:8 200 finance");
        JsonNode newest = service.read("/accesses?person=fin-log&order=desc&limit=2");
        assertThat(newest.at("/accesses/0/path").asString()).isEqualTo("/v1/ledger/export");
        JsonNode rest =
                service.read(
                        "/accesses?person=fin-log&order=desc&cursor="
                                + newest.path("nextCursor").asString());
        assertThat(rest.path("accesses")).hasSize(3);
        assertThat(service.read("/accesses?person=fin-log&to=2026-01-01").path("accesses"))
                .isEmpty();
        String third = accesses.path(2).path("at").asString();
        assertThat(service.read("/accesses?person=fin-log&to=" + third).path("accesses"))
                .hasSize(2);
        assertThat(service.read("/accesses?person=fin-log&from=" + third).path("accesses"))
                .hasSize(3);
        assertThatThrownBy(
                        () -> service.execute("update ledger_access.access set person = 'nobody'"))
                .hasMessageContaining("UPDATE on the log of accesses: expected inserts only");
        assertThatThrownBy(() -> service.execute("delete from ledger_access.access"))
                .hasMessageContaining("DELETE on the log of accesses: expected inserts only");
        assertThatThrownBy(() -> service.execute("truncate ledger_access.access"))
                .hasMessageContaining("expected inserts only");
    }

    @Test
    void accessesOfOneInstantAreEachOnOnePageInBothOrders() throws Exception {
        service.execute(
                """
                insert into ledger_access.access (at, person, roles, method, path, status)
                select '2026-02-03T04:05:06.789012Z', 'fin-tie', array['admin', 'finance'], 'GET',
                    '/v1/ledger/lots/' || n, 200 from generate_series(1, 6) n
                """);
        List<String> all = List.of("lots/1", "lots/2", "lots/3", "lots/4", "lots/5", "lots/6");
        assertThat(paths("fin-tie", "asc")).isEqualTo(all);
        assertThat(paths("fin-tie", "desc")).isEqualTo(all.reversed());
        JsonNode whole = service.read("/accesses?person=fin-tie&limit=6");
        assertThat(whole.path("nextCursor").isNull()).isTrue();
        assertThat(whole.at("/accesses/0/roles")).hasToString("[\"admin\",\"finance\"]");
    }

    /** By pages of two. */
    private List<String> paths(String person, String order) throws Exception {
        List<String> paths = new ArrayList<>();
        String cursor = "";
        do {
            JsonNode page =
                    service.read("/accesses?limit=2&person=" + person + "&order=" + order + cursor);
            assertThat(page.path("accesses")).hasSize(2);
            assertThat(paths).hasSizeLessThan(6);
            page.path("accesses")
                    .forEach(
                            a ->
                                    paths.add(
                                            a.path("path")
                                                    .asString()
                                                    .substring("/v1/ledger/".length())));
            cursor =
                    page.path("nextCursor").isNull()
                            ? ""
                            : "&cursor=" + page.path("nextCursor").asString();
        } while (!cursor.isEmpty());
        return paths;
    }

    @Test
    void whatIsAskedForIsKeptUpToTwoThousandCharacters() throws Exception {
        String token = RunningLedger.tokenOf("fin-long", "finance");
        service.get("/v1/ledger/lots?x=" + "y".repeat(3_000), token);
        service.get("/v1/ledger/lots/" + "z".repeat(3_000), token);
        JsonNode accesses = service.read("/accesses?person=fin-long").path("accesses");
        assertThat(accesses.at("/0/query").asString()).isEqualTo("x=" + "y".repeat(1_998));
        assertThat(accesses.at("/1/path").asString())
                .isEqualTo("/v1/ledger/lots/" + "z".repeat(1_984));
    }

    @Test
    void nobodyReadsWhatCannotBeLogged() throws Exception {
        service.execute("alter table ledger_access.access rename to away");
        try {
            for (String path : List.of("/accounts/1010:bank", "/export", "/nothing")) {
                HttpResponse<String> answer =
                        service.get("/v1/ledger" + path, RunningLedger.token("finance"));
                assertThat(answer.statusCode()).as(answer.body()).isEqualTo(503);
                FinanceService.assertProblem(answer, "access-not-logged");
                assertThat(answer.body()).doesNotContain("1010");
            }
        } finally {
            service.execute("alter table ledger_access.away rename to access");
        }
        assertThat(
                        service.get("/v1/ledger/accounts/1010:bank", RunningLedger.token("finance"))
                                .statusCode())
                .isEqualTo(200);
    }
}

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
        assertThatThrownBy(() -> service.execute("truncate ledger_access.access"))
                .hasMessageContaining("expected inserts only");
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

package dev.confetti.ledger.finance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confetti.ledger.RunningLedger;
import java.net.http.HttpResponse;
import java.time.YearMonth;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** The statement of the hand-worked example. */
@ExtendWith(OneFinanceService.class)
class StatementsApiTest {
    private final FinanceService service;

    StatementsApiTest(FinanceService service) {
        this.service = service;
    }

    @Test
    void statementsAreForTheirCreatorAndForFinance() throws Exception {
        String path = "/v1/ledger/statements/creators/7?month=2026-01";
        JsonNode statement =
                FinanceService.tree(service.get(path, RunningLedger.token("finance")).body());
        assertThat(statement.path("state").asString()).isEqualTo("complete");
        assertThat(statement.at("/opening/diamonds/pending").asString()).isEqualTo("0.0000");
        assertThat(statement.at("/closing/diamonds/pending").asString()).isEqualTo("899.5000");
        assertThat(statement.at("/closing/money/0/pending").asString()).isEqualTo("8.995000");
        // 500, 1,199, 100 and 100 coins; the last gift was taken back.
        assertThat(statement.at("/earned/count").asLong()).isEqualTo(4);
        assertThat(statement.at("/earned/coins").asLong()).isEqualTo(1_899);
        assertThat(statement.at("/earned/diamonds").asString()).isEqualTo("949.5000");
        assertThat(statement.at("/reversed/count").asLong()).isEqualTo(1);
        assertThat(statement.at("/reversed/coins").asLong()).isEqualTo(100);
        assertThat(statement.at("/reversed/diamonds").asString()).isEqualTo("50.0000");
        assertThat(statement.at("/days/0/day").asString()).isEqualTo("2026-01-01");
        assertThat(statement.path("lines")).hasSize(5);
        assertThat(statement.at("/lines/0/entryId").asLong()).isEqualTo(4);
        assertThat(statement.at("/lines/4/pending").asString()).isEqualTo("-50.0000");
        JsonNode page =
                FinanceService.tree(
                        service.get(path + "&limit=2", RunningLedger.token("finance")).body());
        JsonNode next =
                FinanceService.tree(
                        service.get(
                                        path
                                                + "&limit=2&cursor="
                                                + page.path("nextCursor").asString(),
                                        RunningLedger.token("finance"))
                                .body());
        assertThat(next.at("/lines/0/entryId").asLong()).isEqualTo(6);
        assertThat(next.has("opening")).isFalse();

        assertThat(service.get(path, RunningLedger.tokenOf("7", "creator")).statusCode())
                .isEqualTo(200);
        FinanceService.assertProblem(
                service.get(path, RunningLedger.tokenOf("c1", "creator")), "forbidden");
        FinanceService.assertProblem(
                service.get(path, RunningLedger.tokenOf("7", "viewer")), "forbidden");
        FinanceService.assertProblem(
                service.get("/v1/ledger/accounts", RunningLedger.tokenOf("7", "creator")),
                "forbidden");
        HttpResponse<String> pdf =
                service.get(path + "&format=pdf", RunningLedger.tokenOf("7", "creator"));
        assertThat(pdf.statusCode()).isEqualTo(200);
        assertThat(pdf.headers().firstValue("content-type")).hasValue("application/pdf");
        assertThat(pdf.body()).startsWith("%PDF-");
        String running = YearMonth.now(ZoneOffset.UTC).toString();
        assertThat(service.read("/statements/creators/7?month=" + running).path("state").asString())
                .isEqualTo("running");
    }
}

package dev.confetti.gift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confetti.engines.TestEngines;
import dev.confetti.gift.Http.Response;
import dev.confetti.gift.log.GiftDatabase;
import dev.confetti.gift.log.Rows;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Requests of staff are on record, and nothing is told that is not. */
class StaffAccessTest {
    private static RunningService service;
    private static Http http;
    private static String admin;

    @BeforeAll
    static void start() {
        service = RunningService.start(TestEngines.freshPostgres());
        http = service.http();
        admin = service.token("boss", "admin");
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    private static List<String> accesses(String query) {
        List<String> found = new ArrayList<>();
        http.get("/v1/staff-accesses?" + query, admin)
                .json()
                .get("accesses")
                .forEach(each -> found.add(text(each)));
        return found;
    }

    private static String text(JsonNode access) {
        return access.get("method").stringValue()
                + " "
                + access.get("path").stringValue()
                + (access.has("query") ? "?" + access.get("query").stringValue() : "")
                + " "
                + access.get("status").longValue()
                + " "
                + access.get("roles").stringValue();
    }

    @Test
    void whatStaffAsksForIsOnRecordAlsoWhatIsRefused() {
        String finance = service.token("fin-a", "finance", "viewer");
        http.get("/v1/payouts?limit=3", finance);
        http.get("/v1/payouts/none", finance);
        http.post("/v1/wallets/v/grants", finance, "k", Map.of("coins", 5, "reason", "no"));
        http.post("/v1/wallets/v/block", finance, null, Map.of("reason", "fraud"));
        http.get("/v1/payouts", finance + "x");
        http.get("/v1/staff-accesses?limit=1", service.token("adm-a", "admin"));

        assertThat(accesses("person=fin-a"))
                .containsExactly(
                        "POST /v1/wallets/v/block 200 finance viewer",
                        "POST /v1/wallets/v/grants 403 finance viewer",
                        "GET /v1/payouts/none 404 finance viewer",
                        "GET /v1/payouts?limit=3 200 finance viewer");
        assertThat(accesses("person=adm-a"))
                .containsExactly("GET /v1/staff-accesses?limit=1 200 admin");
    }

    @Test
    void whatOthersAskForIsNot() {
        http.get("/v1/wallet", service.token("only-viewer", "viewer"));
        http.get("/v1/payouts", service.token("only-creator", "creator"));
        http.get("/v1/gifts", null);
        assertThat(accesses("person=only-viewer")).isEmpty();
        assertThat(accesses("person=only-creator")).isEmpty();
    }

    @Test
    void theRecordIsReadByTimeAndInPagesAndByStaffAlone() {
        String finance = service.token("fin-b", "finance");
        for (int i = 1; i <= 3; i++) {
            http.get("/v1/payouts?limit=" + i, finance);
        }
        JsonNode first = http.get("/v1/staff-accesses?person=fin-b&limit=2", admin).json();
        assertThat(first.get("accesses").size()).isEqualTo(2);
        String cursor = first.get("nextCursor").stringValue();
        assertThat(accesses("person=fin-b&limit=2&cursor=" + cursor))
                .containsExactly("GET /v1/payouts?limit=1 200 finance");
        Instant at = Instant.parse(first.get("accesses").get(0).get("at").stringValue());
        assertThat(accesses("person=fin-b&to=" + at)).hasSize(2);
        assertThat(accesses("person=fin-b&from=" + at)).hasSize(1);
        for (String query :
                List.of(
                        "from=yesterday",
                        "person=a%20b",
                        "from=2026-01-02T00:00:00Z&to=2026-01-01T00:00:00Z")) {
            assertThat(http.get("/v1/staff-accesses?" + query, admin).problem())
                    .as(query)
                    .isEqualTo("malformed-request");
        }
        String viewer = service.token("only-viewer", "viewer", "creator");
        assertThat(http.get("/v1/staff-accesses", viewer).problem()).isEqualTo("forbidden");
    }

    @Test
    void nothingIsToldThatCannotBeKept() {
        GiftDatabase database = service.bean(GiftDatabase.class);
        String finance = service.token("fin-c", "finance");
        Rows.update(
                database,
                "accesses",
                "alter table domain.staff_access add constraint nobody check (person <> 'fin-c')");
        try {
            Response read = http.get("/v1/payouts", finance);
            assertThat(read.status()).isEqualTo(503);
            assertThat(read.problem()).isEqualTo("unavailable");
            assertThat(read.body()).doesNotContain("payouts\"");
            assertThat(http.get("/v1/wallet", service.token("v", "viewer")).status())
                    .isEqualTo(200);
        } finally {
            Rows.update(
                    database, "accesses", "alter table domain.staff_access drop constraint nobody");
        }
        assertThat(http.get("/v1/payouts", finance).status()).isEqualTo(200);
        assertThat(accesses("person=fin-c")).containsExactly("GET /v1/payouts 200 finance");
    }

    @Test
    void rowsAreNeitherChangedNorDeleted() {
        http.get("/v1/payouts", service.token("fin-d", "finance"));
        GiftDatabase database = service.bean(GiftDatabase.class);
        for (String sql :
                List.of(
                        "update domain.staff_access set person = 'nobody'",
                        "delete from domain.staff_access",
                        "truncate domain.staff_access",
                        """
                        do $$ begin
                            set local session_replication_role = replica;
                            delete from domain.staff_access;
                        end $$
                        """)) {
            assertThatThrownBy(() -> Rows.update(database, "accesses", sql))
                    .rootCause()
                    .hasMessageContaining(
                            "domain.staff_access refused: expected rows to be appended only");
        }
    }
}

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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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
                + (access.get("query").isNull() ? "" : "?" + access.get("query").stringValue())
                + " "
                + access.get("status").longValue()
                + " "
                + access.get("roles");
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
                        "GET /v1/payouts?limit=3 200 [\"finance\",\"viewer\"]",
                        "GET /v1/payouts/none 404 [\"finance\",\"viewer\"]",
                        "POST /v1/wallets/v/grants 403 [\"finance\",\"viewer\"]",
                        "POST /v1/wallets/v/block 200 [\"finance\",\"viewer\"]");
        assertThat(accesses("person=adm-a"))
                .containsExactly("GET /v1/staff-accesses?limit=1 200 [\"admin\"]");
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
    void theRecordIsReadByTimeAndInPages() {
        String finance = service.token("fin-b", "finance");
        for (int i = 1; i <= 3; i++) {
            http.get("/v1/payouts?limit=" + i, finance);
        }
        JsonNode first = http.get("/v1/staff-accesses?person=fin-b&limit=2", admin).json();
        assertThat(first.get("accesses").size()).isEqualTo(2);
        String cursor = first.get("nextCursor").stringValue();
        assertThat(accesses("person=fin-b&limit=2&cursor=" + cursor))
                .containsExactly("GET /v1/payouts?limit=3 200 [\"finance\"]");
        JsonNode latest =
                http.get("/v1/staff-accesses?person=fin-b&order=desc&limit=1", admin).json();
        assertThat(text(latest.get("accesses").get(0))).startsWith("GET /v1/payouts?limit=3");
        String before = latest.get("nextCursor").stringValue();
        assertThat(accesses("person=fin-b&order=desc&cursor=" + before))
                .containsExactly(
                        "GET /v1/payouts?limit=2 200 [\"finance\"]",
                        "GET /v1/payouts?limit=1 200 [\"finance\"]");
        Instant at = Instant.parse(latest.get("accesses").get(0).get("at").stringValue());
        assertThat(accesses("person=fin-b&to=" + at)).hasSize(2);
        assertThat(accesses("person=fin-b&from=" + at)).hasSize(1);
        assertThat(accesses("person=fin-b&from=2026-01-01&to=9999-12-31&limit=")).hasSize(3);
        assertThat(accesses("person=fin-b&to=2026-01-01")).isEmpty();
    }

    @Test
    void requestsOfOneInstantAreEachOnOnePageInBothOrders() {
        Rows.update(
                service.bean(GiftDatabase.class),
                "accesses",
                """
                insert into domain.staff_access (at, person, roles, method, path, status)
                select '2026-02-03T04:05:06.789012Z', 'fin-tie', array['admin', 'finance'], 'GET',
                    '/v1/payouts/' || n, 404 from generate_series(1, 6) n
                """);
        List<String> all = new ArrayList<>();
        for (int i = 1; i <= 6; i++) {
            all.add("GET /v1/payouts/" + i + " 404 [\"admin\",\"finance\"]");
        }
        assertThat(pages("person=fin-tie&order=asc")).isEqualTo(all);
        assertThat(pages("person=fin-tie&order=desc")).isEqualTo(all.reversed());
        assertThat(
                        http.get("/v1/staff-accesses?person=fin-tie&limit=6", admin)
                                .json()
                                .get("nextCursor")
                                .isNull())
                .isTrue();
    }

    /** By pages of two. */
    private static List<String> pages(String query) {
        List<String> found = new ArrayList<>();
        String cursor = "";
        do {
            JsonNode page = http.get("/v1/staff-accesses?limit=2&" + query + cursor, admin).json();
            assertThat(page.get("accesses").size()).isEqualTo(2);
            assertThat(found).hasSizeLessThan(6);
            page.get("accesses").forEach(each -> found.add(text(each)));
            JsonNode next = page.get("nextCursor");
            cursor = next.isNull() ? "" : "&cursor=" + next.stringValue();
        } while (!cursor.isEmpty());
        return found;
    }

    @Test
    void whatIsAskedForIsKeptUpToTwoThousandCharacters() {
        String finance = service.token("fin-long", "finance");
        http.get("/v1/payouts?x=" + "y".repeat(3_000), finance);
        http.get("/v1/payouts/" + "z".repeat(3_000), finance);
        JsonNode kept =
                http.get("/v1/staff-accesses?person=fin-long", admin).json().get("accesses");
        assertThat(kept.get(0).get("query").stringValue()).isEqualTo("x=" + "y".repeat(1_998));
        assertThat(kept.get(1).get("path").stringValue())
                .isEqualTo("/v1/payouts/" + "z".repeat(1_988));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    from=yesterday | from "yesterday": expected an instant such as 2026-01-31T23:59:59Z
                    to=2026-13-01 | to "2026-13-01": expected an instant
                    person=a%20b | person "a b": expected
                    from=2026-01-02&to=2026-01-01T00:00:00Z | expected from before to
                    order=up | order "up": expected one of asc, desc
                    limit=0 | limit "0": expected
                    cursor=zzz | cursor "zzz": expected one that a list gave as nextCursor
                    people=fin-b | parameter "people": expected one of [cursor, from, limit, order, person, to]
                    person=a&person=b | parameter person: expected it once
                    """)
    void whatCannotBeAskedIsSaid(String query, String detail) {
        Response refused = http.get("/v1/staff-accesses?" + query, admin);
        assertThat(refused.problem()).isEqualTo("malformed-request");
        assertThat(refused.text("detail")).contains(detail);
    }

    @Test
    void whoIsNoStaffDoesNotSeeTheRecord() {
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
            assertThat(read.problem()).isEqualTo("access-not-logged");
            assertThat(read.body()).doesNotContain("payouts\"");
            assertThat(http.get("/v1/wallet", service.token("v", "viewer")).status())
                    .isEqualTo(200);
        } finally {
            Rows.update(
                    database, "accesses", "alter table domain.staff_access drop constraint nobody");
        }
        assertThat(http.get("/v1/payouts", finance).status()).isEqualTo(200);
        assertThat(accesses("person=fin-c")).containsExactly("GET /v1/payouts 200 [\"finance\"]");
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

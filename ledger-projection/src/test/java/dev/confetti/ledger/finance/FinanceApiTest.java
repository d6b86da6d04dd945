package dev.confetti.ledger.finance;

import static dev.confetti.ledger.RunningLedger.token;
import static dev.confetti.ledger.RunningLedger.tokenOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confetti.events.ConfettiEvent;
import dev.confetti.ledger.LedgerDatabaseFixture;
import dev.confetti.ledger.ModelLedger;
import dev.confetti.ledger.RandomEvents;
import dev.confetti.ledger.RunningLedger;
import dev.confetti.ledger.Samples;
import dev.confetti.ledger.journal.SourceEvent;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The standalone service over HTTP, on real engines: the hand-worked example, then a random run.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FinanceApiTest {
    private static final int EVENTS = 1_500;
    private static final long SEED = 20260101;

    private final JsonMapper json = new JsonMapper();
    private final List<SourceEvent> events = new ArrayList<>();
    private ModelLedger model = new ModelLedger(List.of());
    private RunningLedger ledger;

    @SuppressWarnings("NullAway.Init") // set before all tests
    FinanceApiTest() {}

    @BeforeAll
    void start() throws Exception {
        List<ConfettiEvent> all = new ArrayList<>(Samples.example());
        // The random run has persons and ids of its own.
        all.addAll(new RandomEvents(SEED, 20, 1_000).next(EVENTS - all.size()));
        events.addAll(Samples.numbered(all));
        model = new ModelLedger(events);
        ledger = new RunningLedger(events);
    }

    @AfterAll
    void stop() {
        ledger.close();
    }

    @Test
    void onlyFinanceMayAsk() throws Exception {
        HttpResponse<String> nobody = get("/v1/ledger/accounts", null);
        assertThat(nobody.statusCode()).isEqualTo(401);
        assertProblem(nobody, "unauthenticated");
        HttpResponse<String> viewer = get("/v1/ledger/accounts", token("viewer", "admin"));
        assertThat(viewer.statusCode()).isEqualTo(403);
        assertProblem(viewer, "forbidden");
        HttpResponse<String> forged = get("/v1/ledger/accounts", token("finance") + "x");
        assertThat(forged.statusCode()).isEqualTo(401);
    }

    @Test
    void anAccountHasItsBalanceAsOfAnyMoment() throws Exception {
        JsonNode liability = read("/accounts/2010:contract-liability?asOf=position:8");
        assertThat(liability.path("debits").asString()).isEqualTo("17.133333");
        assertThat(liability.path("credits").asString()).isEqualTo("30.952381");
        assertThat(liability.path("balance").asString()).isEqualTo("13.819048");
        assertThat(liability.path("normalSide").asString()).isEqualTo("credit");
        // The fourth event was recorded four seconds after the start, the fifth a second later.
        JsonNode viewer = read("/accounts/viewer:42:coin:paid?asOf=2026-01-01T00:00:04.5Z");
        assertThat(viewer.path("balance").asString()).isEqualTo("2650");
        assertThat(viewer.at("/asOf/position").asLong()).isEqualTo(4);
        assertThat(
                        read("/accounts/creator:7:diamond:pending?asOf=position:8")
                                .path("balance")
                                .asString())
                .isEqualTo("899.5000");
        assertThat(
                        read("/accounts/coin%3Aissued%3Apaid?asOf=position:2")
                                .path("balance")
                                .asString())
                .isEqualTo("3150");
        assertThat(read("/accounts/1010:bank").path("balances")).isEmpty();
    }

    @Test
    void anEntryShowsWhatTheEventPosted() throws Exception {
        JsonNode entry = read("/entries/6");
        assertThat(entry.path("entryId").asLong()).isEqualTo(6);
        assertThat(entry.path("type").asString()).isEqualTo("confetti.gift-sent.v1");
        assertThat(entry.path("reference").asString()).isEqualTo(Samples.id(6).toString());
        assertThat(entry.path("hash").asString())
                .isEqualTo(model.entries().get(5).hash().toString());
        assertThat(entry.path("postings")).hasSize(6);
        assertThat(entry.at("/postings/0/account").asString()).isEqualTo("viewer:42:coin:promo");
        assertThat(entry.at("/postings/0/side").asString()).isEqualTo("D");
        assertThat(entry.at("/postings/0/amount").asString()).isEqualTo("100");
        assertThat(entry.at("/postings/0/asset").asString()).isEqualTo("COIN");
        assertThat(read("/entries/5").path("lots")).hasSize(2);
    }

    @Test
    void filtersOfEntriesCombine() throws Exception {
        assertThat(ids("/entries?reference=" + Samples.id(7))).containsExactly(7L, 8L);
        assertThat(ids("/entries?type=gift-reversed&to=position:20&account=viewer:42:coin:paid"))
                .containsExactly(8L);
        assertThat(ids("/entries?account=2010:contract-liability&type=coins-purchased&limit=2"))
                .containsExactly(1L, 2L);
        assertThat(
                        ids(
                                "/entries?account=viewer:42:coin:paid&type=gift-sent"
                                        + "&from=2026-01-01T00:00:05Z&to=2026-01-01T00:00:07Z"))
                .containsExactly(5L);
        assertThat(ids("/entries?to=position:8&order=desc&limit=3")).containsExactly(8L, 7L, 6L);
        assertThat(ids("/entries?reference=" + Samples.id(7) + "&type=coins-granted")).isEmpty();
        assertThat(ids("/entries?viewer=42&creator=7&order=desc&limit=3"))
                .containsExactly(8L, 7L, 6L);
        assertThat(ids("/entries?live=live-7&amount=500&asset=COIN")).containsExactly(4L);
        // 500 coins and 50 diamonds' worth of promo coins: 50.0000 of a diamond, 0.500000 dollars.
        assertThat(ids("/entries?live=live-7&amount=50.0")).containsExactly(6L, 7L, 8L);
        assertThat(ids("/entries?viewer=42&asset=USD")).containsExactly(1L, 2L, 4L, 5L, 6L, 7L, 8L);
        assertThat(ids("/entries?viewer=42&asset=JPY")).isEmpty();
        assertThat(ids("/entries?account=1010:bank&asset=COIN")).isEmpty();
    }

    @Test
    void pagesJoinToTheWholeInBothOrders() throws Exception {
        List<Long> expected = model.positionsOf("viewer:v3:coin:paid");
        for (String order : List.of("asc", "desc")) {
            List<Long> found = new ArrayList<>();
            @Nullable String cursor = "";
            do {
                JsonNode page =
                        read(
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
            JsonNode page = read("/accounts?limit=13&asOf=position:900" + cursor);
            page.path("accounts").forEach(a -> put(accounts, a));
            cursor =
                    page.path("nextCursor").isNull()
                            ? null
                            : "&cursor=" + page.path("nextCursor").asString();
        } while (cursor != null);
        assertThat(accounts).isEqualTo(decimals(model.totals(900)));
    }

    @Test
    void theTrialBalanceIsThatOfTheModelAndRollsPersonsUp() throws Exception {
        for (long asOf : new long[] {0, 1, 8, 777, EVENTS}) {
            JsonNode expanded = read("/trial-balance?expand=all&asOf=position:" + asOf);
            Map<String, String> accounts = new TreeMap<>();
            expanded.path("accounts").forEach(a -> put(accounts, a));
            assertThat(accounts).isEqualTo(decimals(model.totals(asOf)));
            expanded.path("totals")
                    .forEach(
                            t ->
                                    assertThat(t.path("debits").asString())
                                            .isEqualTo(t.path("credits").asString()));
        }
        JsonNode rolledUp = read("/trial-balance?asOf=position:8");
        List<String> codes = new ArrayList<>();
        rolledUp.path("accounts").forEach(a -> codes.add(a.path("code").asString()));
        assertThat(codes)
                .contains("viewer:*:coin:paid", "viewer:*:coin:promo", "creator:*:diamond:pending")
                .noneMatch(c -> c.startsWith("viewer:42"));
        assertThat(read("/accounts?type=income&asOf=position:8").path("accounts").size())
                .isEqualTo(1);
        assertThat(read("/accounts?prefix=viewer:42").path("accounts").size()).isEqualTo(2);
    }

    @Test
    void lotsShowHowMuchOfEachIsSpent() throws Exception {
        JsonNode lots = read("/lots?viewer=42");
        assertThat(lots.path("lots")).hasSize(2);
        JsonNode spent = lots.at("/lots/0");
        assertThat(spent.path("purchaseId").asString()).isEqualTo(Samples.id(1).toString());
        assertThat(spent.path("recordedAt").asString()).isEqualTo("2026-01-01T00:00:01Z");
        assertThat(spent.path("used").asLong()).isEqualTo(1_050);
        assertThat(spent.path("left").asLong()).isZero();
        assertThat(spent.path("price").asString()).isEqualTo("10.000000");
        assertThat(spent.path("recognised").asString()).isEqualTo("10.000000");
        assertThat(read("/lots?viewer=42&state=spent").path("lots")).hasSize(1);
        // 2,100 coins for 20 dollars; 649 of them are spent: 20 × 649 / 2,100.
        JsonNode open = read("/lots/" + Samples.id(2));
        assertThat(open.path("left").asLong()).isEqualTo(1_451);
        assertThat(open.path("recognised").asString()).isEqualTo("6.180952");
        assertThat(open.path("uses")).hasSize(3);
        assertThat(open.at("/uses/0/entryId").asLong()).isEqualTo(5);
        assertThat(open.at("/uses/1/coins").asLong()).isEqualTo(100);
        assertThat(open.at("/uses/2/coins").asLong()).isEqualTo(-100);
        assertThat(open.at("/uses/2/type").asString()).isEqualTo("confetti.gift-reversed.v1");
        JsonNode page = read("/lots?limit=1&to=position:2");
        assertThat(page.at("/lots/0/lotId").asString()).isEqualTo(Samples.id(1).toString());
        JsonNode next =
                read("/lots?limit=1&to=position:2&cursor=" + page.path("nextCursor").asString());
        assertThat(next.at("/lots/0/lotId").asString()).isEqualTo(Samples.id(2).toString());
    }

    @Test
    void movementsOfADayArePagedAndDeferredRevenueIsMadeOfThem() throws Exception {
        List<String> all = new ArrayList<>();
        read("/movements?limit=1000").path("movements").forEach(m -> all.add(m.toString()));
        assertThat(all).hasSizeGreaterThan(20);
        List<String> paged = new ArrayList<>();
        String cursor = "";
        do {
            JsonNode page = read("/movements?limit=7" + cursor);
            page.path("movements").forEach(m -> paged.add(m.toString()));
            cursor =
                    page.path("nextCursor").isNull()
                            ? ""
                            : "&cursor=" + page.path("nextCursor").asString();
        } while (!cursor.isEmpty());
        assertThat(paged).isEqualTo(all);
        JsonNode grants =
                read(
                        "/movements?account=viewer:*:coin:promo&asset=COIN&from=2026-01-01&to=2026-01-01");
        assertThat(grants.at("/movements/0/debit").asString()).isEqualTo("coin:issued:promo");
        assertThat(read("/movements?from=2026-01-02").path("movements")).isEmpty();
        JsonNode revenue = read("/deferred-revenue");
        assertThat(revenue.path("months")).hasSize(1);
        assertThat(revenue.at("/months/0/closing").asString())
                .isEqualTo(read("/accounts/2010:contract-liability").path("balance").asString());
    }

    @Test
    void statementsAreForTheirCreatorAndForFinance() throws Exception {
        String path = "/v1/ledger/statements/creators/7?month=2026-01";
        JsonNode statement = json.readTree(get(path, token("finance")).body());
        assertThat(statement.path("state").asString()).isEqualTo("complete");
        assertThat(statement.at("/opening/diamonds/pending").asString()).isEqualTo("0.0000");
        assertThat(statement.at("/closing/diamonds/pending").asString()).isEqualTo("899.5000");
        assertThat(statement.at("/closing/money/0/pending").asString()).isEqualTo("8.995000");
        // 500, 1,199, 100 and 100 coins; the last gift was taken back.
        assertThat(statement.at("/earned/count").asLong()).isEqualTo(4);
        assertThat(statement.at("/earned/coins").asLong()).isEqualTo(1_899);
        assertThat(statement.at("/earned/diamonds").asString()).isEqualTo("949.5000");
        assertThat(statement.at("/reversed/count").asLong()).isEqualTo(1);
        assertThat(statement.at("/reversed/diamonds").asString()).isEqualTo("50.0000");
        assertThat(statement.at("/days/0/day").asString()).isEqualTo("2026-01-01");
        assertThat(statement.path("lines")).hasSize(5);
        assertThat(statement.at("/lines/0/entryId").asLong()).isEqualTo(4);
        assertThat(statement.at("/lines/4/pending").asString()).isEqualTo("-50.0000");
        JsonNode page = json.readTree(get(path + "&limit=2", token("finance")).body());
        JsonNode next =
                json.readTree(
                        get(
                                        path
                                                + "&limit=2&cursor="
                                                + page.path("nextCursor").asString(),
                                        token("finance"))
                                .body());
        assertThat(next.at("/lines/0/entryId").asLong()).isEqualTo(6);
        assertThat(next.has("opening")).isFalse();

        assertThat(get(path, tokenOf("7", "creator")).statusCode()).isEqualTo(200);
        assertProblem(get(path, tokenOf("c1", "creator")), "forbidden");
        assertProblem(get(path, tokenOf("7", "viewer")), "forbidden");
        assertProblem(get("/v1/ledger/accounts", tokenOf("7", "creator")), "forbidden");
        HttpResponse<String> pdf = get(path + "&format=pdf", tokenOf("7", "creator"));
        assertThat(pdf.statusCode()).isEqualTo(200);
        assertThat(pdf.headers().firstValue("content-type")).hasValue("application/pdf");
        assertThat(pdf.body()).startsWith("%PDF-");
        String running = YearMonth.now(ZoneOffset.UTC).toString();
        assertThat(read("/statements/creators/7?month=" + running).path("state").asString())
                .isEqualTo("running");
    }

    @Test
    void everyRequestOfAPersonIsLoggedBeforeItIsAnswered() throws Exception {
        get("/v1/ledger/accounts/1010:bank?asOf=position:8", tokenOf("fin-log", "finance"));
        get("/v1/ledger/accounts", tokenOf("fin-log", "viewer"));
        get("/v1/ledger/lots/7", tokenOf("fin-log", "finance"));
        get("/v1/ledger/nothing", tokenOf("fin-log", "finance"));
        get("/v1/ledger/export?to=position:8", tokenOf("fin-log", "finance"));
        get("/v1/ledger/accounts", null);
        List<String> found = new ArrayList<>();
        JsonNode accesses = read("/accesses?person=fin-log&from=2026-01-01").path("accesses");
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
        JsonNode newest = read("/accesses?person=fin-log&order=desc&limit=2");
        assertThat(newest.at("/accesses/0/path").asString()).isEqualTo("/v1/ledger/export");
        JsonNode rest =
                read(
                        "/accesses?person=fin-log&order=desc&cursor="
                                + newest.path("nextCursor").asString());
        assertThat(rest.path("accesses")).hasSize(3);
        assertThat(read("/accesses?person=fin-log&to=2026-01-01").path("accesses")).isEmpty();
        assertThatThrownBy(() -> execute("update ledger_access.access set person = 'nobody'"))
                .hasMessageContaining("UPDATE on the log of accesses: expected inserts only");
        assertThatThrownBy(() -> execute("truncate ledger_access.access"))
                .hasMessageContaining("expected inserts only");
    }

    @Test
    void nobodyReadsWhatCannotBeLogged() throws Exception {
        execute("alter table ledger_access.access rename to away");
        try {
            for (String path : List.of("/accounts/1010:bank", "/export", "/nothing")) {
                HttpResponse<String> answer = get("/v1/ledger" + path, token("finance"));
                assertThat(answer.statusCode()).as(answer.body()).isEqualTo(503);
                assertProblem(answer, "access-not-logged");
                assertThat(answer.body()).doesNotContain("1010");
            }
        } finally {
            execute("alter table ledger_access.away rename to access");
        }
        assertThat(get("/v1/ledger/accounts/1010:bank", token("finance")).statusCode())
                .isEqualTo(200);
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection =
                        LedgerDatabaseFixture.dataSource(ledger.postgres).getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Test
    void verifyHolds() throws Exception {
        JsonNode verification = read("/verify");
        assertThat(verification.path("holds").asBoolean()).as("%s", verification).isTrue();
        assertThat(verification.path("checks")).hasSize(12);
        assertThat(verification.has("firstFault")).isFalse();
    }

    @Test
    void theCsvExportHasEveryPosting() throws Exception {
        HttpResponse<String> csv = get("/v1/ledger/export?format=csv", token("finance"));
        assertThat(csv.statusCode()).isEqualTo(200);
        List<String> lines = csv.body().lines().toList();
        assertThat(lines)
                .hasSize(1 + model.entries().stream().mapToInt(e -> e.postings().size()).sum());
        assertThat(lines.get(1))
                .startsWith("1,2026-01-01T00:00:01Z,confetti.coins-purchased.v1,")
                .contains(",coin:issued:paid,COIN,D,1050,");
        assertThat(
                        get("/v1/ledger/export?from=position:3&to=position:3", token("finance"))
                                .body()
                                .lines()
                                .toList())
                .hasSize(3);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/accounts?limit=0 | 400 | limit \"0\": expected a number from 1 to 1000",
                "/accounts?limit=ten | 400 | limit \"ten\"",
                "/accounts?type=equity | 400 | type \"equity\": expected one of coin, viewer",
                "/accounts?asOf=yesterday | 400 | asOf \"yesterday\": expected position:N",
                "/accounts?asOf=position:-1 | 400 | asOf \"position:-1\"",
                "/accounts?asof=position:1 | 400 | parameter \"asof\": expected one of",
                "/accounts?limit=1&limit=2 | 400 | parameter limit: expected it once",
                "/accounts?cursor=zzz | 400 | cursor",
                "/accounts/9999:nothing | 404 | account \"9999:nothing\"",
                "/accounts/viewer:nobody:coin:paid/postings | 404 | viewer:nobody:coin:paid",
                "/entries?type=moon-landed | 400 | type \"moon-landed\": expected one of",
                "/entries?reference=7 | 400 | reference \"7\": expected a UUID",
                "/entries?account=nobody | 404 | account \"nobody\"",
                "/entries?viewer=nobody | 404 | viewer \"nobody\": expected a person with an account",
                "/entries?creator=42 | 404 | creator \"42\"",
                "/entries?live=nowhere | 404 | live \"nowhere\": expected one with a gift",
                "/entries?viewer=a:b | 400 | viewer \"a:b\": expected an id of 1 to 64",
                "/entries?amount=-1 | 400 | amount \"-1\": expected a decimal above 0 with up to 6",
                "/entries?amount=0.00 | 400 | amount \"0.00\"",
                "/entries?amount=1e3 | 400 | amount \"1e3\"",
                "/entries?amount=1.5&asset=COIN | 400 | amount \"1.5\": expected a decimal above 0 with up to 0 places, as COIN has",
                "/entries?asset=XX | 400 | asset \"XX\": expected COIN, DIAMOND or a currency",
                "/lots?viewer=nobody | 404 | viewer \"nobody\"",
                "/lots?state=half | 400 | state \"half\": expected one of open, spent",
                "/lots?currency=COINS | 400 | currency \"COINS\"",
                "/lots/7 | 400 | lot \"7\": expected a UUID",
                "/lots/00000000-0000-0000-0000-000000000001 | 404 | lot 00000000",
                "/movements?from=2026-13-01 | 400 | from \"2026-13-01\": expected a day",
                "/movements?from=2026-02-01&to=2026-01-01 | 400 | expected from not after to",
                "/deferred-revenue?from=2026 | 400 | from \"2026\": expected a month such as",
                "/deferred-revenue?from=2026-13 | 400 | from \"2026-13\"",
                "/deferred-revenue?from=2026-02&to=2026-01 | 400 | expected from not after to",
                "/statements/creators/7 | 400 | month: expected one such as 2026-01, found none",
                "/statements/creators/7?month=2026-1 | 400 | month \"2026-1\"",
                "/statements/creators/7?month=2999-01 | 409 | month 2999-01: expected one that has begun",
                "/statements/creators/nobody?month=2026-01 | 404 | creator \"nobody\"",
                "/statements/creators/7?month=2026-01&format=html | 400 | format \"html\"",
                "/statements/creators/7?month=2026-01&format=pdf&limit=5 | 400 | expected neither with format pdf",
                "/accesses?from=position:3 | 400 | from \"position:3\": expected an instant",
                "/accesses?cursor=zzz | 400 | cursor",
                "/accesses?person=a%20b | 400 | person \"a b\": expected an id",
                "/accesses?from=2026-01-02&to=2026-01-01 | 400 | expected from before to",
                "/clearing/1010:bank | 404 | account \"1010:bank\": expected one of [1020:receivable:psp",
                "/clearing/1040:disputes-receivable?cursor=zzz | 400 | cursor",
                "/clearing?asOf=noon | 400 | asOf \"noon\"",
                "/vat?from=2026-02&to=2026-01 | 400 | expected from not after to",
                "/entries?order=up | 400 | order \"up\": expected one of asc, desc",
                "/entries?from=2026-02-01&to=2026-01-01 | 400 | expected from before to",
                "/entries/zero | 400 | entry id \"zero\": expected a number from 1",
                "/entries/999999 | 409 | position 999999: expected one that the ledger has applied",
                "/trial-balance?asOf=position:999999 | 409 | up to 1500",
                "/trial-balance?expand=some | 400 | expand \"some\": expected one of none, viewers",
                "/export?format=pdf | 400 | format \"pdf\": expected one of csv, hledger",
                "/verify?deep=true | 400 | parameter \"deep\""
            })
    void whatIsWrongIsSaid(String path, int status, String detail) throws Exception {
        HttpResponse<String> answer = get("/v1/ledger" + path, token("finance"));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(json.readTree(answer.body()).path("detail").asString()).contains(detail);
        assertProblem(
                answer,
                status == 400
                        ? "malformed-request"
                        : status == 404
                                ? "not-found"
                                : path.contains("month=2999")
                                        ? "month-not-begun"
                                        : "position-not-applied");
    }

    /** Each call of the ledger, and a question to it that has an answer. */
    private static final Map<String, String> QUESTIONS =
            Map.ofEntries(
                    Map.entry("/accounts", "/accounts?limit=1"),
                    Map.entry("/accounts/{code}", "/accounts/2010:contract-liability"),
                    Map.entry(
                            "/accounts/{code}/postings",
                            "/accounts/viewer:42:coin:paid/postings?limit=1"),
                    Map.entry("/entries", "/entries?limit=5"),
                    Map.entry("/entries/{id}", "/entries/4"),
                    Map.entry("/trial-balance", "/trial-balance"),
                    Map.entry("/verify", "/verify"),
                    Map.entry("/lots", "/lots?limit=1"),
                    Map.entry("/lots/{lotId}", "/lots/" + Samples.id(2)),
                    Map.entry("/movements", "/movements"),
                    Map.entry("/deferred-revenue", "/deferred-revenue"),
                    Map.entry("/vat", "/vat"),
                    Map.entry("/clearing", "/clearing"),
                    Map.entry("/clearing/{code}", "/clearing/1040:disputes-receivable"),
                    Map.entry("/statements/creators/{id}", "/statements/creators/c1?month=2026-01"),
                    Map.entry("/seals", "/seals"),
                    Map.entry("/accesses", "/accesses?limit=1"));

    /** Answers that this run has none of; tests of their own look at them. */
    private static final Set<String> NOT_ASKED = Set.of("/export", "/seals/{period}");

    @Test
    void openApiDescribesEveryCallWithParametersExamplesAndProblems() throws Exception {
        JsonNode paths = json.readTree(get("/v3/api-docs", null).body()).path("paths");
        List<String> missing = new ArrayList<>();
        int calls = 0;
        for (var path : paths.properties()) {
            if (!path.getKey().startsWith("/v1/ledger")) {
                continue;
            }
            for (var call : path.getValue().properties()) {
                calls++;
                String name = call.getKey() + " " + path.getKey();
                JsonNode operation = call.getValue();
                if (operation.path("summary").asString("").isEmpty()) {
                    missing.add(name + ": a summary");
                }
                for (JsonNode parameter : operation.path("parameters")) {
                    if (parameter.path("description").asString("").isEmpty()) {
                        missing.add(
                                name + ": a description of " + parameter.path("name").asString());
                    }
                }
                for (String status : List.of("400", "401", "403", "503")) {
                    if (!operation
                            .at("/responses/" + status + "/content/application~1problem+json")
                            .has("example")) {
                        missing.add(name + ": the problem " + status);
                    }
                }
                JsonNode content = operation.at("/responses/200/content");
                if (content.findValue("example") == null) {
                    missing.add(name + ": an example of its answer");
                }
                String question = QUESTIONS.get(path.getKey().substring("/v1/ledger".length()));
                if (question != null) {
                    Set<String> names = shape(content.at("/application~1json/example"));
                    // Nobody is paid in this run, and no month closed.
                    names.removeIf(
                            each -> each.startsWith("/payouts[]") || each.startsWith("/seals[]"));
                    assertThat(names).as(name).isNotEmpty().isSubsetOf(shape(read(question)));
                } else if (!NOT_ASKED.contains(path.getKey().substring("/v1/ledger".length()))) {
                    missing.add(name + ": a question of this test");
                }
            }
        }
        assertThat(missing).isEmpty();
        assertThat(calls).isEqualTo(QUESTIONS.size() + NOT_ASKED.size());
    }

    /** The names in a document, lists taken as one. */
    private static Set<String> shape(JsonNode node) {
        Set<String> names = new TreeSet<>();
        shape("", node, names);
        return names;
    }

    private static void shape(String at, JsonNode node, Set<String> names) {
        if (node.isArray()) {
            node.forEach(each -> shape(at + "[]", each, names));
        } else if (node.isObject()) {
            node.properties()
                    .forEach(
                            each -> {
                                names.add(at + "/" + each.getKey());
                                shape(at + "/" + each.getKey(), each.getValue(), names);
                            });
        }
    }

    @Test
    void openApiAndMetricsTellOfTheLedger() throws Exception {
        JsonNode paths = json.readTree(get("/v3/api-docs", null).body()).path("paths");
        assertThat(paths.has("/v1/ledger/accounts/{code}/postings")).isTrue();
        assertThat(paths.at("/~1v1~1ledger~1entries/get/parameters")).hasSize(13);
        assertThat(get("/actuator/prometheus", null).body())
                .contains("confetti_ledger_position 1500.0")
                .contains("confetti_ledger_lag_records 0.0");
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

    private List<Long> ids(String path) throws Exception {
        List<Long> ids = new ArrayList<>();
        read(path).path("entries").forEach(e -> ids.add(e.path("entryId").asLong()));
        return ids;
    }

    private void assertProblem(HttpResponse<String> answer, String name) {
        assertThat(answer.headers().firstValue("content-type").orElse(""))
                .startsWith("application/problem+json");
        JsonNode problem = json.readTree(answer.body());
        assertThat(problem.path("type").asString())
                .isEqualTo("https://confetti.example/problems/" + name);
        assertThat(problem.path("title").asString()).isNotEmpty();
        assertThat(problem.path("status").asInt()).isEqualTo(answer.statusCode());
    }

    private JsonNode read(String path) throws Exception {
        return ledger.read(path);
    }

    private HttpResponse<String> get(String path, @Nullable String token)
            throws IOException, InterruptedException {
        return ledger.get(path, token);
    }
}

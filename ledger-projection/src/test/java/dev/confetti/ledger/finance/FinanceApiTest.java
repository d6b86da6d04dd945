package dev.confetti.ledger.finance;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;

import dev.confetti.engines.PostgresEndpoint;
import dev.confetti.engines.TestEngines;
import dev.confetti.events.ConfettiEvent;
import dev.confetti.ledger.LedgerDatabaseFixture;
import dev.confetti.ledger.LedgerProjection;
import dev.confetti.ledger.ModelLedger;
import dev.confetti.ledger.RandomEvents;
import dev.confetti.ledger.Samples;
import dev.confetti.ledger.TestLog;
import dev.confetti.ledger.Waiting;
import dev.confetti.ledger.journal.SourceEvent;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * The standalone service over HTTP, on real engines: the hand-worked example, then a random run.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FinanceApiTest {
    private static final String SECRET = "a secret of at least thirty-two bytes";
    private static final int EVENTS = 1_500;
    private static final long SEED = 20260101;

    private final JsonMapper json = new JsonMapper();
    private final HttpClient client = HttpClient.newHttpClient();
    private final List<SourceEvent> events = new ArrayList<>();
    private ModelLedger model = new ModelLedger(List.of());
    private ConfigurableApplicationContext application;
    private String base = "";

    @SuppressWarnings("NullAway.Init") // set before all tests
    FinanceApiTest() {}

    @BeforeAll
    void start() throws Exception {
        PostgresEndpoint postgres = TestEngines.freshPostgres();
        String kafka = TestEngines.freshKafka();
        TestLog.createTopics(kafka);
        TestLog.createTable(LedgerDatabaseFixture.dataSource(postgres));
        List<ConfettiEvent> all = new ArrayList<>(Samples.example());
        // The random run has persons and ids of its own.
        all.addAll(new RandomEvents(SEED, 20, 1_000).next(EVENTS - all.size()));
        events.addAll(Samples.numbered(all));
        model = new ModelLedger(events);
        try (TestLog log = new TestLog(kafka)) {
            log.publish(events);
        }
        application =
                new SpringApplicationBuilder(LedgerProjection.class)
                        .run(
                                "--server.port=0",
                                "--confetti.postgres.url=" + postgres.jdbcUrl(),
                                "--confetti.postgres.user=" + postgres.user(),
                                "--confetti.postgres.password=" + postgres.password(),
                                "--confetti.kafka.bootstrap=" + kafka,
                                "--confetti.sign-in.secret=" + SECRET,
                                "--management.endpoints.web.exposure.include=health,prometheus");
        base = "http://localhost:" + application.getEnvironment().getProperty("local.server.port");
        Waiting.until(() -> assertThat(get("/actuator/health", null).statusCode()).isEqualTo(200));
        Waiting.until(
                () ->
                        assertThat(read("/trial-balance").at("/asOf/applied").asLong())
                                .isEqualTo(EVENTS));
    }

    @AfterAll
    void stop() {
        application.close();
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
    void verifyHolds() throws Exception {
        JsonNode verification = read("/verify");
        assertThat(verification.path("holds").asBoolean()).as("%s", verification).isTrue();
        assertThat(verification.path("checks")).hasSize(10);
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

    @Test
    void hledgerAcceptsTheExportAndAgreesWithTheTrialBalance(@TempDir Path folder)
            throws Exception {
        Assumptions.assumeTrue(
                isInstalled("hledger"), "skipped: the program hledger is not installed");
        Path journal = folder.resolve("ledger.journal");
        Files.writeString(
                journal, get("/v1/ledger/export?format=hledger", token("finance")).body());
        assertThat(run("hledger", "-f", journal.toString(), "check")).isEmpty();
        String liability =
                run(
                        "hledger",
                        "-f",
                        journal.toString(),
                        "balance",
                        "--no-total",
                        "^2010:contract-liability$",
                        "-N",
                        "--flat");
        assertThat(liability.strip().split("\\s+", 2)[0])
                .isEqualTo(
                        "-" + read("/accounts/2010:contract-liability").path("balance").asString());
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
                        : status == 404 ? "not-found" : "position-not-applied");
    }

    @Test
    void openApiAndMetricsTellOfTheLedger() throws Exception {
        JsonNode paths = json.readTree(get("/v3/api-docs", null).body()).path("paths");
        assertThat(paths.has("/v1/ledger/accounts/{code}/postings")).isTrue();
        assertThat(paths.at("/~1v1~1ledger~1entries/get/parameters")).hasSize(8);
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
        HttpResponse<String> answer = get("/v1/ledger" + path, token("finance"));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return json.readTree(answer.body());
    }

    private HttpResponse<String> get(String path, @Nullable String token)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + escaped(path)));
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static String escaped(String path) {
        return path.replace("\"", "%22");
    }

    private static String token(String... roles) throws Exception {
        SignedJWT jwt =
                new SignedJWT(
                        new JWSHeader(JWSAlgorithm.HS256),
                        new JWTClaimsSet.Builder()
                                .subject("someone")
                                .claim("roles", List.of(roles))
                                .expirationTime(Date.from(Instant.now().plusSeconds(600)))
                                .build());
        jwt.sign(new MACSigner(SECRET));
        return Objects.requireNonNull(jwt.serialize());
    }

    private static boolean isInstalled(String program) {
        for (String folder : System.getenv().getOrDefault("PATH", "").split(":", -1)) {
            if (Files.isExecutable(Path.of(folder, program))) {
                return true;
            }
        }
        return false;
    }

    private static String run(String... command) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("LC_ALL", "C.UTF-8");
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }
}

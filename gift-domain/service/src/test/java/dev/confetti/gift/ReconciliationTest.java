package dev.confetti.gift;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confetti.gift.Http.Response;
import dev.confetti.gift.bank.FakeBank;
import dev.confetti.gift.wallet.WalletCommand.AddPurchase;
import dev.confetti.gift.wallet.Wallets;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What providers and the bank say beside what is booked; each test has a provider of its own. */
class ReconciliationTest {
    private static final String HEADER =
            "reference,date,kind,providerReference,currency,gross,fee,net\n";
    private static final LocalDate DAY = LocalDate.parse("2026-03-02");
    private static final SetClock clock = SetClock.nearNow();

    private static EarningsStage stage;
    private static RunningService service;
    private static Http http;
    private static String finance;

    @BeforeAll
    static void start() {
        stage =
                new EarningsStage(
                        clock,
                        "confetti.bank.name=Confetti Ltd",
                        "confetti.bank.iban=GB82 WEST 1234 5698 7654 32",
                        "confetti.policy.earningsHold=PT0S",
                        "confetti.policy.payoutMinimumDiamonds=100",
                        "confetti.policy.payoutFeeMinor=25");
        service = stage.service();
        http = service.http();
        finance = stage.finance();
    }

    @AfterAll
    static void stop() {
        stage.close();
    }

    /** As a provider's notice would record it. */
    private static void buy(
            String provider, String reference, long priceMinor, long feeMinor, String currency) {
        service.bean(Wallets.class)
                .perform(
                        new AddPurchase(
                                UUID.randomUUID(),
                                clock.instant(),
                                stage.next("buyer-"),
                                1_000,
                                50,
                                priceMinor,
                                0,
                                feeMinor,
                                currency,
                                provider,
                                reference,
                                null));
    }

    private static void settle(String provider, String lines) {
        Response answer =
                http.call(
                        "POST",
                        "/v1/provider-settlements/" + provider,
                        finance,
                        null,
                        "text/csv",
                        HEADER + lines);
        assertThat(answer.status()).as(answer.toString()).isEqualTo(201);
    }

    private static JsonNode get(String path) {
        Response answer = http.get("/v1/reconciliation/" + path, finance);
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        return answer.json();
    }

    private static List<String> movements(String query) {
        List<String> found = new ArrayList<>();
        get("providers?" + query)
                .get("movements")
                .forEach(
                        each ->
                                found.add(
                                        each.get("state").stringValue()
                                                + " "
                                                + each.get("reference").stringValue()
                                                + " "
                                                + each.get("grossMinor").longValue()
                                                + (each.has("finding")
                                                        ? " " + each.get("finding").stringValue()
                                                        : "")
                                                + (each.has("ageDays")
                                                        ? " " + each.get("ageDays").longValue()
                                                        : "")));
        return found;
    }

    @Test
    void movementsAreOwedUntilAReportSettlesThemAndOddLinesAreListed() {
        buy("apple", "a1", 1_000, 300, "USD");
        buy("apple", "a2", 2_000, 600, "USD");
        buy("apple", "a3", 500, 150, "EUR");
        clock.set(clock.instant().plus(Duration.ofHours(71)));
        assertThat(movements("provider=apple"))
                .containsExactly("owed a3 500 2", "owed a2 2000 2", "owed a1 1000 2");
        assertThat(movements("provider=apple&currency=USD&state=owed"))
                .containsExactly("owed a2 2000 2", "owed a1 1000 2");

        // 0.10 less than was booked, and one that nobody knows.
        settle(
                "apple",
                """
                2026-02,2026-03-05,purchase,a1,USD,10.00,3.00,7.00
                2026-02,2026-03-05,purchase,a2,USD,19.90,6.00,13.90
                2026-02,2026-03-05,purchase,a9,USD,4.00,1.20,2.80
                """);

        assertThat(movements("provider=apple&state=owed")).containsExactly("owed a3 500 2");
        assertThat(movements("provider=apple&state=settled"))
                .containsExactly("settled a2 2000 other-amount", "settled a1 1000 as-booked");
        assertThat(movements("provider=apple&state=odd"))
                .containsExactly("odd a2 1990 other-amount 0", "odd a9 400 unknown-reference 0");
        assertThat(movements("provider=apple&state=odd&currency=EUR")).isEmpty();
        assertThat(summary("apple", "USD").toString())
                .isEqualTo(
                        """
                        {"provider":"apple","currency":"USD",\
                        "owed":{"movements":0,"grossMinor":0,"feeMinor":0,"netMinor":0,"oldestDays":0},\
                        "settled":{"settlements":1,"receivableMinor":2100,"bankMinor":2370,\
                        "commissionMinor":0,"suspenseMinor":-270},\
                        "odd":{"lines":2,"suspenseMinor":-270}}""");
        assertThat(summary("apple", "EUR").get("owed").toString())
                .isEqualTo(
                        """
                        {"movements":1,"grossMinor":500,"feeMinor":150,"netMinor":350,"oldestDays":2}""");
    }

    @Test
    void whatIsOwedIsAsOldAsItsOldest() {
        buy("stripe", "s1", 1_000, 30, "USD");
        clock.set(clock.instant().plus(Duration.ofHours(25)));
        buy("stripe", "s2", 2_000, 60, "USD");
        assertThat(summary("stripe", "USD").get("owed").toString())
                .isEqualTo(
                        """
                        {"movements":2,"grossMinor":3000,"feeMinor":90,"netMinor":2910,"oldestDays":1}""");
    }

    private static JsonNode summary(String provider, String currency) {
        for (JsonNode each : get("providers/summary").get("providers")) {
            if (each.get("provider").stringValue().equals(provider)
                    && each.get("currency").stringValue().equals(currency)) {
                return each;
            }
        }
        throw new AssertionError(get("providers/summary").toString());
    }

    @Test
    void allListsComeInPages() {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < 5; i++) {
            buy("google", "g" + i, 1_000, 150, "USD");
            if (i < 3) {
                lines.append("w9,2026-03-05,purchase,g").append(i).append(",USD,10.00,1.60,8.40\n");
            }
        }
        settle("google", lines.toString());
        assertThat(paged("providers?provider=google", "movements", "reference"))
                .containsExactly("g4", "g3", "g2", "g1", "g0");
        assertThat(paged("providers?provider=google&state=owed", "movements", "reference"))
                .containsExactly("g4", "g3");
        assertThat(paged("providers?provider=google&state=odd", "movements", "reference"))
                .containsExactly("g0", "g1", "g2");
    }

    private static List<String> paged(String path, String list, String key) {
        List<String> found = new ArrayList<>();
        String cursor = "";
        do {
            JsonNode page = get(path + "&limit=1" + cursor);
            page.get(list).forEach(each -> found.add(each.get(key).stringValue()));
            assertThat(found).as(path).hasSizeLessThan(20);
            cursor =
                    page.has("nextCursor") && !page.get("nextCursor").isNull()
                            ? "&cursor=" + page.get("nextCursor").stringValue()
                            : "";
        } while (!cursor.isEmpty());
        return found;
    }

    private static String sent(EarningsStage.Star star) {
        Response requested =
                http.post(
                        "/v1/payouts",
                        star.token(),
                        stage.next("p"),
                        Map.of(
                                "diamonds",
                                "200",
                                "destination",
                                Map.of("iban", "DE89370400440532013000", "name", "Ada")));
        assertThat(requested.status()).as(requested.toString()).isEqualTo(201);
        String id = requested.text("payoutId");
        assertThat(http.post("/v1/payouts/" + id + "/approve", finance, null, Map.of()).status())
                .isEqualTo(200);
        return id;
    }

    private static void tell(byte[] message) {
        Response answer =
                http.call(
                        "POST",
                        "/v1/bank-messages",
                        finance,
                        null,
                        "application/xml",
                        new String(message, StandardCharsets.UTF_8));
        assertThat(answer.status()).as(answer.toString()).isEqualTo(201);
    }

    private static List<String> payouts(String query) {
        List<String> found = new ArrayList<>();
        get("payouts?" + query)
                .get("payouts")
                .forEach(
                        each ->
                                found.add(
                                        each.get("payoutId").stringValue()
                                                + " "
                                                + each.get("state").stringValue()
                                                + " "
                                                + each.get("netMinor").longValue()
                                                + " "
                                                + each.get("lines").size()));
        return found;
    }

    private static List<String> lines(String query) {
        List<String> found = new ArrayList<>();
        get("bank-lines?" + query)
                .get("lines")
                .forEach(
                        each ->
                                found.add(
                                        each.get("state").stringValue()
                                                + " "
                                                + each.get("amountMinor").longValue()));
        return found;
    }

    /** At a fee of 0.25 and a cent for a diamond: 200 diamonds are 2.00, of which 1.75 are sent. */
    @Test
    void payoutsInTransitStandBesideTheBanksLines() {
        EarningsStage.Star star = stage.freshStar();
        stage.send(star.liveId(), "ant", 2_000);
        clock.set(clock.instant().plusSeconds(2));
        stage.work();
        String settled = sent(star);
        String waiting = sent(star);
        Response batch = http.post("/v1/payout-batches", finance, stage.next("b"), null);
        String file = http.get(batch.text("file"), finance).body();
        assertThat(payouts("state=in-transit"))
                .containsExactly(waiting + " in-transit 175 0", settled + " in-transit 175 0");
        assertThat(get("payouts/summary").toString())
                .isEqualTo(
                        """
                        {"inTransit":[{"currency":"USD","payouts":2,"netMinor":350,"oldestDays":0}]}""");

        FakeBank bank = FakeBank.given(file.getBytes(StandardCharsets.UTF_8));
        tell(bank.settles(Set.of(settled.replace("-", "")), DAY));
        FakeBank others =
                FakeBank.given(
                        file.replace(
                                        waiting.replace("-", ""),
                                        UUID.randomUUID().toString().replace("-", ""))
                                .replace(settled.replace("-", ""), waiting.replace("-", ""))
                                .replace("1.75", "1.74")
                                .replace("3.50", "3.48")
                                .getBytes(StandardCharsets.UTF_8));
        tell(others.settles(DAY.plusDays(1)));

        assertThat(payouts("state=in-transit")).containsExactly(waiting + " in-transit 175 1");
        assertThat(payouts("state=settled")).containsExactly(settled + " settled 175 1");
        assertThat(payouts("state=settled&currency=EUR")).isEmpty();
        assertThat(lines("state=matched")).containsExactly("matched 175");
        assertThat(lines("state=contradicted&currency=USD")).containsExactly("contradicted 174");
        assertThat(lines("state=unmatched")).containsExactly("unmatched 174");
        assertThat(lines("state=waiting")).isEmpty();
        assertThat(lines("limit=1000")).hasSize(3);
        assertThat(lines("currency=EUR")).isEmpty();
        assertThat(paged("bank-lines?currency=USD", "lines", "bankMessageId")).hasSize(3);
        assertThat(paged("payouts?currency=USD", "payouts", "payoutId"))
                .containsExactly(waiting, settled);
        clock.set(clock.instant().plus(Duration.ofDays(3)));
        assertThat(get("payouts/summary").get("inTransit").get(0).get("oldestDays").longValue())
                .isEqualTo(3);
        assertThat(get("bank-lines?state=unmatched").get("lines").get(0).get("ageDays").longValue())
                .isEqualTo(3);
        sent(star);
        assertThat(http.post("/v1/payout-batches", finance, stage.next("b"), null).status())
                .isEqualTo(201);
        assertThat(get("payouts/summary").toString())
                .isEqualTo(
                        """
                        {"inTransit":[{"currency":"USD","payouts":2,"netMinor":350,"oldestDays":3}]}""");
    }

    @Test
    void whatIsNoFilterIsRefused() {
        for (String path :
                List.of(
                        "providers?state=open",
                        "providers?provider=No%20body",
                        "providers?currency=usd",
                        "providers?cursor=x",
                        "payouts?state=requested",
                        "bank-lines?state=applied",
                        "bank-lines?limit=0")) {
            Response answer = http.get("/v1/reconciliation/" + path, finance);
            assertThat(answer.problem()).as(path).isEqualTo("malformed-request");
        }
        assertThat(http.get("/v1/reconciliation/providers", stage.viewer()).problem())
                .isEqualTo("forbidden");
    }
}

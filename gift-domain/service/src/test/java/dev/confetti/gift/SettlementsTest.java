package dev.confetti.gift;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confetti.engines.TestEngines;
import dev.confetti.events.FinanceEvent.ProviderSettled;
import dev.confetti.events.LogRecord;
import dev.confetti.gift.Http.Response;
import dev.confetti.gift.http.PageRequest;
import dev.confetti.gift.log.EventLog;
import dev.confetti.gift.log.GiftDatabase;
import dev.confetti.gift.log.LogVerifier;
import dev.confetti.gift.purchase.Chargebacks;
import dev.confetti.gift.purchase.Chargebacks.Dispute;
import dev.confetti.gift.wallet.WalletCommand.AddPurchase;
import dev.confetti.gift.wallet.Wallets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Providers' reports against what was bought, refunded and disputed. */
class SettlementsTest {
    private static final String PATH = "/v1/provider-settlements";
    private static final String HEADER =
            "reference,date,kind,providerReference,currency,gross,fee,net\n";
    private static final AtomicInteger NUMBERS = new AtomicInteger();

    private static RunningService service;
    private static Http http;
    private static String finance;

    @BeforeAll
    static void start() {
        service = RunningService.start(TestEngines.freshPostgres());
        http = service.http();
        finance = service.token("fin-1", "finance");
        buy("apple", "warm-up", 100, 0, 30, "USD");
        buy("stripe", "warm-up", 100, 0, 30, "USD");
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    /** As a provider's notice would record it. */
    private static UUID buy(
            String provider, String reference, long price, long tax, long fee, String currency) {
        UUID id = new UUID(0x5000L, 0x8000_0000_0000_0000L | NUMBERS.incrementAndGet());
        service.bean(Wallets.class)
                .perform(
                        new AddPurchase(
                                id,
                                Instant.parse("2026-01-01T00:00:00Z"),
                                "buyer-" + NUMBERS.get(),
                                1_000,
                                50,
                                price,
                                tax,
                                fee,
                                currency,
                                provider,
                                reference,
                                null));
        return id;
    }

    private static Response settle(String provider, String csv) {
        return http.call("POST", PATH + "/" + provider, finance, null, "text/csv", csv);
    }

    private static JsonNode settled(String provider, String csv) {
        Response answer = settle(provider, csv);
        assertThat(answer.status()).as(answer.toString()).isEqualTo(201);
        assertThat(answer.json().get("settlements").size()).isEqualTo(1);
        return answer.json().get("settlements").get(0);
    }

    private static long minor(JsonNode settlement, String what) {
        return settlement.get(what).get("amountMinor").longValue();
    }

    private static void assertAmounts(
            JsonNode settlement, long bank, long receivable, long commission, long suspense) {
        assertThat(
                        List.of(
                                minor(settlement, "bank"),
                                minor(settlement, "receivable"),
                                minor(settlement, "commission"),
                                minor(settlement, "suspense")))
                .containsExactly(bank, receivable, commission, suspense);
    }

    private static List<String> odd(JsonNode settlement) {
        List<String> found = new ArrayList<>();
        http.get(
                        PATH
                                + "/"
                                + settlement.get("settlementId").stringValue()
                                + "/lines?odd=true",
                        finance)
                .json()
                .get("lines")
                .forEach(
                        line ->
                                found.add(
                                        line.get("line").longValue()
                                                + " "
                                                + line.get("finding").stringValue()));
        return found;
    }

    private static LogRecord recorded(JsonNode settlement) {
        return service.bean(EventLog.class)
                .find(UUID.fromString(settlement.get("settlementId").stringValue()))
                .orElseThrow();
    }

    /** Entry 23 of the ledger's example: 7.00 from Apple. */
    @Test
    void aStoresPaymentBecomesOneEventAndTheSameReportAgainChangesNothing() {
        buy("apple", "A-1", 1_000, 0, 300, "USD");
        String csv = HEADER + "2026-01,2026-02-05,purchase,A-1,USD,10.00,3.00,7.00\n";

        JsonNode settlement = settled("apple", csv);

        assertAmounts(settlement, 700, 700, 0, 0);
        assertThat(odd(settlement)).isEmpty();
        ProviderSettled event = (ProviderSettled) recorded(settlement).event();
        assertThat(event)
                .isEqualTo(
                        new ProviderSettled(
                                event.settlementId(),
                                "1021:receivable:apple",
                                "apple",
                                "2026-01",
                                "USD",
                                700,
                                700,
                                0,
                                0,
                                1,
                                event.linesSha256(),
                                "fin-1"));
        long head = service.bean(EventLog.class).head();
        for (String same : List.of(csv, "\uFEFF" + csv.replace("\n", "\r\n"))) {
            Response again = settle("apple", same);
            assertThat(again.status()).isEqualTo(200);
            assertThat(again.json().get("settlements").get(0)).isEqualTo(settlement);
        }
        assertThat(service.bean(EventLog.class).head()).isEqualTo(head);
        Response other = settle("apple", csv.replace("3.00,7.00", "3.01,6.99"));
        assertThat(other.status()).isEqualTo(409);
        assertThat(other.problem()).isEqualTo("settlement-differs");
        assertThat(other.number("position")).isEqualTo(head);
    }

    /** Entry 24 of the ledger's example: 23.12 from the card processor, as Stripe reports it. */
    @Test
    void aPayoutOfStripeIsMatchedByPaymentIntents() {
        buy("stripe", "pi_24", 2_000, 400, 88, "USD");
        JsonNode settlement =
                settled(
                        "stripe",
                        "automatic_payout_id,currency,gross,fee,net,reporting_category,source_id,"
                                + "payment_intent_id\n"
                                + "po_24,usd,24.00,0.88,23.12,charge,ch_24,pi_24\n");
        assertAmounts(settlement, 2_312, 2_312, 0, 0);
        ProviderSettled event = (ProviderSettled) recorded(settlement).event();
        assertThat(event.account()).isEqualTo("1020:receivable:psp");
        assertThat(event.bankMinor()).isEqualTo(2_312);
        assertThat(event.receivableMinor()).isEqualTo(2_312);
    }

    @Test
    void refundsAndDisputesComeOffInAnyOrderOfLines() {
        String viewer = service.token("shopper", "viewer");
        List<String> ids = new ArrayList<>();
        for (String key : List.of("1", "2")) {
            ids.add(
                    http.post(
                                    "/v1/coin-purchases",
                                    viewer,
                                    key,
                                    Map.of("packageId", "coins-660", "provider", "sandbox"))
                            .text("purchaseId"));
        }
        String refund = "/v1/coin-purchases/" + ids.get(0) + "/refund";
        assertThat(http.post(refund, finance, "r", Map.of("reason", "asked")).status())
                .isEqualTo(200);
        Dispute dispute = new Dispute(UUID.fromString(ids.get(1)), "d-1", 999, 1_500, "USD");
        service.bean(Chargebacks.class).open("sandbox", dispute);
        service.bean(Chargebacks.class).close("sandbox", dispute, true);

        JsonNode settlement =
                settled(
                        "sandbox",
                        HEADER
                                + "w1,2026-02-05,chargeback-won,d-1,USD,9.99,0.00,9.99\n"
                                + "w1,2026-02-05,refund,sandbox-refund-"
                                + ids.get(0)
                                + ",USD,-9.99,-0.59,-9.40\n"
                                + "w1,2026-02-05,chargeback,d-1,USD,-9.99,15.00,-24.99\n"
                                + "w1,2026-02-05,purchase,sandbox-"
                                + ids.get(1)
                                + ",USD,9.99,0.59,9.40\n"
                                + "w1,2026-02-05,purchase,sandbox-"
                                + ids.get(0)
                                + ",USD,9.99,0.59,9.40\n");

        // 9.99 − 9.40 − 24.99 + 9.40 + 9.40
        assertAmounts(settlement, -560, -560, 0, 0);
        assertThat(odd(settlement)).isEmpty();
    }

    @Test
    void differencesGoToCommissionOrSuspenseAndAreListed() {
        buy("apple", "B-1", 1_000, 0, 300, "USD");
        UUID short1 = buy("apple", "B-2", 1_000, 0, 300, "USD");
        buy("apple", "B-3", 1_000, 0, 300, "EUR");
        JsonNode settlement =
                settled(
                        "apple",
                        HEADER
                                + "2026-02,2026-03-05,purchase,B-1,USD,10.00,3.02,6.98\n"
                                + "2026-02,2026-03-05,purchase,B-2,USD,9.90,3.00,6.90\n"
                                + "2026-02,2026-03-05,purchase,B-9,USD,4.00,1.20,2.80\n"
                                + "2026-02,2026-03-05,purchase,B-3,USD,10.80,3.00,7.80\n"
                                + "2026-02,2026-03-05,fee,,USD,0.00,0.50,-0.50\n"
                                + "2026-02,2026-03-05,purchase,B-1,USD,10.00,3.00,7.00\n");
        // Bank 6.98 + 6.90 + 2.80 + 7.80 − 0.50 + 7.00 = 30.98; of it 14.00 was owed.
        // Commission 0.02 + 0.50; suspense 0.10 − 2.80 − 7.80 − 7.00 = −17.50.
        assertAmounts(settlement, 3_098, 1_400, 52, -1_750);
        assertThat(odd(settlement))
                .containsExactly(
                        "2 other-fee",
                        "3 other-amount",
                        "4 unknown-reference",
                        "5 other-currency",
                        "6 fee-alone",
                        "7 settled-before");
        String id = settlement.get("settlementId").stringValue();
        JsonNode first = http.get(PATH + "/" + id + "/lines?limit=2", finance).json();
        assertThat(first.get("lines").get(1).get("purchaseId").stringValue())
                .isEqualTo(short1.toString());
        JsonNode next =
                http.get(
                                PATH
                                        + "/"
                                        + id
                                        + "/lines?limit=2&cursor="
                                        + first.get("nextCursor").stringValue(),
                                finance)
                        .json();
        assertThat(next.get("lines").get(0).get("line").longValue()).isEqualTo(4);

        // Once settled it stays so, whatever another payment says.
        JsonNode later =
                settled("apple", HEADER + "2026-03,2026-04-05,purchase,B-1,USD,10.00,3.00,7.00\n");
        assertThat(odd(later)).containsExactly("2 settled-before");
    }

    @Test
    void eachPaymentAndCurrencyOfAFileIsASettlementOfItsOwn() {
        buy("apple", "C-1", 1_000, 0, 300, "USD");
        buy("apple", "C-2", 1_000, 0, 300, "EUR");
        buy("apple", "C-3", 500, 0, 150, "JPY");
        String csv =
                HEADER
                        + "c-1,2026-03-05,purchase,C-1,USD,10.00,3.00,7.00\n"
                        + "c-1,2026-03-05,purchase,C-2,EUR,10.00,3.00,7.00\n"
                        + "c-2,2026-03-05,purchase,C-3,JPY,500,150,350\n";
        JsonNode settlements = settle("apple", csv).json().get("settlements");
        assertThat(settlements.size()).isEqualTo(3);
        assertAmounts(settlements.get(0), 700, 700, 0, 0);
        assertThat(settlements.get(1).get("bank").get("currency").stringValue()).isEqualTo("EUR");
        assertAmounts(settlements.get(2), 350, 350, 0, 0);
        assertThat(settle("apple", csv).status()).isEqualTo(200);
        JsonNode list = http.get(PATH + "?provider=apple&limit=3", finance).json();
        assertThat(list.get("settlements").get(0)).isEqualTo(settlements.get(2));
        assertThat(
                        http.get(
                                        PATH
                                                + "/"
                                                + settlements
                                                        .get(1)
                                                        .get("settlementId")
                                                        .stringValue(),
                                        finance)
                                .json())
                .isEqualTo(settlements.get(1));
    }

    /**
     * Each is what one file may say; five of them would be more than half of what the books hold.
     */
    @Test
    void settlementsTogetherNeverMoveMoreThanTheBooksHold() {
        for (int i = 1; i <= 4; i++) {
            settled(
                    "apple",
                    HEADER
                            + "h-"
                            + i
                            + ",2026-03-05,other,,CHF,HALF,0,HALF\n"
                                    .replace("HALF", "999999999999"));
        }
        long head = service.bean(EventLog.class).head();
        Response refused = settle("apple", HEADER + "h-5,2026-03-05,other,,CHF,-4.01,0,-4.01\n");
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.problem()).isEqualTo("settlement-out-of-range");
        assertThat(refused.text("settled")).isEqualTo("3999999999996.00");
        assertThat(refused.text("settling")).isEqualTo("4.01");
        assertThat(refused.text("most")).isEqualTo("4000000000000");
        assertThat(service.bean(EventLog.class).head()).isEqualTo(head);
        settled("apple", HEADER + "h-6,2026-03-05,other,,CHF,-4.00,0,-4.00\n");
        settled("apple", HEADER + "h-5,2026-03-05,other,,DKK,-4.01,0,-4.01\n");
    }

    @Test
    void aBrokenLineRecordsNothingOfItsFile() {
        buy("apple", "D-1", 1_000, 0, 300, "USD");
        long head = service.bean(EventLog.class).head();
        Response refused =
                settle(
                        "apple",
                        HEADER
                                + "d-1,2026-03-05,purchase,D-1,USD,10.00,3.00,7.00\n"
                                + "d-2,2026-03-05,purchase,D-2,USD,ten,3.00,7.00\n");
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.problem()).isEqualTo("malformed-request");
        assertThat(refused.number("line")).isEqualTo(3);
        assertThat(refused.text("column")).isEqualTo("gross");
        assertThat(refused.text("value")).isEqualTo("ten");
        assertThat(service.bean(EventLog.class).head()).isEqualTo(head);
    }

    /** More lines than are matched at once; what the first of them settled the last does not. */
    @Test
    void ofALongReportEachMovementIsSettledOnceFromOneEndToTheOther() {
        buy("apple", "L-1", 1_000, 0, 300, "USD");
        buy("apple", "L-2", 2_000, 0, 600, "USD");
        String first = "l-1,2026-03-05,purchase,L-1,USD,10.00,3.00,7.00\n";
        String csv =
                HEADER
                        + first
                        + "l-1,2026-03-05,fee,,USD,0.00,0.01,-0.01\n".repeat(20_050)
                        + first
                        + "l-1,2026-03-05,purchase,L-2,USD,20.00,6.00,14.00\n";
        JsonNode settlement = settled("apple", csv);
        // Bank 7.00 − 200.50 + 7.00 + 14.00.
        assertAmounts(settlement, -17_250, 2_100, 20_050, -700);
        assertThat(settlement.get("lines").longValue()).isEqualTo(20_053);
        String unexplained =
                PATH
                        + "/"
                        + settlement.get("settlementId").stringValue()
                        + "/lines?odd=true&limit=1&cursor=";
        JsonNode again =
                http.get(unexplained + PageRequest.cursorAfter(-20_052), finance)
                        .json()
                        .get("lines")
                        .get(0);
        assertThat(again.get("line").longValue()).isEqualTo(20_053);
        assertThat(again.get("finding").stringValue()).isEqualTo("settled-before");
        assertThat(settle("apple", csv).status()).isEqualTo(200);
    }

    /** Whoever sends 16 MB must not find the connection closed instead of the answer. */
    @Test
    void aBrokenLineEarlyInALongReportIsToldToWhoeverIsStillSending() {
        buy("apple", "M-1", 1_000, 0, 300, "USD");
        String line = "m-1,2026-03-05,fee,,USD,0.00,0.01,-0.01\n";
        Response refused =
                settle("apple", HEADER + line.replace("0.01,", "one,") + line.repeat(400_000));
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.number("line")).isEqualTo(2);
    }

    @Test
    void linesOfASettlementThatWasNeverRecordedAreInNobodysWay() throws SQLException {
        UUID bought = buy("apple", "E-1", 1_000, 0, 300, "USD");
        try (Connection connection = service.bean(GiftDatabase.class).dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(
                    "insert into domain.settlement_line values ('00000000-0000-0000-0000-00000000dead',"
                            + " 2, '"
                            + bought
                            + "', 'purchase', 'E-1', 1000, 300, 700, 700, 0, 0, 'as-booked')");
            statement.execute(
                    "insert into domain.settlement_claim values"
                            + " ('00000000-0000-0000-0000-00000000dead', 1, 700)");
        }
        JsonNode settlement =
                settled("apple", HEADER + "e-1,2026-03-05,purchase,E-1,USD,10.00,3.00,7.00\n");
        assertThat(odd(settlement)).isEmpty();
    }

    @Test
    void ofManyReportsWithTheSamePaymentOneSettlesIt() throws Exception {
        buy("apple", "F-1", 1_000, 0, 300, "USD");
        List<JsonNode> settlements = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<JsonNode>> answers = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                String csv = HEADER + "f-" + i + ",2026-03-05,purchase,F-1,USD,10.00,3.00,7.00\n";
                answers.add(threads.submit(() -> settled("apple", csv)));
            }
            for (Future<JsonNode> answer : answers) {
                settlements.add(answer.get());
            }
        }
        assertThat(settlements).filteredOn(each -> minor(each, "receivable") == 700).hasSize(1);
        assertThat(settlements).filteredOn(each -> minor(each, "suspense") == -700).hasSize(7);
        assertThat(new LogVerifier(service.bean(GiftDatabase.class).dataSource()).verify().fault())
                .isEmpty();
    }

    @Test
    void onlyFinanceHandsReportsInAndOnlyOfProvidersThatSold() {
        String csv = HEADER + "g,2026-03-05,fee,,USD,0,1.00,-1.00\n";
        String viewer = service.token("v", "viewer");
        assertThat(http.call("POST", PATH + "/apple", null, null, "text/csv", csv).status())
                .isEqualTo(401);
        assertThat(http.call("POST", PATH + "/apple", viewer, null, "text/csv", csv).problem())
                .isEqualTo("forbidden");
        assertThat(http.get(PATH, viewer).problem()).isEqualTo("forbidden");
        assertThat(settle("nobody", csv).problem()).isEqualTo("unknown-provider");
        assertThat(settle("nobody", csv.replace("1.00", "one")).problem())
                .isEqualTo("malformed-request");
        Response json = http.post(PATH + "/apple", finance, null, Map.of());
        assertThat(json.status()).isEqualTo(415);
        assertThat(json.problem()).isEqualTo("unsupported-media-type");
        assertThat(http.get(PATH + "/x", finance).problem()).isEqualTo("unknown-settlement");
        assertThat(http.get(PATH + "/x/lines?odd=1", finance).problem())
                .isEqualTo("malformed-request");
    }
}

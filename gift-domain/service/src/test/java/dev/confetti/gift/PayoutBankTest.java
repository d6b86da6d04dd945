package dev.confetti.gift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confetti.events.EventCodec;
import dev.confetti.events.EventType;
import dev.confetti.events.FinanceEvent.PayoutBatchCreated;
import dev.confetti.gift.Http.Response;
import dev.confetti.gift.bank.FakeBank;
import dev.confetti.gift.earning.Creator;
import dev.confetti.gift.log.EventLog;
import dev.confetti.gift.log.NewEvent;
import dev.confetti.gift.log.OutdatedAppendException;
import dev.confetti.gift.payout.PayoutBatches;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * Payouts from their approval to the bank and back; at 10% tax, a fee of 0.25 and 1 micro-unit for
 * 0.0001 diamond: 400 diamonds are 4.00, of which 3.35 go to the bank.
 */
class PayoutBankTest {
    private static final LocalDate DAY = LocalDate.parse("2026-03-02");
    private static final SetClock clock = SetClock.nearNow();
    private static EarningsStage stage;
    private static RunningService service;
    private static Http http;
    private static String finance;

    private String creatorId = "";
    private String creator = "";
    private String liveId = "";

    @BeforeAll
    static void start() {
        stage =
                new EarningsStage(
                        clock,
                        "confetti.bank.name=Confetti Ltd",
                        "confetti.bank.iban=GB82 WEST 1234 5698 7654 32",
                        "confetti.policy.earningsHold=PT0S",
                        "confetti.policy.payoutMinimumDiamonds=100",
                        "confetti.policy.payoutFeeMinor=25",
                        "confetti.policy.withholdingBps=1000");
        service = stage.service();
        http = service.http();
        finance = stage.finance();
    }

    @AfterAll
    static void stop() {
        stage.close();
    }

    @BeforeEach
    void freshCreator() {
        EarningsStage.Star star = stage.freshStar();
        creatorId = star.creatorId();
        creator = star.token();
        liveId = star.liveId();
    }

    /** Gifts of 1 coin each, at half a diamond, released. */
    private Response earn(long coins) {
        Response sent = stage.send(liveId, "ant", coins);
        clock.set(clock.instant().plusSeconds(2));
        stage.work();
        return sent;
    }

    private Response request(String diamonds) {
        return http.post(
                "/v1/payouts",
                creator,
                stage.next("p"),
                Map.of(
                        "diamonds",
                        diamonds,
                        "destination",
                        Map.of("iban", "DE89370400440532013000", "name", "Ada Lovelace")));
    }

    private String requested(String diamonds) {
        Response answer = request(diamonds);
        assertThat(answer.status()).as(answer.toString()).isEqualTo(201);
        return answer.text("payoutId");
    }

    private String approved(String diamonds) {
        String payoutId = requested(diamonds);
        assertThat(approve(payoutId).status()).isEqualTo(200);
        return payoutId;
    }

    private static Response approve(String payoutId) {
        return http.post("/v1/payouts/" + payoutId + "/approve", finance, null, Map.of());
    }

    private static Response batch(String key) {
        return http.post("/v1/payout-batches", finance, key, null);
    }

    private static Response batch() {
        Response answer = batch(stage.next("b"));
        assertThat(answer.status()).as(answer.toString()).isEqualTo(201);
        return answer;
    }

    private static FakeBank bankWith(Response batch) {
        Response file = http.get(batch.text("file"), finance);
        assertThat(file.status()).as(file.toString()).isEqualTo(200);
        return FakeBank.given(file.body().getBytes(StandardCharsets.UTF_8));
    }

    private static Response tell(byte[] message) {
        return http.call(
                "POST",
                "/v1/bank-messages",
                finance,
                null,
                "application/xml",
                new String(message, StandardCharsets.UTF_8));
    }

    /** Tells one line and says what became of it. */
    private static JsonNode told(byte[] message) {
        Response answer = tell(message);
        assertThat(answer.status()).as(answer.toString()).isEqualTo(201);
        assertThat(answer.json().get("lines").size()).as(answer.toString()).isEqualTo(1);
        return answer.json().get("lines").get(0);
    }

    private static JsonNode payout(String payoutId) {
        return http.get("/v1/payouts/" + payoutId, finance).json();
    }

    private static String status(String payoutId) {
        return payout(payoutId).get("status").stringValue();
    }

    private String diamonds(String kind) {
        stage.work();
        return stage.earnings(creatorId, creator).get("diamonds").get(kind).stringValue();
    }

    private long events(EventType type) {
        return service.bean(EventLog.class).readStream(Creator.STREAM_TYPE, creatorId, 0).stream()
                .filter(row -> row.type().equals(type.typeName()))
                .count();
    }

    @Test
    void aPayoutGoesToTheBankInAFileAndIsSettledByTheStatement() {
        earn(1_000);
        String id = approved("400");
        Response batch = batch("first");
        assertThat(batch.status()).as(batch.toString()).isEqualTo(201);
        assertThat(batch.text("status")).isEqualTo("sent");
        assertThat(batch.number("payouts")).isEqualTo(1);
        assertThat(batch.json().get("amounts").get(0).get("amountMinor").longValue())
                .isEqualTo(335);
        Response again = batch("first");
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.body()).isEqualTo(batch.body());
        assertThat(status(id)).isEqualTo("sent");
        assertThat(payout(id).get("batchId").stringValue()).isEqualTo(batch.text("batchId"));
        assertThat(diamonds("reserved")).isEqualTo("0.0000");
        assertThat(diamonds("redeemed")).isEqualTo("400.0000");

        Response file = http.get(batch.text("file"), finance);
        assertThat(file.headers().get("content-type")).startsWith("application/xml");
        assertThat(file.body())
                .contains("<EndToEndId>" + id.replace("-", "") + "</EndToEndId>")
                .contains("<InstdAmt Ccy=\"USD\">3.35</InstdAmt>")
                .contains("<IBAN>DE89370400440532013000</IBAN>")
                .contains("<IBAN>GB82WEST12345698765432</IBAN>")
                .contains("<CtrlSum>3.35</CtrlSum>");
        assertThat(http.get(batch.text("file"), finance).body()).isEqualTo(file.body());

        FakeBank bank = bankWith(batch);
        assertThat(tell(bank.accepts()).json().get("lines").size()).isZero();
        assertThat(tell(bank.announces(DAY)).json().get("lines").size()).isZero();
        assertThat(status(id)).isEqualTo("sent");
        byte[] statement = bank.settles(DAY);
        Response first = tell(statement);
        assertThat(first.status()).as(first.toString()).isEqualTo(201);
        assertThat(first.json().get("lines").get(0).get("state").stringValue())
                .isEqualTo("applied");
        assertThat(status(id)).isEqualTo("settled");
        Response second = tell(statement);
        assertThat(second.status()).isEqualTo(200);
        assertThat(second.body()).isEqualTo(first.body());
        // The next day's statement has the movement as well.
        Response overlapping = tell(bank.settles(DAY));
        assertThat(overlapping.status()).isEqualTo(201);
        assertThat(overlapping.json().get("lines").get(0).get("bankMessageId").stringValue())
                .isEqualTo(first.json().get("message").get("bankMessageId").stringValue());
        assertThat(events(EventType.PAYOUT_SETTLED)).isEqualTo(1);
        assertThat(diamonds("redeemed")).isEqualTo("400.0000");
        assertThat(diamonds("available")).isEqualTo("100.0000");
    }

    @Test
    void aRejectedTransferFailsOnceAndTheDiamondsAreAvailableAgain() {
        earn(800);
        String failing = approved("200");
        String going = approved("200");
        FakeBank bank = bankWith(batch());
        byte[] report = bank.rejects(Map.of(failing.replace("-", ""), "AC04"));
        assertThat(told(report).get("state").stringValue()).isEqualTo("applied");
        assertThat(status(failing)).isEqualTo("failed");
        assertThat(payout(failing).get("bankReason").stringValue()).isEqualTo("AC04");
        assertThat(status(going)).isEqualTo("sent");
        assertThat(diamonds("available")).isEqualTo("200.0000");
        assertThat(diamonds("redeemed")).isEqualTo("200.0000");

        assertThat(tell(report).status()).isEqualTo(200);
        // Another report says the same: the whole file by now.
        Response all = tell(bank.rejectsFile("AM04"));
        assertThat(all.json().get("lines").size()).isEqualTo(2);
        assertThat(status(going)).isEqualTo("failed");
        assertThat(events(EventType.PAYOUT_FAILED)).isEqualTo(2);
        assertThat(diamonds("available")).isEqualTo("400.0000");
        assertThat(diamonds("redeemed")).isEqualTo("0.0000");

        JsonNode line = told(bank.settles(Set.of(going.replace("-", "")), DAY));
        assertThat(line.get("state").stringValue()).isEqualTo("contradicted");
        assertThat(line.get("why").stringValue()).contains("expected one that is sent, it is over");
        assertThat(status(going)).isEqualTo("failed");
        requested("400");
    }

    @Test
    void aReturnedPayoutCostsThePlatformTheBanksCharges() {
        earn(400);
        String id = approved("200");
        FakeBank bank = bankWith(batch());
        told(bank.settles(DAY));
        // 2.00: 0.20 tax, 0.25 fee, 1.55 to the bank, of which 1.20 come back.
        Set<String> all = Set.of(id.replace("-", ""));
        assertThat(told(bank.returns(all, "AC01", 35, DAY)).get("state").stringValue())
                .isEqualTo("applied");
        assertThat(status(id)).isEqualTo("returned");
        assertThat(payout(id).get("bankCharges").get("amountMinor").longValue()).isEqualTo(35);
        assertThat(payout(id).get("bankReason").stringValue()).isEqualTo("AC01");
        assertThat(diamonds("available")).isEqualTo("200.0000");
        assertThat(diamonds("redeemed")).isEqualTo("0.0000");
        assertThat(events(EventType.PAYOUT_RETURNED)).isEqualTo(1);
    }

    @Test
    void aLittleMoneyUnderAPayoutsNameIsNoReturn() {
        earn(400);
        String id = approved("200");
        FakeBank bank = bankWith(batch());
        Set<String> all = Set.of(id.replace("-", ""));
        // Sent by the creator before our debit was booked: 0.01 of 1.55.
        assertThat(told(bank.receives(all, 154, DAY)).get("state").stringValue())
                .isEqualTo("waiting");
        told(bank.settles(DAY));
        JsonNode line = told(bank.receives(all, 154, DAY));
        assertThat(line.get("state").stringValue()).isEqualTo("contradicted");
        assertThat(line.get("why").stringValue())
                .contains("the bank does not say that it is a return");
        assertThat(status(id)).isEqualTo("settled");
        assertThat(events(EventType.PAYOUT_RETURNED)).isZero();
        assertThat(told(bank.receives(all, 101, DAY)).get("state").stringValue())
                .isEqualTo("contradicted");
        // Nearly all of it is as good as a return.
        assertThat(told(bank.receives(all, 100, DAY)).get("state").stringValue())
                .isEqualTo("applied");
        assertThat(status(id)).isEqualTo("returned");
        assertThat(payout(id).get("bankCharges").get("amountMinor").longValue()).isEqualTo(100);
    }

    @Test
    void aDebitByMistakeThatTheBankUndoesIsNoReturn() {
        earn(400);
        String id = approved("200");
        FakeBank bank = bankWith(batch());
        Set<String> all = Set.of(id.replace("-", ""));
        told(bank.settles(DAY));
        assertThat(told(bank.settlesAgain(all, DAY)).get("state").stringValue())
                .isEqualTo("contradicted");
        JsonNode undone = told(bank.undoes(all, DAY));
        assertThat(undone.get("state").stringValue()).isEqualTo("contradicted");
        assertThat(undone.get("why").stringValue()).contains("people must tell");
        assertThat(status(id)).isEqualTo("settled");
        // A return proper has its effect all the same.
        assertThat(told(bank.returns(all, "AC04", 0, DAY.plusDays(1))).get("state").stringValue())
                .isEqualTo("applied");
        assertThat(status(id)).isEqualTo("returned");
    }

    @Test
    void aDebitThatIsUndoneGivesTheDiamondsBack() {
        earn(400);
        String id = approved("200");
        FakeBank bank = bankWith(batch());
        told(bank.settles(DAY));
        assertThat(told(bank.undoes(Set.of(id.replace("-", "")), DAY)).get("state").stringValue())
                .isEqualTo("applied");
        assertThat(status(id)).isEqualTo("returned");
    }

    @Test
    void whatTheBankTakesForATransferIsSettledWithIt() {
        earn(400);
        String id = approved("200");
        FakeBank bank = bankWith(batch());
        JsonNode line = told(bank.settlesWithCharges(50, DAY));
        assertThat(line.get("state").stringValue()).as(line.toString()).isEqualTo("applied");
        assertThat(status(id)).isEqualTo("settled");
        assertThat(payout(id).get("bankCharges").get("amountMinor").longValue()).isEqualTo(50);
        told(bank.returns(Set.of(id.replace("-", "")), "AC04", 35, DAY));
        assertThat(payout(id).get("bankCharges").get("amountMinor").longValue()).isEqualTo(85);
    }

    @Test
    void twoPayoutsOfOneAmountUnderOneReferenceOfTheBankAreBothSettled() {
        earn(800);
        String one = approved("200");
        String other = approved("200");
        FakeBank bank = bankWith(batch());
        for (String id : List.of(one, other)) {
            String statement =
                    new String(
                            bank.settles(Set.of(id.replace("-", "")), DAY), StandardCharsets.UTF_8);
            JsonNode line =
                    told(
                            statement
                                    .replaceAll("<AcctSvcrRef>[^<]*", "<AcctSvcrRef>SAME")
                                    .getBytes(StandardCharsets.UTF_8));
            assertThat(line.get("payoutId").stringValue()).isEqualTo(id);
        }
        assertThat(List.of(status(one), status(other))).containsOnly("settled");
    }

    @Test
    void nobodyHandsInWhatTheBankSaysOfTheirOwnPayouts() {
        earn(400);
        String id = approved("200");
        FakeBank bank = bankWith(batch());
        byte[] report = bank.rejectsFile("AC04");
        String both = service.token(creatorId, "creator", "finance");
        Response own =
                http.call(
                        "POST",
                        "/v1/bank-messages",
                        both,
                        null,
                        "application/xml",
                        new String(report, StandardCharsets.UTF_8));
        assertThat(own.status()).isEqualTo(403);
        assertThat(own.problem()).isEqualTo("same-person");
        assertThat(status(id)).isEqualTo("sent");
        assertThat(tell(report).status()).isEqualTo(201);
        assertThat(status(id)).isEqualTo("failed");
    }

    @Test
    void anApprovalIsTakenBackAsLongAsNoBatchHasThePayout() {
        earn(1_000);
        String id = approved("200");
        String claimed = approved("200");
        Map<String, String> why = Map.of("reason", "the account is somebody else's");
        assertThat(withdraw(requested("100"), finance, why).problem())
                .isEqualTo("payout-not-approved");
        assertThat(withdraw(id, creator, why).status()).isEqualTo(403);
        String both = service.token(creatorId, "creator", "finance");
        assertThat(withdraw(id, both, why).problem()).isEqualTo("same-person");
        http.post(
                "/v1/creators/" + creatorId + "/payouts/hold",
                finance,
                null,
                Map.of("reason", "fraud"));
        Response withdrawn = withdraw(id, finance, why);
        assertThat(withdrawn.status()).as(withdrawn.toString()).isEqualTo(200);
        assertThat(withdrawn.text("status")).isEqualTo("withdrawn");
        assertThat(withdraw(id, finance, why).body()).isEqualTo(withdrawn.body());
        assertThat(events(EventType.PAYOUT_WITHDRAWN)).isEqualTo(1);
        assertThat(diamonds("available")).isEqualTo("200.0000");
        assertThat(diamonds("reserved")).isEqualTo("300.0000");
        // The approval comes once more, and has no further effect.
        assertThat(approve(id).text("status")).isEqualTo("withdrawn");
        assertThat(
                        http.post(
                                        "/v1/creators/" + creatorId + "/payouts/resume",
                                        both,
                                        null,
                                        Map.of("reason", "I say so"))
                                .problem())
                .isEqualTo("same-person");
        http.post(
                "/v1/creators/" + creatorId + "/payouts/resume",
                finance,
                null,
                Map.of("reason", "all is well"));
        batch();
        assertThat(withdraw(claimed, finance, why).problem()).isEqualTo("payout-not-approved");
        assertThat(status(claimed)).isEqualTo("sent");
    }

    @Test
    void aBatchThatCameBetweenKeepsItsPayout() throws Exception {
        earn(400);
        String id = approved("200");
        UUID batchId = UUID.randomUUID();
        // The claim alone: its payout is not sent yet.
        service.bean(EventLog.class)
                .append(
                        List.of(
                                NewEvent.alone(
                                        batchId,
                                        PayoutBatches.STREAM_TYPE,
                                        new PayoutBatchCreated(
                                                batchId, List.of(UUID.fromString(id)), "fin"),
                                        clock.instant())));
        assertThat(withdraw(id, finance, Map.of("reason", "late")).problem())
                .isEqualTo("payout-not-approved");
        service.bean(PayoutBatches.class).finishAll();
        assertThat(status(id)).isEqualTo("sent");
    }

    @Test
    void twoPersonsSayWhatTheBanksMessagesDoNot() {
        earn(400);
        String id = approved("200");
        FakeBank bank = bankWith(batch());
        // 1.60 for 1.55, and no word of a charge.
        byte[] odd =
                new String(bank.settlesWithCharges(5, DAY), StandardCharsets.UTF_8)
                        .replaceAll("(?s)<Chrgs>.*?</Chrgs>", "")
                        .getBytes(StandardCharsets.UTF_8);
        assertThat(told(odd).get("state").stringValue()).isEqualTo("contradicted");
        Map<String, Object> settled =
                Map.of("outcome", "settled", "chargesMinor", 5, "reason", "the bank's fee");
        assertThat(resolve(id, finance, Map.of("outcome", "returned", "reason", "x")).problem())
                .isEqualTo("payout-not-at-bank");
        assertThat(resolve(id, finance, Map.of("outcome", "paid", "reason", "x")).problem())
                .isEqualTo("malformed-request");
        String both = service.token(creatorId, "creator", "finance");
        assertThat(resolve(id, both, settled).problem()).isEqualTo("same-person");
        String old =
                resolve(id, finance, Map.of("outcome", "failed", "reason", "wrong"))
                        .text("resolutionId");
        String key = stage.next("r");
        Response said = http.post("/v1/payouts/" + id + "/resolutions", finance, key, settled);
        assertThat(said.status()).as(said.toString()).isEqualTo(201);
        assertThat(http.post("/v1/payouts/" + id + "/resolutions", finance, key, settled).body())
                .isEqualTo(said.body());
        String resolution = said.text("resolutionId");
        assertThat(payout(id).get("resolution").get("reason").stringValue())
                .isEqualTo("the bank's fee");
        assertThat(status(id)).isEqualTo("sent");
        String other = service.token("fin2", "finance");
        assertThat(agree(id, old, other).problem()).isEqualTo("resolution-not-requested");
        assertThat(agree(id, resolution, finance).problem()).isEqualTo("same-person");
        assertThat(agree(id, resolution, both).problem()).isEqualTo("same-person");
        assertThat(agree(id, UUID.randomUUID().toString(), other).problem())
                .isEqualTo("unknown-resolution");
        Response agreed = agree(id, resolution, other);
        assertThat(agreed.status()).as(agreed.toString()).isEqualTo(200);
        assertThat(agreed.text("status")).isEqualTo("settled");
        assertThat(agreed.json().get("bankCharges").get("amountMinor").longValue()).isEqualTo(5);
        assertThat(agreed.json().has("resolution")).isFalse();
        assertThat(agree(id, resolution, other).body()).isEqualTo(agreed.body());
        assertThat(agree(id, resolution, service.token("fin3", "finance")).problem())
                .isEqualTo("resolution-not-requested");
        // What the bank says later of the same has no second effect.
        told(bank.settles(DAY));
        assertThat(events(EventType.PAYOUT_SETTLED)).isEqualTo(1);
        String back =
                resolve(id, finance, Map.of("outcome", "returned", "reason", "it came by cheque"))
                        .text("resolutionId");
        assertThat(agree(id, back, other).text("status")).isEqualTo("returned");
        assertThat(diamonds("available")).isEqualTo("200.0000");
    }

    private static Response resolve(String id, String token, Map<String, Object> what) {
        return http.post("/v1/payouts/" + id + "/resolutions", token, stage.next("r"), what);
    }

    private static Response agree(String id, String resolutionId, String token) {
        return http.post(
                "/v1/payouts/" + id + "/resolutions/" + resolutionId + "/approve",
                token,
                null,
                Map.of());
    }

    private static Response withdraw(String id, String token, Map<String, String> why) {
        return http.post("/v1/payouts/" + id + "/withdraw", token, null, why);
    }

    @Test
    void aReturnThatComesBeforeTheDebitWaitsForIt() {
        earn(400);
        String id = approved("200");
        FakeBank bank = bankWith(batch());
        JsonNode early = told(bank.returns(Set.of(id.replace("-", "")), "AC01", 0, DAY));
        assertThat(early.get("state").stringValue()).isEqualTo("waiting");
        assertThat(early.get("why").stringValue()).endsWith("is not settled yet");
        assertThat(status(id)).isEqualTo("sent");
        told(bank.settles(DAY));
        assertThat(status(id)).isEqualTo("returned");
        assertThat(diamonds("available")).isEqualTo("200.0000");
    }

    @Test
    void aBookingOfTheWholeFileSettlesEachPayoutOfIt() {
        earn(800);
        String one = approved("200");
        String other = approved("200");
        Response answer = tell(bankWith(batch()).settlesInOneBooking(DAY));
        assertThat(answer.json().get("lines").size()).as(answer.toString()).isEqualTo(2);
        assertThat(List.of(status(one), status(other))).containsOnly("settled");
    }

    @Test
    void nothingIsPaidToACreatorWhoIsHeld() {
        earn(1_200);
        String waiting = requested("200");
        String sendable = approved("200");
        Response held =
                http.post(
                        "/v1/creators/" + creatorId + "/payouts/hold",
                        finance,
                        null,
                        Map.of("reason", "papers are missing"));
        assertThat(held.status()).as(held.toString()).isEqualTo(200);
        assertThat(
                        http.post(
                                        "/v1/creators/" + creatorId + "/payouts/hold",
                                        finance,
                                        null,
                                        Map.of("reason", "again"))
                                .body())
                .isEqualTo(held.body());
        assertThat(events(EventType.PAYOUTS_HELD)).isEqualTo(1);
        assertThat(request("200").problem()).isEqualTo("payouts-held");
        assertThat(approve(waiting).problem()).isEqualTo("payouts-held");
        assertThat(batch("held").problem()).isEqualTo("nothing-to-pay");
        assertThat(
                        http.get("/v1/creators/" + creatorId + "/earnings", creator)
                                .json()
                                .get("payoutsHeld")
                                .booleanValue())
                .isTrue();
        assertThat(
                        http.post(
                                        "/v1/creators/" + creatorId + "/payouts/hold",
                                        creator,
                                        null,
                                        Map.of("reason", "x"))
                                .status())
                .isEqualTo(403);
        http.post(
                "/v1/creators/" + creatorId + "/payouts/resume",
                finance,
                null,
                Map.of("reason", "papers are here"));
        assertThat(approve(waiting).status()).isEqualTo(200);
        assertThat(batch().number("payouts")).isEqualTo(2);
        assertThat(List.of(status(waiting), status(sendable))).containsOnly("sent");
    }

    /** What a batch read before the hold is looked at once more under the log's lock. */
    @Test
    void aClaimThatDidNotSeeTheHoldIsRefused() {
        earn(400);
        String id = approved("200");
        http.post(
                "/v1/creators/" + creatorId + "/payouts/hold",
                finance,
                null,
                Map.of("reason", "papers are missing"));
        PayoutBatchCreated late =
                new PayoutBatchCreated(UUID.randomUUID(), List.of(UUID.fromString(id)), "fin");
        EventLog log = service.bean(EventLog.class);
        long head = log.head();
        assertThatThrownBy(
                        () ->
                                log.append(
                                        List.of(
                                                NewEvent.alone(
                                                        late.batchId(),
                                                        PayoutBatches.STREAM_TYPE,
                                                        late,
                                                        clock.instant()))))
                .isInstanceOf(OutdatedAppendException.class)
                .hasMessageEndingWith("only 0 of them are approved, in no batch and not held");
        assertThat(log.head()).isEqualTo(head);
        assertThat(status(id)).isEqualTo("approved");
    }

    @Test
    void noPayoutIsInTwoBatches() throws Exception {
        earn(1_600);
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            ids.add(approved("100"));
        }
        List<Response> answers = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Response>> batches = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                String key = "at-once-" + i;
                batches.add(threads.submit(() -> batch(key)));
            }
            for (Future<Response> answer : batches) {
                answers.add(answer.get());
            }
        }
        assertThat(answers).filteredOn(each -> each.status() == 201).hasSize(1);
        assertThat(answers)
                .filteredOn(each -> each.status() != 201)
                .allSatisfy(each -> assertThat(each.problem()).isEqualTo("nothing-to-pay"));
        assertThat(ids).allSatisfy(id -> assertThat(status(id)).isEqualTo("sent"));
        assertThat(events(EventType.PAYOUT_SENT)).isEqualTo(8);
    }

    @Test
    void aBatchThatSomebodyBrokeOffInIsFinished() {
        earn(400);
        String id = approved("200");
        UUID batchId = UUID.randomUUID();
        PayoutBatchCreated event =
                new PayoutBatchCreated(batchId, List.of(UUID.fromString(id)), "fin");
        service.bean(EventLog.class)
                .append(
                        List.of(
                                new NewEvent(
                                        batchId,
                                        PayoutBatches.STREAM_TYPE,
                                        batchId.toString(),
                                        0,
                                        EventType.of(event).typeName(),
                                        EventCodec.encode(event),
                                        clock.instant())));
        Response half = http.get("/v1/payout-batches/" + batchId, finance);
        assertThat(half.text("status")).isEqualTo("sending");
        assertThat(http.get(half.text("file"), finance).problem()).isEqualTo("unavailable");
        assertThat(batch("meanwhile").problem()).isEqualTo("nothing-to-pay");
        service.bean(PayoutBatches.class).finishAll();
        assertThat(status(id)).isEqualTo("sent");
        assertThat(http.get("/v1/payout-batches/" + batchId, finance).text("status"))
                .isEqualTo("sent");
    }

    @Test
    void aReversalAfterThePayoutIsMadeGoodByLaterEarnings() {
        Response gift = earn(400);
        approved("200");
        told(bankWith(batch()).settles(DAY));
        http.post(
                "/v1/gift-sends/" + gift.text("giftSendId") + "/reverse",
                finance,
                "r" + creatorId,
                Map.of("reason", "fraud"));
        assertThat(diamonds("available")).isEqualTo("-200.0000");
        assertThat(request("100").problem()).isEqualTo("insufficient-diamonds");
        earn(800);
        assertThat(diamonds("available")).isEqualTo("200.0000");
        assertThat(request("201").problem()).isEqualTo("insufficient-diamonds");
        requested("200");
    }

    @Test
    void aMovementThatDoesNotFitHasNoEffect() {
        earn(400);
        String id = approved("200");
        Response batch = batch();
        String file = http.get(batch.text("file"), finance).body();
        FakeBank mistaken =
                FakeBank.given(file.replace("1.55", "1.54").getBytes(StandardCharsets.UTF_8));
        JsonNode line = told(mistaken.settles(DAY));
        assertThat(line.get("state").stringValue()).isEqualTo("contradicted");
        assertThat(line.get("why").stringValue())
                .endsWith("155 minor units of USD: expected as much, got 154 of USD");
        FakeBank others =
                FakeBank.given(
                        file.replace(
                                        id.replace("-", ""),
                                        UUID.randomUUID().toString().replace("-", ""))
                                .getBytes(StandardCharsets.UTF_8));
        JsonNode foreign = told(others.settles(DAY.plusDays(1)));
        assertThat(foreign.get("state").stringValue()).isEqualTo("unmatched");
        assertThat(status(id)).isEqualTo("sent");
        Response shown =
                http.get(
                        "/v1/bank-messages/" + foreign.get("bankMessageId").stringValue(), finance);
        assertThat(shown.json().get("lines").get(0)).isEqualTo(foreign);
        assertThat(
                        http.get("/v1/bank-messages?limit=1", finance)
                                .json()
                                .get("messages")
                                .get(0)
                                .get("bankMessageId"))
                .isEqualTo(foreign.get("bankMessageId"));
    }

    /** 1,000,000 was on the account, and is. */
    @Test
    void aStatementOfAQuietDaySaysThatNothingIsBooked() {
        earn(2_000);
        approved("1000");
        FakeBank bank = bankWith(batch());
        byte[] quiet = bank.settles(Set.of(), LocalDate.of(2026, 3, 3));
        Response told = tell(quiet);
        assertThat(told.status()).as(told.toString()).isEqualTo(201);
        assertThat(told.json().at("/message/lines").intValue()).isZero();
        assertThat(told.json().get("lines").isEmpty()).isTrue();
        assertThat(told.text("note")).startsWith("0 entries are booked in this statement");
        assertThat(tell(quiet).body()).isEqualTo(told.body());
        String id = told.json().at("/message/bankMessageId").stringValue();
        assertThat(http.get("/v1/bank-messages/" + id, finance).body()).isEqualTo(told.body());
        assertThat(tell(bank.accepts()).json().has("note")).isFalse();

        String moved =
                new String(bank.settles(Set.of(), LocalDate.of(2026, 3, 4)), StandardCharsets.UTF_8)
                        .replace(
                                "<Bal>",
                                """
                                <Bal><Tp><CdOrPrtry><Cd>OPBD</Cd></CdOrPrtry></Tp>
                                <Amt Ccy="USD">999998.45</Amt><CdtDbtInd>CRDT</CdtDbtInd>
                                <Dt><Dt>2026-03-04</Dt></Dt></Bal><Bal>""");
        Response refused = tell(moved.getBytes(StandardCharsets.UTF_8));
        assertThat(refused.problem()).isEqualTo("malformed-request");
        assertThat(refused.text("detail"))
                .contains("opening balance 999998.45 USD, closing balance 1000000.00 USD");
    }

    @Test
    void onlyFinanceMayAndBrokenFilesAreRefused() {
        Response broken = tell("<Document/>".getBytes(StandardCharsets.UTF_8));
        assertThat(broken.status()).isEqualTo(400);
        assertThat(broken.problem()).isEqualTo("malformed-request");
        assertThat(broken.text("detail")).contains("expected one of");
        assertThat(tell("no XML".getBytes(StandardCharsets.UTF_8)).problem())
                .isEqualTo("malformed-request");
        assertThat(http.get("/v1/bank-messages/x", finance).problem())
                .isEqualTo("unknown-bank-message");
        assertThat(http.get("/v1/payout-batches/x/pain.001", finance).problem())
                .isEqualTo("unknown-payout-batch");
        assertThat(http.post("/v1/payout-batches", creator, "k", null).status()).isEqualTo(403);
        assertThat(http.post("/v1/bank-messages", creator, null, "x").status()).isEqualTo(403);
        assertThat(http.get("/v1/payout-batches", creator).status()).isEqualTo(403);
        assertThat(http.post("/v1/payout-batches", finance, null, null).problem())
                .isEqualTo("idempotency-key-missing");
    }
}

package dev.confetti.gift;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confetti.events.CreatorEvent.EarningsReleased;
import dev.confetti.events.CreatorEvent.EarningsRevalued;
import dev.confetti.events.CreatorEvent.Worth;
import dev.confetti.events.Diamonds;
import dev.confetti.events.GiftEvent.GiftReversed;
import dev.confetti.gift.Http.Response;
import dev.confetti.gift.earning.Creator;
import dev.confetti.gift.earning.CreatorCommand.RevalueEarnings;
import dev.confetti.gift.earning.Creators;
import dev.confetti.gift.earning.Due;
import dev.confetti.gift.earning.EarningsBook;
import dev.confetti.gift.earning.Valuation;
import dev.confetti.gift.earning.Valuations;
import dev.confetti.gift.log.EventLog;
import dev.confetti.gift.log.GiftDatabase;
import dev.confetti.gift.log.Rows;
import dev.confetti.gift.wallet.Wallet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * New rates for what creators were not paid. An ant is a coin, which earns 0.5 diamond; a gift's
 * own rate is one micro-dollar for 0.0001 diamond, so a diamond is a cent.
 */
class RevaluationTest {
    private static final SetClock clock = SetClock.nearNow();

    private static EarningsStage stage;
    private static RunningService service;
    private static Http http;
    private static String finance;
    private static String second;

    private EarningsStage.Star star = new EarningsStage.Star("", "", "");

    @BeforeAll
    static void start() {
        stage =
                new EarningsStage(
                        clock,
                        "confetti.policy.earningsHold=PT10M",
                        "confetti.policy.payoutMinimumDiamonds=1");
        service = stage.service();
        http = service.http();
        finance = stage.finance();
        second = service.token("fin-2", "finance");
    }

    @AfterAll
    static void stop() {
        stage.close();
    }

    @BeforeEach
    void freshCreator() {
        star = stage.freshStar();
    }

    private Response send(long ants) {
        return stage.send(star.liveId(), "ant", ants);
    }

    private static void passHold() {
        clock.set(clock.instant().plus(Duration.ofMinutes(10)).plusSeconds(7));
        stage.work();
    }

    private static Response ask(String creatorId, String currency, long rateMicros, String key) {
        return http.post(
                "/v1/ledger/revaluations",
                finance,
                key,
                Map.of(
                        "creatorId",
                        creatorId,
                        "currency",
                        currency,
                        "rateMicros",
                        rateMicros,
                        "reason",
                        "new rates"));
    }

    private static Response approve(String token, Response asked) {
        return http.post(
                "/v1/ledger/revaluations/" + asked.text("revaluationId") + "/approve",
                token,
                null,
                Map.of());
    }

    private void revalue(String currency, long rateMicros) {
        Response asked = ask(star.creatorId(), currency, rateMicros, stage.next("v"));
        assertThat(asked.status()).as(asked.toString()).isEqualTo(201);
        Response done = approve(second, asked);
        assertThat(done.status()).as(done.toString()).isEqualTo(200);
        assertThat(done.text("status")).isEqualTo("done");
        stage.work();
    }

    private static Response reverse(Response sent) {
        Response reversed =
                http.post(
                        "/v1/gift-sends/" + sent.text("giftSendId") + "/reverse",
                        finance,
                        stage.next("r"),
                        Map.of("reason", "fraud"));
        assertThat(reversed.status()).as(reversed.toString()).isEqualTo(200);
        stage.work();
        return reversed;
    }

    private Response payOut(long diamonds) {
        return http.post(
                "/v1/payouts",
                star.token(),
                stage.next("p"),
                Map.of(
                        "diamonds",
                        diamonds,
                        "destination",
                        Map.of("iban", "DE89370400440532013000", "name", "Ada")));
    }

    /** What diamonds are worth in the book, by state and currency. */
    private Map<String, Long> worths() {
        Map<String, Long> worths = new LinkedHashMap<>();
        Rows.read(
                service.bean(GiftDatabase.class),
                "earnings",
                """
                select 'pending ' || currency, sum(micros)::bigint from domain.pending_earnings
                where creator_id = ? group by currency having sum(micros) <> 0
                union all
                select 'available ' || currency, micros from domain.creator_worth
                where creator_id = ? and micros <> 0 order by 1
                """,
                row -> worths.put(row.getString(1), row.getLong(2)),
                star.creatorId(),
                star.creatorId());
        return worths;
    }

    private <T> List<T> events(Class<T> type) {
        return service
                .bean(EventLog.class)
                .readStream(Creator.STREAM_TYPE, star.creatorId(), 0)
                .stream()
                .map(row -> row.event())
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }

    @Test
    void whatIsPendingAndWhatIsAvailableGetTheNewRate() {
        send(100);
        passHold();
        long last = send(40).number("position");
        stage.work();
        assertThat(worths()).isEqualTo(Map.of("available USD", 500_000L, "pending USD", 200_000L));

        revalue("EUR", 3);

        assertThat(worths())
                .isEqualTo(Map.of("available EUR", 1_500_000L, "pending EUR", 600_000L));
        EarningsRevalued event = events(EarningsRevalued.class).getFirst();
        assertThat(event.throughPosition()).isGreaterThanOrEqualTo(last);
        assertThat(event.pending()).isEqualTo(Diamonds.parse("20"));
        assertThat(event.pendingAmounts()).containsExactly(new Worth("USD", 200_000));
        assertThat(event.available()).isEqualTo(Diamonds.parse("50"));
        assertThat(event.availableAmounts()).containsExactly(new Worth("USD", 500_000));
        assertThat(event.requestedBy()).isEqualTo("fin");
        assertThat(event.approvedBy()).isEqualTo("fin-2");

        passHold();
        EarningsReleased released = events(EarningsReleased.class).get(1);
        assertThat(released.amounts()).containsExactly(new Worth("EUR", 600_000));
        assertThat(worths()).isEqualTo(Map.of("available EUR", 2_100_000L));
    }

    @Test
    void aCreatorWithEarningsInTwoCurrenciesIsPaidAfterARevaluation() {
        send(100);
        passHold();
        revalue("EUR", 3);
        send(100);
        passHold();
        assertThat(worths())
                .isEqualTo(Map.of("available EUR", 1_500_000L, "available USD", 500_000L));
        assertThat(payOut(10).problem()).isEqualTo("currencies-mixed");

        revalue("USD", 2);

        assertThat(worths()).isEqualTo(Map.of("available USD", 2_000_000L));
        Response paid = payOut(10);
        assertThat(paid.status()).as(paid.toString()).isEqualTo(201);
        // 10 of 100 diamonds, which are 2.00.
        assertThat(
                        http.get("/v1/payouts/" + paid.text("payoutId"), star.token())
                                .json()
                                .get("amount")
                                .get("amountMinor")
                                .longValue())
                .isEqualTo(20);
    }

    @Test
    void aReversedGiftIsTakenBackAtTheRateThatItHasByNow() {
        Response released = send(100);
        passHold();
        Response held = send(40);
        Response later = send(6);
        stage.work();
        revalue("EUR", 3);
        Response after = send(10);
        stage.work();

        reverse(released);
        reverse(held);
        reverse(after);

        // The three coins' worth of what is left: 3 diamonds at 3 micro-euros.
        assertThat(worths()).isEqualTo(Map.of("pending EUR", 90_000L));
        assertThat(revalued(released)).isEqualTo(new Worth("EUR", 1_500_000));
        assertThat(revalued(held)).isEqualTo(new Worth("EUR", 600_000));
        assertThat(revalued(after)).isNull();
        reverse(later);
        assertThat(worths()).isEmpty();
    }

    private static @Nullable Worth revalued(Response sent) {
        return service
                .bean(EventLog.class)
                .readStreamBackward(
                        Wallet.STREAM_TYPE,
                        "fan",
                        Long.MAX_VALUE,
                        Set.of("confetti.gift-reversed.v1"),
                        100)
                .stream()
                .map(row -> (GiftReversed) row.event())
                .filter(each -> each.giftSendId().toString().equals(sent.text("giftSendId")))
                .findFirst()
                .orElseThrow()
                .revalued();
    }

    @Test
    void aDebtIsRevaluedAsEarningsAre() {
        Response paidOut = send(100);
        passHold();
        assertThat(payOut(50).status()).isEqualTo(201);
        stage.work();
        reverse(paidOut);
        assertThat(worths()).isEqualTo(Map.of("available USD", -500_000L));

        revalue("EUR", 2);

        assertThat(worths()).isEqualTo(Map.of("available EUR", -1_000_000L));
    }

    private Valuation valuation() {
        service.bean(EarningsBook.class).catchUp();
        return service.bean(Valuations.class).of(star.creatorId()).orElseThrow();
    }

    private static boolean revalue(Valuation valuation) {
        return service.bean(Creators.class)
                .revalue(
                        new RevalueEarnings(
                                UUID.randomUUID(),
                                clock.instant(),
                                UUID.randomUUID(),
                                valuation,
                                "EUR",
                                3,
                                "fin",
                                "fin-2"));
    }

    @Test
    void giftsThatComeBetweenTheLookAndTheRevaluationKeepTheirRate() {
        send(10);
        Valuation seen = valuation();
        // The same slot of the hold, by the clock that stands.
        Response between = send(20);
        send(4);
        assertThat(revalue(seen)).isTrue();
        stage.work();
        assertThat(worths()).isEqualTo(Map.of("pending EUR", 150_000L, "pending USD", 120_000L));

        assertThat(revalued(reversed(between))).isNull();
        assertThat(worths()).isEqualTo(Map.of("pending EUR", 150_000L, "pending USD", 20_000L));
        passHold();
        assertThat(worths()).isEqualTo(Map.of("available EUR", 150_000L, "available USD", 20_000L));
        // 5 and 2 diamonds.
        assertThat(events(EarningsReleased.class).getFirst().diamonds())
                .isEqualTo(Diamonds.parse("7"));
    }

    private static Response reversed(Response sent) {
        reverse(sent);
        return sent;
    }

    @Test
    void aGiftOfBetweenThatIsReversedBetweenLeavesNothing() {
        send(10);
        Valuation seen = valuation();
        reverse(send(20));
        assertThat(revalue(seen)).isTrue();
        stage.work();
        assertThat(worths()).isEqualTo(Map.of("pending EUR", 150_000L));
    }

    @Test
    void aRevaluationOfWhatHasChangedSinceIsNotAppended() {
        Response gift = send(10);
        send(100);
        Valuation beforeReversal = valuation();
        reverse(gift);
        assertThat(revalue(beforeReversal)).isFalse();

        Valuation beforeRelease = valuation();
        passHold();
        assertThat(revalue(beforeRelease)).isFalse();

        Valuation beforePayout = valuation();
        assertThat(payOut(10).status()).isEqualTo(201);
        assertThat(revalue(beforePayout)).isFalse();
        assertThat(events(EarningsRevalued.class)).isEmpty();
        assertThat(revalue(valuation())).isTrue();
    }

    @Test
    void aReleaseOfWhatIsNotWorthThatAnyMoreIsNotAppended() {
        send(10);
        clock.set(clock.instant().plus(Duration.ofMinutes(10)).plusSeconds(7));
        Due due =
                service.bean(EarningsBook.class).catchUp(clock.instant()).stream()
                        .filter(each -> each.creatorId().equals(star.creatorId()))
                        .findFirst()
                        .orElseThrow();
        assertThat(revalue(valuation())).isTrue();
        assertThat(service.bean(Creators.class).release(due, clock.instant())).isFalse();
        stage.work();
        assertThat(worths()).isEqualTo(Map.of("available EUR", 150_000L));
    }

    @Test
    void twoPersonsRevalueAndNeitherIsTheCreator() {
        send(10);
        String key = stage.next("v");
        Response asked = ask(star.creatorId(), "EUR", 3, key);
        assertThat(asked.text("status")).isEqualTo("requested");
        Response again = ask(star.creatorId(), "EUR", 3, key);
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.body()).isEqualTo(asked.body());
        assertThat(ask(star.creatorId(), "EUR", 4, key).problem())
                .isEqualTo("idempotency-key-reused");
        String staffStar = service.token(star.creatorId(), "creator", "finance");
        assertThat(approve(finance, asked).problem()).isEqualTo("same-person");
        assertThat(approve(staffStar, asked).problem()).isEqualTo("same-person");
        assertThat(approve(star.token(), asked).problem()).isEqualTo("forbidden");
        assertThat(events(EarningsRevalued.class)).isEmpty();

        assertThat(approve(second, asked).text("status")).isEqualTo("done");
        assertThat(approve(second, asked).text("status")).isEqualTo("done");
        assertThat(approve(service.token("fin-3", "finance"), asked).problem())
                .isEqualTo("revaluation-not-requested");
        assertThat(reject(second, asked).problem()).isEqualTo("revaluation-not-requested");
        assertThat(events(EarningsRevalued.class)).hasSize(1);
        Response shown =
                http.get("/v1/ledger/revaluations/" + asked.text("revaluationId"), finance);
        assertThat(shown.text("reason")).isEqualTo("new rates");
        assertThat(shown.number("creators")).isEqualTo(1);
        assertThat(http.get("/v1/ledger/revaluations", finance).json().get("revaluations").get(0))
                .isEqualTo(shown.json());
    }

    @Test
    void nobodyAsksForANewRateOfTheirOwnEarnings() {
        send(10);
        String staffStar = service.token(star.creatorId(), "creator", "finance");
        Map<String, Object> own =
                Map.of(
                        "creatorId",
                        star.creatorId(),
                        "currency",
                        "EUR",
                        "rateMicros",
                        3,
                        "reason",
                        "new rates");
        String key = stage.next("v");
        Response refused = http.post("/v1/ledger/revaluations", staffStar, key, own);
        assertThat(refused.problem()).isEqualTo("same-person");
        Response asked = http.post("/v1/ledger/revaluations", finance, key, own);
        assertThat(asked.status()).isEqualTo(201);
        assertThat(reject(staffStar, asked).problem()).isEqualTo("same-person");
    }

    @Test
    void aKeyOfARevaluationIsOfThatOneAlone() {
        Map<String, Object> body =
                Map.of("currency", "EUR", "rateMicros", 3, "reason", "new rates");
        String key = stage.next("v");
        Response asked = http.post("/v1/ledger/revaluations", finance, key, body);
        assertThat(asked.status()).isEqualTo(201);
        Map<String, Object> others =
                Map.of(
                        "creatorId",
                        star.creatorId(),
                        "currency",
                        "CHF",
                        "rateMicros",
                        4,
                        "reason",
                        "others");
        others.forEach(
                (field, value) -> {
                    Map<String, Object> other = new LinkedHashMap<>(body);
                    other.put(field, value);
                    assertThat(http.post("/v1/ledger/revaluations", finance, key, other).problem())
                            .as(field)
                            .isEqualTo("idempotency-key-reused");
                });
        assertThat(http.post("/v1/ledger/revaluations", finance, key, body).body())
                .isEqualTo(asked.body());
        reject(second, asked);
    }

    @Test
    void ofManyApprovalsAtOnceOneCounts() throws Exception {
        send(10);
        Response asked = ask(star.creatorId(), "EUR", 3, stage.next("v"));
        List<String> persons = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            persons.add(service.token("many-" + i, "finance"));
        }
        List<Integer> statuses = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Response>> answers = new ArrayList<>();
            for (String person : persons) {
                answers.add(threads.submit(() -> approve(person, asked)));
            }
            for (Future<Response> answer : answers) {
                statuses.add(answer.get().status());
            }
        }
        assertThat(statuses).containsOnly(200, 409).filteredOn(each -> each == 200).hasSize(1);
        stage.work();
        assertThat(events(EarningsRevalued.class)).hasSize(1);
    }

    private static Response reject(String token, Response asked) {
        return http.post(
                "/v1/ledger/revaluations/" + asked.text("revaluationId") + "/reject",
                token,
                null,
                Map.of());
    }

    @Test
    void aRejectedRevaluationChangesNothing() {
        send(10);
        Response asked = ask(star.creatorId(), "EUR", 3, stage.next("v"));
        assertThat(reject(finance, asked).problem()).isEqualTo("same-person");
        Response rejected = reject(second, asked);
        assertThat(rejected.text("status")).isEqualTo("rejected");
        assertThat(reject(second, asked).body()).isEqualTo(rejected.body());
        String third = service.token("fin-3", "finance");
        assertThat(reject(third, asked).problem()).isEqualTo("revaluation-not-requested");
        assertThat(approve(second, asked).problem()).isEqualTo("revaluation-not-requested");
        assertThat(events(EarningsRevalued.class)).isEmpty();
        assertThat(http.get("/v1/ledger/revaluations/" + UUID.randomUUID(), finance).problem())
                .isEqualTo("unknown-revaluation");
    }

    @Test
    void allCreatorsGetTheNewRate() {
        send(10);
        EarningsStage.Star first = star;
        star = stage.freshStar();
        send(20);
        Response asked =
                http.post(
                        "/v1/ledger/revaluations",
                        finance,
                        stage.next("v"),
                        Map.of("currency", "JPY", "rateMicros", 7, "reason", "new rates"));
        Response done = approve(second, asked);
        assertThat(done.text("status")).isEqualTo("done");
        stage.work();
        assertThat(worths()).isEqualTo(Map.of("pending JPY", 700_000L));
        star = first;
        assertThat(worths()).isEqualTo(Map.of("pending JPY", 350_000L));
        assertThat(done.number("creators")).isGreaterThanOrEqualTo(2);
    }

    /** Two hundred creators are looked at together; one with earnings is behind them. */
    @Test
    void creatorsBehindManyOthersGetTheNewRateToo() {
        send(10);
        stage.work();
        GiftDatabase database = service.bean(GiftDatabase.class);
        Rows.update(
                database,
                "earnings",
                "insert into domain.creator_earnings (creator_id)"
                        + " select '-' || g from generate_series(1, 410) g");
        try {
            Response asked =
                    http.post(
                            "/v1/ledger/revaluations",
                            finance,
                            stage.next("v"),
                            Map.of("currency", "CHF", "rateMicros", 9, "reason", "new rates"));
            assertThat(approve(second, asked).text("status")).isEqualTo("done");
            stage.work();
            assertThat(worths()).isEqualTo(Map.of("pending CHF", 450_000L));
        } finally {
            Rows.update(
                    database,
                    "earnings",
                    "delete from domain.creator_earnings where creator_id like '-%'");
        }
    }

    @Test
    void aRateThatEarningsHaveAlreadyIsNoEvent() {
        send(10);
        revalue("EUR", 3);
        revalue("EUR", 3);
        assertThat(events(EarningsRevalued.class)).hasSize(1);
        revalue("EUR", 4);
        assertThat(events(EarningsRevalued.class)).hasSize(2);
    }

    @Test
    void whatCannotBeIsRefused() {
        assertThat(ask(star.creatorId(), "XXX", 3, "k1").problem()).isEqualTo("malformed-request");
        assertThat(ask(star.creatorId(), "EUR", 0, "k2").problem()).isEqualTo("malformed-request");
        assertThat(ask(star.creatorId(), "EUR", 1_000_001, "k3").problem())
                .isEqualTo("malformed-request");
        assertThat(ask("no id", "EUR", 3, "k4").problem()).isEqualTo("malformed-request");
        GiftDatabase database = service.bean(GiftDatabase.class);
        String earned =
                "insert into domain.creator_earnings (creator_id, pending)"
                        + " values ('rich', 100000000001)";
        Rows.update(database, "earnings", earned);
        try {
            // At 1.00 for 0.0001 diamond: 100,000,000,001.00.
            assertThat(ask("rich", "EUR", 1_000_000, "k5").problem())
                    .isEqualTo("revaluation-out-of-range");
            assertThat(ask("rich", "EUR", 999_999, "k6").status()).isEqualTo(201);
        } finally {
            Rows.update(
                    database,
                    "earnings",
                    "delete from domain.creator_earnings where creator_id = 'rich'");
        }
    }
}

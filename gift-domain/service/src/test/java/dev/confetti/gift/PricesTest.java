package dev.confetti.gift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confetti.engines.PostgresEndpoint;
import dev.confetti.engines.TestEngines;
import dev.confetti.events.GiftEvent.GiftSent;
import dev.confetti.gift.Http.Response;
import dev.confetti.gift.log.EventLog;
import java.net.URI;
import java.net.http.HttpRequest;
import java.sql.DriverManager;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Scheduled prices, on a clock that the tests set; two instances on one log. */
class PricesTest {
    private static final SetClock clock = SetClock.nearNow();
    private static final PostgresEndpoint postgres = TestEngines.freshPostgres();
    private static RunningService service;
    private static RunningService other;
    private static Http http;
    private static String admin;
    private static String finance;
    private static String viewer;
    private static String liveId;

    @BeforeAll
    static void start() {
        service = RunningService.start(postgres, clock);
        other = RunningService.start(postgres, clock);
        http = service.http();
        admin = service.token("admin", "admin");
        finance = service.token("finance", "finance");
        viewer = service.token("viewer", "viewer");
        liveId = service.activeLive(service.token("creator", "creator"));
        service.grant(admin, "viewer", 10_000);
    }

    @AfterAll
    static void stop() {
        other.close();
        service.close();
    }

    private static Response schedule(String giftId, String key, Object coins, Object effectiveAt) {
        return http.post(
                "/v1/gifts/" + giftId + "/prices",
                admin,
                key,
                Map.of("coins", coins, "effectiveAt", effectiveAt.toString()));
    }

    private static long shownCoins(RunningService at, String giftId) {
        for (JsonNode gift : at.http().get("/v1/gifts", null).json().get("gifts")) {
            if (gift.get("giftId").stringValue().equals(giftId)) {
                return gift.get("coins").longValue();
            }
        }
        throw new AssertionError("no gift " + giftId);
    }

    private static GiftSent recorded(Response sent) {
        return (GiftSent)
                service.bean(EventLog.class)
                        .find(UUID.fromString(sent.text("giftSendId")))
                        .orElseThrow()
                        .event();
    }

    @Test
    void aPriceChangesAtItsInstantAndNoSentGiftWithIt() {
        long version = http.get("/v1/gifts", null).number("catalogueVersion");
        Instant effectiveAt = clock.instant().plusSeconds(60);
        Response scheduled = schedule("applause", "up", 25, effectiveAt);
        assertThat(scheduled.status()).as(scheduled.toString()).isEqualTo(201);
        assertThat(scheduled.text("giftId")).isEqualTo("applause");
        assertThat(scheduled.number("coins")).isEqualTo(25);
        assertThat(scheduled.text("effectiveAt")).isEqualTo(effectiveAt.toString());
        String etag = http.get("/v1/gifts", null).headers().getOrDefault("etag", "");

        clock.set(effectiveAt.minusNanos(1_000));
        Response before = service.send(viewer, "before", liveId, "applause", 2);
        assertThat(before.number("coins")).isEqualTo(2);
        assertThat(other.send(viewer, "o1", liveId, "applause", 1).number("coins")).isEqualTo(1);
        assertThat(shownCoins(service, "applause")).isEqualTo(1);
        assertThat(statusWith(etag)).isEqualTo(304);

        clock.set(effectiveAt);
        Response after = service.send(viewer, "after", liveId, "applause", 2);
        assertThat(after.number("coins")).isEqualTo(50);
        // The other instance was not told; its list is too old to be trusted.
        assertThat(other.send(viewer, "o2", liveId, "applause", 1).number("coins")).isEqualTo(25);
        assertThat(shownCoins(service, "applause")).isEqualTo(25);
        assertThat(shownCoins(other, "applause")).isEqualTo(25);
        assertThat(statusWith(etag)).isEqualTo(200);
        assertThat(http.get("/v1/gifts", null).number("catalogueVersion")).isEqualTo(version + 1);

        assertThat(recorded(before).unitCoins()).isEqualTo(1);
        assertThat(recorded(before).catalogueVersion()).isEqualTo((int) version);
        assertThat(recorded(after).unitCoins()).isEqualTo(25);
        assertThat(recorded(after).catalogueVersion()).isEqualTo((int) version + 1);

        Response again = other.send(viewer, "before", liveId, "applause", 2);
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.body()).isEqualTo(before.body());
        Response reversed =
                http.post(
                        "/v1/gift-sends/" + before.text("giftSendId") + "/reverse",
                        finance,
                        "r",
                        Map.of("reason", "for a test"));
        assertThat(reversed.number("coins")).isEqualTo(2);
    }

    private static int statusWith(String etag) {
        return http.send(
                        HttpRequest.newBuilder(URI.create(http.base() + "/v1/gifts"))
                                .header("If-None-Match", etag)
                                .build())
                .status();
    }

    @Test
    void aRepeatIsAnsweredAgainAlsoWhenItWouldComeTooLateByNow() {
        Instant effectiveAt = clock.instant().plusSeconds(60);
        Response first = schedule("black-heart", "once", 3, effectiveAt);
        assertThat(first.status()).isEqualTo(201);
        clock.advance(Duration.ofMinutes(2));
        Response again = schedule("black-heart", "once", 3, effectiveAt);
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.body()).isEqualTo(first.body());
        assertThat(schedule("black-heart", "once", 4, effectiveAt).problem())
                .isEqualTo("idempotency-key-reused");
        assertThat(schedule("blue-heart", "once", 3, effectiveAt).problem())
                .isEqualTo("idempotency-key-reused");
    }

    @Test
    void pastAndComingPricesAreListedTheLastToTakeEffectFirst() {
        Instant soon = clock.instant().plusSeconds(60);
        schedule("ant", "l1", 11, soon.plusSeconds(7_200));
        schedule("ant", "l2", 12, soon);
        clock.set(soon);
        Response first = http.get("/v1/gifts/ant/prices?limit=1", null);
        assertThat(first.json().get("prices")).hasSize(1);
        assertThat(first.json().get("prices").get(0).get("coins").longValue()).isEqualTo(11);
        Response rest = http.get("/v1/gifts/ant/prices?cursor=" + first.text("nextCursor"), null);
        assertThat(rest.json().get("prices")).hasSize(1);
        JsonNode past = rest.json().get("prices").get(0);
        assertThat(past.get("coins").longValue()).isEqualTo(12);
        assertThat(past.get("effectiveAt").stringValue()).isEqualTo(soon.toString());
        assertThat(past.has("scheduledBy")).isFalse();
        assertThat(rest.json().get("nextCursor").isNull()).isTrue();
        assertThat(http.get("/v1/gifts/beer/prices", null).json().get("prices")).isEmpty();
        assertThat(http.get("/v1/gifts/none/prices", null).problem()).isEqualTo("unknown-gift");
        assertThat(http.get("/v1/gifts/ant/prices?limit=0", null).problem())
                .isEqualTo("malformed-request");
    }

    @ParameterizedTest
    @CsvSource({
        "none, 5, PT60S, 404, unknown-gift",
        "ant, 0, PT60S, 422, coins-out-of-range",
        "ant, 1000001, PT60S, 422, coins-out-of-range",
        "ant, 5, PT59.999999S, 422, effective-at-out-of-range",
        "ant, 5, PT8760H0.000001S, 422, effective-at-out-of-range"
    })
    void whatCannotBeScheduledIsRefused(
            String giftId, long coins, Duration ahead, int status, String problem) {
        Response refused = schedule(giftId, "refused", coins, clock.instant().plus(ahead));
        assertThat(refused.status()).as(refused.toString()).isEqualTo(status);
        assertThat(refused.problem()).isEqualTo(problem);
    }

    @Test
    void aRefusalNamesTheEarliestAndTheLatestInstant() {
        Response refused = schedule("ant", "early", 5, clock.instant());
        assertThat(refused.text("earliest")).isEqualTo(clock.instant().plusSeconds(60).toString());
        assertThat(refused.text("latest"))
                .isEqualTo(clock.instant().plus(Duration.ofDays(365)).toString());
    }

    @Test
    void checksComeInTheOrderTokenRoleBodyKeyRules() {
        String path = "/v1/gifts/none/prices";
        assertThat(http.postRaw(path, null, null, "{").status()).isEqualTo(401);
        assertThat(http.postRaw(path, finance, null, "{").status()).isEqualTo(403);
        assertThat(http.postRaw(path, admin, null, "{").problem()).isEqualTo("malformed-request");
        Response noInstant = schedule("none", "k", 5, "tomorrow");
        assertThat(noInstant.problem()).isEqualTo("malformed-request");
        assertThat(noInstant.text("detail")).startsWith("effectiveAt \"tomorrow\": expected");
        Map<String, Object> body = Map.of("coins", 5, "effectiveAt", "2030-01-01T00:00:00Z");
        assertThat(http.post(path, admin, null, body).problem())
                .isEqualTo("idempotency-key-missing");
        assertThat(http.post(path, admin, "k", body).problem()).isEqualTo("unknown-gift");
    }

    @Test
    void aPriceOnceScheduledIsNeverChanged() throws Exception {
        schedule("beer", "fixed", 3, clock.instant().plus(Duration.ofDays(300)));
        try (var connection =
                        DriverManager.getConnection(
                                postgres.jdbcUrl(), postgres.user(), postgres.password());
                var statement = connection.createStatement()) {
            for (String sql :
                    List.of(
                            "update domain.gift_price set coins = 1",
                            "delete from domain.gift_price",
                            "truncate domain.gift_price")) {
                assertThatThrownBy(() -> statement.execute(sql)).hasMessageContaining("refused");
            }
        }
    }
}

package dev.confetti.gift;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confetti.engines.TestEngines;
import dev.confetti.gift.Http.Response;
import dev.confetti.gift.log.EventLog;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Spending limits over HTTP, on a clock that the tests set. */
class LimitsTest {
    private static final SetClock clock = SetClock.nearNow();
    private static RunningService service;
    private static Http http;
    private static String admin;
    private static String liveId;

    @BeforeAll
    static void start() {
        service =
                RunningService.start(
                        TestEngines.freshPostgres(), clock, "confetti.policy.coinsPerDay=100");
        http = service.http();
        admin = service.token("admin", "admin");
        liveId = service.activeLive(service.token("creator", "creator"));
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    private static String viewer(String name) {
        service.grant(admin, name, 1_000);
        return service.token(name, "viewer");
    }

    private static Response choose(String token, @Nullable Object coinsPerDay) {
        Map<String, @Nullable Object> body = new HashMap<>();
        body.put("coinsPerDay", coinsPerDay);
        return http.put("/v1/wallet/limits", token, body);
    }

    private static JsonNode limits(String token) {
        return http.get("/v1/wallet", token).json().get("limits");
    }

    @Test
    void aReachedLimitIsRefusedWithItsNumbersUntilTheDayIsOver() {
        String token = viewer("spender");
        Instant noon = clock.instant().truncatedTo(ChronoUnit.DAYS).plus(Duration.ofHours(12));
        clock.set(noon);
        assertThat(service.send(token, "1", liveId, "ant", 60).status()).isEqualTo(201);

        Response refused = service.send(token, "2", liveId, "ant", 41);

        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.problem()).isEqualTo("spending-limit-reached");
        assertThat(refused.number("limit")).isEqualTo(100);
        assertThat(refused.number("spentToday")).isEqualTo(60);
        assertThat(refused.number("needed")).isEqualTo(41);
        assertThat(refused.text("resetsAt")).isEqualTo(noon.plusSeconds(43_200).toString());
        assertThat(refused.headers()).containsEntry("retry-after", "43200");
        assertThat(limits(token).get("coinsPerDay").longValue()).isEqualTo(100);
        assertThat(limits(token).get("coinsSentToday").longValue()).isEqualTo(60);
        assertThat(limits(token).get("sendsPerSecond").longValue()).isEqualTo(20);
        assertThat(limits(token).get("quantityPerSend").longValue()).isEqualTo(9_999);

        clock.set(noon.plusSeconds(43_200));
        assertThat(limits(token).get("coinsSentToday").longValue()).isZero();
        assertThat(service.send(token, "2", liveId, "ant", 41).status()).isEqualTo(201);
    }

    @Test
    void tooFastIsRefusedWithTheTimeToWait() {
        String token = viewer("hasty");
        Response last = service.send(token, "0", liveId, "ant", 1);
        for (int i = 1; i <= 20; i++) {
            last = service.send(token, "h" + i, liveId, "ant", 1);
        }
        assertThat(last.status()).isEqualTo(429);
        assertThat(last.problem()).isEqualTo("sending-too-fast");
        assertThat(last.headers()).containsEntry("retry-after", "1");
    }

    @Test
    void aChoiceIsShownAndARaiseWaits() {
        String token = viewer("careful");
        Response lowered = choose(token, 10);
        assertThat(lowered.status()).as(lowered.toString()).isEqualTo(200);
        assertThat(lowered.json().get("coinsPerDay").longValue()).isEqualTo(10);
        assertThat(lowered.json().get("own").get("coinsPerDay").longValue()).isEqualTo(10);
        assertThat(lowered.json().get("own").get("pending").isNull()).isTrue();
        assertThat(limits(token)).isEqualTo(lowered.json());
        assertThat(service.send(token, "1", liveId, "ant", 11).problem())
                .isEqualTo("spending-limit-reached");

        JsonNode removed = choose(token, null).json();
        assertThat(removed.get("own").get("coinsPerDay").longValue()).isEqualTo(10);
        JsonNode pending = removed.get("own").get("pending");
        assertThat(pending.get("coinsPerDay").isNull()).isTrue();
        Instant effectiveAt = Instant.parse(pending.get("effectiveAt").stringValue());
        assertThat(effectiveAt).isEqualTo(clock.instant().plus(Duration.ofHours(24)));

        clock.set(effectiveAt);
        assertThat(limits(token).get("own").get("coinsPerDay").isNull()).isTrue();
        assertThat(limits(token).get("own").get("pending").isNull()).isTrue();
        assertThat(limits(token).get("coinsPerDay").longValue()).isEqualTo(100);
        assertThat(service.send(token, "1", liveId, "ant", 11).status()).isEqualTo(201);
    }

    @Test
    void theSameChoiceAgainAppendsNothing() {
        String token = viewer("repeater");
        Response first = choose(token, 10);
        long head = service.bean(EventLog.class).head();
        Response again = choose(token, 10);
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.body()).isEqualTo(first.body());
        assertThat(service.bean(EventLog.class).head()).isEqualTo(head);
    }

    @Test
    void whatIsNoChoiceIsRefused() {
        String token = viewer("odd");
        assertThat(http.put("/v1/wallet/limits", null, Map.of()).status()).isEqualTo(401);
        assertThat(http.put("/v1/wallet/limits", admin, Map.of()).status()).isEqualTo(403);
        Response empty = http.put("/v1/wallet/limits", token, Map.of());
        assertThat(empty.problem()).isEqualTo("malformed-request");
        assertThat(empty.text("detail"))
                .isEqualTo("coinsPerDay: expected a whole number or null, got nothing");
        assertThat(choose(token, "10").problem()).isEqualTo("malformed-request");
        assertThat(choose(token, 1.5).problem()).isEqualTo("malformed-request");
        assertThat(choose(token, -1).status()).isEqualTo(422);
        assertThat(choose(token, -1).problem()).isEqualTo("coins-out-of-range");
        assertThat(choose(token, 100_000_000_000_001L).problem()).isEqualTo("coins-out-of-range");
    }
}

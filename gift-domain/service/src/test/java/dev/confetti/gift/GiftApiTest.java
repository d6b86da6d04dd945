package dev.confetti.gift;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confetti.engines.TestEngines;
import dev.confetti.gift.Http.Response;
import dev.confetti.gift.log.EventLog;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** The API's answers and refusals, on a real port and a real database. */
class GiftApiTest {
    private static RunningService service;
    private static Http http;
    private static String admin;
    private static String finance;
    private static String creator;
    private static String liveId;

    @BeforeAll
    static void start() {
        service = RunningService.start(TestEngines.freshPostgres());
        http = service.http();
        admin = service.token("admin", "admin");
        finance = service.token("finance", "finance");
        creator = service.token("creator", "creator");
        liveId = service.activeLive(creator);
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    private static String freshName() {
        return "p-" + UUID.randomUUID();
    }

    /** A viewer with coins. */
    private static String viewerWith(String name, long coins) {
        service.grant(admin, name, coins);
        return service.token(name, "viewer");
    }

    private static Map<String, Object> gift(String live, String giftId, long quantity) {
        return Map.of("liveId", live, "giftId", giftId, "quantity", quantity);
    }

    private static List<Response> inParallel(int times, Callable<Response> call) throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Response>> futures = new ArrayList<>();
            for (int i = 0; i < times; i++) {
                futures.add(threads.submit(call));
            }
            List<Response> answers = new ArrayList<>();
            for (Future<Response> future : futures) {
                answers.add(future.get());
            }
            return answers;
        }
    }

    @Test
    void checksComeInTheOrderTokenRoleBodyKeyRules() {
        String viewer = service.token(freshName(), "viewer");
        Response noToken = http.postRaw("/v1/gift-sends", null, null, "broken");
        assertThat(noToken.status()).isEqualTo(401);
        assertThat(noToken.problem()).isEqualTo("unauthenticated");
        Response badToken = http.postRaw("/v1/gift-sends", "no.jwt.here", null, "broken");
        assertThat(badToken.status()).isEqualTo(401);
        assertThat(badToken.problem()).isEqualTo("unauthenticated");
        Response noRole = http.postRaw("/v1/gift-sends", creator, null, "broken");
        assertThat(noRole.status()).isEqualTo(403);
        assertThat(noRole.problem()).isEqualTo("forbidden");
        Response broken = http.postRaw("/v1/gift-sends", viewer, null, "broken");
        assertThat(broken.status()).isEqualTo(400);
        assertThat(broken.problem()).isEqualTo("malformed-request");
        Response noKey = http.post("/v1/gift-sends", viewer, null, gift("none", "none", 0));
        assertThat(noKey.status()).isEqualTo(400);
        assertThat(noKey.problem()).isEqualTo("idempotency-key-missing");
        Response noGift = http.post("/v1/gift-sends", viewer, "k", gift("none", "none", 0));
        assertThat(noGift.status()).isEqualTo(404);
        assertThat(noGift.problem()).isEqualTo("unknown-gift");
        Response noLive = http.post("/v1/gift-sends", viewer, "k", gift("none", "ant", 0));
        assertThat(noLive.status()).isEqualTo(404);
        assertThat(noLive.problem()).isEqualTo("unknown-live");
        Response none = http.post("/v1/gift-sends", viewer, "k", gift(liveId, "ant", 0));
        assertThat(none.status()).isEqualTo(422);
        assertThat(none.problem()).isEqualTo("quantity-out-of-range");
        Response tooMany = http.post("/v1/gift-sends", viewer, "k", gift(liveId, "ant", 10_000));
        assertThat(tooMany.problem()).isEqualTo("quantity-out-of-range");
        Response noCoins = http.post("/v1/gift-sends", viewer, "k", gift(liveId, "ant", 3));
        assertThat(noCoins.status()).isEqualTo(409);
        assertThat(noCoins.problem()).isEqualTo("insufficient-coins");
        assertThat(noCoins.number("spendable")).isZero();
        assertThat(noCoins.number("needed")).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"3\"", "1.5", "1e3", "true", "null", "[1]", "99999999999999999999"})
    void aQuantityIsAWholeNumber(String quantity) {
        String body =
                "{\"liveId\":\"%s\",\"giftId\":\"ant\",\"quantity\":%s}"
                        .formatted(liveId, quantity);
        Response refused =
                http.postRaw("/v1/gift-sends", service.token("strict", "viewer"), "k", body);
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.problem()).isEqualTo("malformed-request");
        assertThat(refused.text("detail")).startsWith("quantity: expected a whole number");
    }

    @ParameterizedTest
    @CsvSource({
        "GET,/v1/no-such-thing,404,not-found",
        "GET,/no-such-page,404,not-found",
        "POST,/v1/nothing,404,not-found",
        "DELETE,/v1/gifts,405,method-not-allowed",
        "DELETE,/v1/gift-sends,401,unauthenticated",
        "GET,/v1/lives/none,404,unknown-live",
        "GET,/v1/lives?state=asleep,400,malformed-request",
        "GET,/v1/lives?limit=0,400,malformed-request",
        "GET,/v1/lives?limit=1001,400,malformed-request",
        "GET,/v1/lives?cursor=xyz,400,malformed-request",
        "GET,/v1/wallet,401,unauthenticated",
        "POST,/internal/v1/lives/x/publishers,401,unauthenticated",
        "GET,/v1/%2e%2e/x;y,400,malformed-request"
    })
    void everythingThatGoesWrongIsAProblemDocument(
            String method, String path, int status, String name) {
        Response answer = http.call(method, path, null, null, "application/json", null);
        assertThat(answer.status()).as(answer.toString()).isEqualTo(status);
        assertThat(answer.problem()).isEqualTo(name);
    }

    @Test
    void wrongMediaTypesAndLongBodiesAreRefused() {
        String viewer = service.token("bodies", "viewer");
        Response form = http.call("POST", "/v1/gift-sends", viewer, "k", "text/plain", "hello");
        assertThat(form.status()).isEqualTo(415);
        assertThat(form.problem()).isEqualTo("unsupported-media-type");
        Response empty = http.post("/v1/gift-sends", viewer, "k", null);
        assertThat(empty.status()).isEqualTo(400);
        assertThat(empty.problem()).isEqualTo("malformed-request");
        Response tooLong =
                http.postRaw("/v1/gift-sends", viewer, "k", "\"" + "x".repeat(66_000) + "\"");
        assertThat(tooLong.status()).isEqualTo(413);
        assertThat(tooLong.problem()).isEqualTo("content-too-large");
        Response longKey =
                http.post("/v1/gift-sends", viewer, "k".repeat(256), gift(liveId, "ant", 1));
        assertThat(longKey.status()).isEqualTo(400);
        assertThat(longKey.problem()).isEqualTo("malformed-request");
    }

    @Test
    void aRepeatIsAnsweredAgainAlsoWhenTheRulesWouldRefuseByNow() {
        String name = freshName();
        String viewer = viewerWith(name, 10);
        Response first = service.send(viewer, "once", liveId, "ant", 10);
        assertThat(first.status()).isEqualTo(201);
        http.post("/v1/wallets/" + name + "/block", finance, null, Map.of("reason", "suspicion"));
        assertThat(service.send(viewer, "other", liveId, "ant", 1).problem())
                .isEqualTo("wallet-blocked");

        Response again = service.send(viewer, "once", liveId, "ant", 10);

        assertThat(again.status()).isEqualTo(200);
        assertThat(again.body()).isEqualTo(first.body());
    }

    @Test
    void theSameKeyWithOtherContentIsRefused() {
        String viewer = viewerWith(freshName(), 10);
        assertThat(service.send(viewer, "key", liveId, "ant", 1).status()).isEqualTo(201);
        Response other = service.send(viewer, "key", liveId, "ant", 2);
        assertThat(other.status()).isEqualTo(422);
        assertThat(other.problem()).isEqualTo("idempotency-key-reused");
        assertThat(service.send(viewer, "key", "no-such-live", "ant", 1).problem())
                .isEqualTo("idempotency-key-reused");
        assertThat(
                        http.post(
                                        "/v1/gift-sends",
                                        viewer,
                                        "key",
                                        Map.of(
                                                "liveId",
                                                liveId,
                                                "giftId",
                                                "ant",
                                                "quantity",
                                                1,
                                                "comboId",
                                                "mine"))
                                .problem())
                .isEqualTo("idempotency-key-reused");
    }

    @Test
    void aRefusalIsNotRemembered() {
        String name = freshName();
        String viewer = service.token(name, "viewer");
        assertThat(service.send(viewer, "key", liveId, "ant", 1).problem())
                .isEqualTo("insufficient-coins");
        service.grant(admin, name, 1);
        assertThat(service.send(viewer, "key", liveId, "ant", 1).status()).isEqualTo(201);
    }

    @Test
    void twoCallersWithTheSameKeySendTwoGifts() {
        Response one = service.send(viewerWith(freshName(), 1), "same", liveId, "ant", 1);
        Response two = service.send(viewerWith(freshName(), 1), "same", liveId, "ant", 1);
        assertThat(one.status()).isEqualTo(201);
        assertThat(two.status()).isEqualTo(201);
        assertThat(one.text("giftSendId")).isNotEqualTo(two.text("giftSendId"));
    }

    @Test
    void aHundredRepeatsAtOnceHaveOneEffectAndOneAnswer() throws Exception {
        String viewer = viewerWith(freshName(), 5);
        List<Response> answers =
                inParallel(100, () -> service.send(viewer, "storm", liveId, "ant", 5));
        Set<String> bodies = new HashSet<>();
        answers.forEach(answer -> bodies.add(answer.body()));
        assertThat(bodies).hasSize(1);
        assertThat(answers).filteredOn(answer -> answer.status() == 201).hasSize(1);
        assertThat(answers).filteredOn(answer -> answer.status() == 200).hasSize(99);
        assertThat(http.get("/v1/wallet", viewer).number("spendable")).isZero();
        assertThat(http.get("/v1/gift-sends", viewer).json().get("sends")).hasSize(1);
    }

    @Test
    void aRaceForTheLastCoinsNeverOverspends() throws Exception {
        String name = freshName();
        String viewer = viewerWith(name, 7);
        List<Response> answers =
                inParallel(
                        15,
                        () -> service.send(viewer, UUID.randomUUID().toString(), liveId, "ant", 1));
        assertThat(answers).filteredOn(answer -> answer.status() == 201).hasSize(7);
        assertThat(answers)
                .filteredOn(answer -> answer.status() != 201)
                .allSatisfy(
                        refused -> assertThat(refused.problem()).isEqualTo("insufficient-coins"));
        assertThat(http.get("/v1/wallet", viewer).number("spendable")).isZero();
        assertThat(service.bean(EventLog.class).lastSequence("wallet", name).orElse(-1))
                .isEqualTo(7);
    }

    @Test
    void aSendThatJoinsAComboSaysSo() {
        String viewer = viewerWith(freshName(), 10);
        Response first = service.send(viewer, "1", liveId, "ant", 2);
        Response second =
                http.post(
                        "/v1/gift-sends",
                        viewer,
                        "2",
                        Map.of(
                                "liveId",
                                liveId,
                                "giftId",
                                "ant",
                                "quantity",
                                3,
                                "comboId",
                                first.text("comboId")));
        assertThat(second.text("comboId")).isEqualTo(first.text("comboId"));
        assertThat(second.number("comboCount")).isEqualTo(5);
        JsonNode latest = http.get("/v1/gift-sends?limit=1", viewer).json().get("sends").get(0);
        assertThat(Instant.parse(second.text("comboEndsAt")))
                .isEqualTo(Instant.parse(latest.get("sentAt").stringValue()).plusSeconds(10));
        Response invented =
                http.post(
                        "/v1/gift-sends",
                        viewer,
                        "3",
                        Map.of(
                                "liveId",
                                liveId,
                                "giftId",
                                "applause",
                                "quantity",
                                1,
                                "comboId",
                                "invented"));
        assertThat(invented.status()).isEqualTo(201);
        assertThat(invented.text("comboId")).isNotEqualTo("invented");
    }

    @Test
    void aReversalGivesTheCoinsBackOnce() {
        String viewer = viewerWith(freshName(), 10);
        String id = service.send(viewer, "s", liveId, "ant", 4).text("giftSendId");
        String path = "/v1/gift-sends/" + id + "/reverse";
        assertThat(http.post(path, viewer, "r", Map.of("reason", "oops")).status()).isEqualTo(403);
        Response reversed = http.post(path, finance, "r-" + id, Map.of("reason", "oops"));
        assertThat(reversed.status()).as(reversed.toString()).isEqualTo(200);
        assertThat(reversed.number("coins")).isEqualTo(4);
        assertThat(http.post(path, finance, "r-" + id, Map.of("reason", "oops")).body())
                .isEqualTo(reversed.body());
        assertThat(http.post(path, finance, "r-" + id, Map.of("reason", "else")).problem())
                .isEqualTo("idempotency-key-reused");
        Response twice = http.post(path, finance, "again-" + id, Map.of("reason", "oops"));
        assertThat(twice.status()).isEqualTo(409);
        assertThat(twice.problem()).isEqualTo("already-reversed");
        assertThat(http.get("/v1/wallet", viewer).number("spendable")).isEqualTo(10);
        JsonNode sends = http.get("/v1/gift-sends", viewer).json().get("sends");
        assertThat(sends.get(0).get("reversed").booleanValue()).isTrue();
        assertThat(
                        http.post(
                                        "/v1/gift-sends/" + UUID.randomUUID() + "/reverse",
                                        finance,
                                        "u",
                                        Map.of("reason", "x"))
                                .problem())
                .isEqualTo("unknown-gift-send");
    }

    @Test
    void purchasesAreMadeFoundAndListed() {
        String name = freshName();
        String viewer = service.token(name, "viewer");
        Map<String, Object> wanted = Map.of("packageId", "coins-660", "provider", "sandbox");
        Response bought = http.post("/v1/coin-purchases", viewer, "b1", wanted);
        assertThat(bought.status()).isEqualTo(201);
        Response again = http.post("/v1/coin-purchases", viewer, "b1", wanted);
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.body()).isEqualTo(bought.body());
        assertThat(
                        http.post(
                                        "/v1/coin-purchases",
                                        viewer,
                                        "b1",
                                        Map.of("packageId", "coins-65", "provider", "sandbox"))
                                .problem())
                .isEqualTo("idempotency-key-reused");
        assertThat(
                        http.post(
                                        "/v1/coin-purchases",
                                        viewer,
                                        "b2",
                                        Map.of("packageId", "none", "provider", "sandbox"))
                                .problem())
                .isEqualTo("unknown-package");
        assertThat(
                        http.post(
                                        "/v1/coin-purchases",
                                        viewer,
                                        "b2",
                                        Map.of("packageId", "coins-65", "provider", "barter"))
                                .problem())
                .isEqualTo("unknown-provider");
        http.post("/v1/coin-purchases", viewer, "b2", wanted);
        assertThat(http.get("/v1/wallet", viewer).number("spendable")).isEqualTo(1_400);

        String path = "/v1/coin-purchases/" + bought.text("purchaseId");
        Response shown = http.get(path, viewer);
        assertThat(shown.text("status")).isEqualTo("completed");
        assertThat(shown.text("packageId")).isEqualTo("coins-660");
        assertThat(shown.json().get("price").get("amountMinor").longValue()).isEqualTo(999);
        assertThat(http.get(path, finance).body()).isEqualTo(shown.body());
        assertThat(http.get(path, service.token("nosy", "viewer")).problem())
                .isEqualTo("unknown-purchase");

        Response first = http.get("/v1/coin-purchases?limit=1", viewer);
        assertThat(first.json().get("purchases")).hasSize(1);
        Response rest =
                http.get("/v1/coin-purchases?limit=1&cursor=" + first.text("nextCursor"), viewer);
        assertThat(rest.json().get("purchases").get(0).get("purchaseId").stringValue())
                .isEqualTo(bought.text("purchaseId"));
        assertThat(rest.json().get("nextCursor").isNull()).isTrue();
        assertThat(http.get("/v1/coin-purchases?viewerId=" + name, finance).json().get("purchases"))
                .hasSize(2);
        assertThat(http.get("/v1/coin-purchases?viewerId=" + name, creator).status())
                .isEqualTo(403);
    }

    @Test
    void grantsHaveARangeAndARole() {
        String name = freshName();
        String path = "/v1/wallets/" + name + "/grants";
        Map<String, Object> one = Map.of("coins", 1, "reason", "welcome");
        assertThat(http.post(path, finance, "g", one).status()).isEqualTo(403);
        assertThat(http.post(path, admin, "g-" + name, one).status()).isEqualTo(201);
        assertThat(http.post(path, admin, "g-" + name, one).status()).isEqualTo(200);
        assertThat(
                        http.post(path, admin, "g0-" + name, Map.of("coins", 0, "reason", "x"))
                                .problem())
                .isEqualTo("coins-out-of-range");
        assertThat(http.post("/v1/wallets/a%20b/grants", admin, "g1-" + name, one).problem())
                .isEqualTo("malformed-request");
        // The same key for another viewer is other content.
        assertThat(http.post("/v1/wallets/other/grants", admin, "g-" + name, one).problem())
                .isEqualTo("idempotency-key-reused");
    }

    @Test
    void theCatalogueHasAnEtag() {
        Response gifts = http.get("/v1/gifts", null);
        assertThat(gifts.json().get("gifts").size()).isGreaterThanOrEqualTo(200);
        JsonNode first = gifts.json().get("gifts").get(0);
        assertThat(first.get("animationUrl").stringValue())
                .isEqualTo("http://localhost:8080/gifts/ant.webp");
        assertThat(first.get("thumbnailUrl").stringValue())
                .isEqualTo("http://localhost:8080/gifts/ant-thumb.webp");
        var again =
                http.send(
                        HttpRequest.newBuilder(URI.create(http.base() + "/v1/gifts"))
                                .header("If-None-Match", gifts.headers().getOrDefault("etag", ""))
                                .build());
        assertThat(again.status()).isEqualTo(304);
        assertThat(again.body()).isEmpty();
    }

    @Test
    void theDescriptionListsRefusals() {
        JsonNode api = http.get("/v3/api-docs", null).json();
        JsonNode send = api.get("paths").get("/v1/gift-sends").get("post");
        assertThat(send.get("responses").get("409").get("description").stringValue())
                .isEqualTo("live-not-active, insufficient-coins");
        assertThat(send.get("responses").get("429").get("description").stringValue())
                .isEqualTo("sending-too-fast, spending-limit-reached");
        assertThat(send.get("responses").propertyNames())
                .contains("200", "201")
                .doesNotContain("204");
        assertThat(api.at("/paths/~1v1~1gifts/get/responses/200/content").toString())
                .contains("/GiftList");
        assertThat(send.at("/responses/201/content").toString()).contains("/Sent");
        JsonNode limits = api.get("paths").get("/v1/wallet/limits").get("put");
        assertThat(limits.get("responses").get("422").get("description").stringValue())
                .isEqualTo("coins-out-of-range");
        assertThat(limits.get("requestBody").toString()).contains("LimitRequest");
        JsonNode prices = api.get("paths").get("/v1/gifts/{giftId}/prices");
        assertThat(prices.get("post").get("responses").get("422").get("description").stringValue())
                .isEqualTo("idempotency-key-reused, coins-out-of-range, effective-at-out-of-range");
        assertThat(prices.get("get").get("responses").get("404").get("description").stringValue())
                .isEqualTo("unknown-gift");
        assertThat(send.get("requestBody").get("content").get("application/json").get("schema"))
                .isNotNull();
        assertThat(send.get("parameters").size()).isEqualTo(1);
        assertThat(send.get("parameters").get(0).get("name").stringValue())
                .isEqualTo("Idempotency-Key");
        assertThat(send.get("parameters").get(0).get("in").stringValue()).isEqualTo("header");
        assertThat(send.get("parameters").get(0).get("required").booleanValue()).isTrue();
        assertThat(api.get("paths").has("/internal/v1/lives/{liveId}/publishers")).isFalse();
    }

    @Test
    void policiesPackagesAndHealthAreOpenToAll() {
        assertThat(http.get("/v1/policies", null).json().get("liveGrace").stringValue())
                .isEqualTo("PT60S");
        assertThat(http.get("/v1/coin-packages", null).json().get("packages").size())
                .isGreaterThanOrEqualTo(6);
        assertThat(http.get("/actuator/health", null).text("status")).isEqualTo("UP");
        assertThat(http.get("/actuator/prometheus", null).body()).contains("confetti_gift_sends");
    }

    @Test
    void tokensAreRefusedWithUnknownRolesAndEmptySubjects() {
        assertThat(
                        http.post(
                                        "/v1/dev/tokens",
                                        null,
                                        null,
                                        Map.of("sub", "x", "roles", List.of("king")))
                                .problem())
                .isEqualTo("malformed-request");
        assertThat(
                        http.post(
                                        "/v1/dev/tokens",
                                        null,
                                        null,
                                        Map.of("sub", " ", "roles", List.of()))
                                .problem())
                .isEqualTo("malformed-request");
        String mapped = service.token("ada@example.org", "viewer");
        assertThat(http.get("/v1/wallet", mapped).text("viewerId")).startsWith("p_").hasSize(34);
    }
}

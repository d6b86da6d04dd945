package dev.confetti.gift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confetti.engines.TestEngines;
import dev.confetti.gift.Http.Response;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Tokens by which lives are played: who gets one, for how long, and what is in it. */
class PlayTokensTest {
    private static final String SECRET = "0123456789abcdef0123456789abcdef";

    private static RunningService service;
    private static Http http;
    private static String creator;
    private static String viewer;

    @BeforeAll
    static void start() {
        service =
                RunningService.start(
                        TestEngines.freshPostgres(), "confetti.play-token.secret=" + SECRET);
        http = service.http();
        creator = service.token("creator", "creator");
        viewer = service.token("zoe", "viewer");
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    private static String live() {
        return http.post("/v1/lives", creator, null, Map.of("title", "A live", "tags", List.of()))
                .text("liveId");
    }

    private static Response ask(String liveId, String token, String body) {
        return http.postRaw("/v1/lives/" + liveId + "/play-tokens", token, null, body);
    }

    @Test
    void aViewersTokenNamesViewerLiveAndTimesAndIsSignedWithTheSecret() throws Exception {
        String liveId = live();
        Response answer = ask(liveId, viewer, "{}");
        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.headers()).containsEntry("cache-control", "no-store");
        String[] parts = answer.text("token").split("\\.", -1);
        assertThat(parts).hasSize(3);
        assertThat(parts[2]).isEqualTo(hmac(parts[0] + "." + parts[1]));
        assertThat(json(parts[0]).toString()).isEqualTo("{\"alg\":\"HS256\"}");
        JsonNode claims = json(parts[1]);
        assertThat(claims.propertyNames())
                .containsExactlyInAnyOrder("sub", "live", "aud", "iat", "exp");
        assertThat(claims.path("sub").asString()).isEqualTo("zoe");
        assertThat(claims.path("live").asString()).isEqualTo(liveId);
        assertThat(claims.path("aud").asString()).isEqualTo("confetti-play");
        long issuedAt = claims.path("iat").asLong();
        long expiresAt = claims.path("exp").asLong();
        assertThat(expiresAt - issuedAt).as("12 hours").isEqualTo(43_200);
        assertThat(Instant.parse(answer.text("expiresAt")).getEpochSecond()).isEqualTo(expiresAt);
        assertThat(Instant.now().getEpochSecond()).isBetween(issuedAt, issuedAt + 600);
    }

    private static JsonNode json(String base64) {
        return JsonMapper.builder().build().readTree(Base64.getUrlDecoder().decode(base64));
    }

    private static String hmac(String input) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.US_ASCII), "HmacSHA256"));
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(mac.doFinal(input.getBytes(StandardCharsets.US_ASCII)));
    }

    private static long goodForSeconds(Response answer) {
        JsonNode claims = json(answer.text("token").split("\\.", -1)[1]);
        return claims.path("exp").asLong() - claims.path("iat").asLong();
    }

    @Test
    void viewersAskForADayAtMostAndTheLivesCreatorFor30() {
        String liveId = live();
        assertThat(goodForSeconds(ask(liveId, viewer, "{\"seconds\":1}"))).isEqualTo(1);
        assertThat(goodForSeconds(ask(liveId, viewer, "{\"seconds\":86400}"))).isEqualTo(86_400);
        Response longer = ask(liveId, viewer, "{\"seconds\":86401}");
        assertThat(longer.problem()).isEqualTo("malformed-request");
        assertThat(longer.text("detail")).isEqualTo("seconds 86401: expected 1 to 86400");
        assertThat(ask(liveId, viewer, "{\"seconds\":0}").problem()).isEqualTo("malformed-request");
        assertThat(ask(liveId, viewer, "{\"seconds\":\"60\"}").problem())
                .isEqualTo("malformed-request");
        assertThat(goodForSeconds(ask(liveId, creator, "{\"seconds\":2592000}")))
                .isEqualTo(2_592_000);
        assertThat(ask(liveId, creator, "{\"seconds\":2592001}").text("detail"))
                .isEqualTo("seconds 2592001: expected 1 to 2592000");
    }

    @Test
    void othersAreRefused() {
        String liveId = live();
        assertThat(http.post("/v1/lives/" + liveId + "/play-tokens", null, null, Map.of()).status())
                .isEqualTo(401);
        String otherCreator = service.token("other", "creator");
        assertThat(ask(liveId, otherCreator, "{}").problem()).isEqualTo("forbidden");
        assertThat(ask(liveId, service.token("staff", "finance", "admin"), "{}").problem())
                .isEqualTo("forbidden");
        String both = service.token("other", "creator", "viewer");
        assertThat(ask(liveId, both, "{}").status()).isEqualTo(201);
        assertThat(ask(liveId, both, "{\"seconds\":86401}").problem())
                .isEqualTo("malformed-request");
        assertThat(ask("none", viewer, "{}").problem()).isEqualTo("unknown-live");
        http.post("/v1/lives/" + liveId + "/end", creator, null, null);
        assertThat(ask(liveId, viewer, "{}").problem()).isEqualTo("live-ended");
        assertThat(ask(liveId, creator, "{}").problem()).isEqualTo("live-ended");
    }

    @Test
    void livesAndTheDescriptionSaySo() {
        String liveId = live();
        assertThat(http.get("/v1/lives/" + liveId, null).text("playToken")).isEqualTo("required");
        assertThat(http.get("/v1/lives", null).body()).contains("\"playToken\":\"required\"");
        JsonNode responses =
                http.get("/v3/api-docs", null)
                        .json()
                        .path("paths")
                        .path("/v1/lives/{liveId}/play-tokens")
                        .path("post")
                        .path("responses");
        assertThat(responses.path("201").toString()).contains("/PlayToken");
        assertThat(responses.path("404").path("description").asString())
                .isEqualTo("play-tokens-off, unknown-live");
        assertThat(responses.path("409").path("description").asString()).isEqualTo("live-ended");
    }

    @Test
    void withoutASecretThereAreNone() {
        try (RunningService open = RunningService.start(TestEngines.freshPostgres())) {
            String own = open.token("creator", "creator");
            String liveId =
                    open.http()
                            .post("/v1/lives", own, null, Map.of("title", "A", "tags", List.of()))
                            .text("liveId");
            assertThat(
                            open.http()
                                    .postRaw(
                                            "/v1/lives/" + liveId + "/play-tokens", own, null, "{}")
                                    .problem())
                    .isEqualTo("play-tokens-off");
            assertThat(open.http().get("/v1/lives/" + liveId, null).text("playToken"))
                    .isEqualTo("none");
        }
    }

    @Test
    void aSecretThatCouldBeGuessedIsRefusedAndNoneIsPrinted() {
        assertThatThrownBy(() -> new PlayTokenSettings("0".repeat(31)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "confetti.play-token.secret of 31 bytes: expected at least 32, or none");
        assertThat(new PlayTokenSettings(SECRET).toString()).doesNotContain(SECRET);
        assertThat(new PlayTokenSettings("  ").secret()).isNull();
        assertThat(service.bean(GiftSettings.class).toString()).doesNotContain(SECRET);
    }
}

package dev.confetti.gift;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confetti.engines.TestEngines;
import dev.confetti.events.EventType;
import dev.confetti.events.LogRecord;
import dev.confetti.gift.Http.Response;
import dev.confetti.gift.command.EventTexts;
import dev.confetti.gift.log.EventLog;
import dev.confetti.gift.log.GiftDatabase;
import dev.confetti.gift.publishing.NamesAndTexts;
import dev.confetti.gift.signin.Persons;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Lives and the gateway's control arrow; two instances look after the same lives. */
class LivesTest {
    private static RunningService service;
    private static RunningService other;
    private static Http http;
    private static String creator;

    @BeforeAll
    static void start() {
        var postgres = TestEngines.freshPostgres();
        String[] settings = {
            "confetti.policy.live-grace=PT2S", "confetti.policy.publisherLease=PT3S"
        };
        service = RunningService.start(postgres, settings);
        other = RunningService.start(postgres, settings);
        http = service.http();
        creator = service.token("creator", "creator");
    }

    @AfterAll
    static void stop() {
        other.close();
        service.close();
    }

    private static Response create(String title) {
        return http.post(
                "/v1/lives", creator, null, Map.of("title", title, "tags", List.of("a", "b c")));
    }

    private static String state(String liveId) {
        return http.get("/v1/lives/" + liveId, null).text("state");
    }

    private static List<String> events(String liveId) {
        return service.bean(EventLog.class).readStream("live", liveId, 0).stream()
                .map(LogRecord::type)
                .toList();
    }

    private static Response call(String method, String liveId, String rest, @Nullable String body) {
        return http.call(
                method,
                "/internal/v1/lives/" + liveId + "/publishers" + rest,
                RunningService.SERVICE_TOKEN,
                null,
                "application/json",
                body);
    }

    private static Response admit(String liveId, String key, UUID publisher) {
        return call(
                "POST",
                liveId,
                "",
                "{\"streamKey\":\"%s\",\"publisherId\":\"%s\"}".formatted(key, publisher));
    }

    private static Response renew(String liveId, UUID publisher, int viewers) {
        return call("PUT", liveId, "/" + publisher + "/lease", "{\"viewers\":" + viewers + "}");
    }

    @Test
    void aLiveIsCreatedStartedLeftAndComesBack() {
        Response created = create("Hello");
        String liveId = created.text("liveId");
        String key = created.text("streamKey");
        assertThat(created.status()).isEqualTo(201);
        assertThat(created.text("rtmpUrl"))
                .isEqualTo("rtmp://localhost:1935/live/" + liveId + "?key=" + key);
        assertThat(state(liveId)).isEqualTo("created");
        UUID publisher = UUID.randomUUID();
        assertThat(admit(liveId, "wrong", publisher).problem()).isEqualTo("wrong-stream-key");
        assertThat(admit("none", key, publisher).problem()).isEqualTo("unknown-live");
        assertThat(admit(liveId, key, publisher).number("leaseMs")).isEqualTo(3_000);
        assertThat(state(liveId)).isEqualTo("created");
        assertThat(call("POST", liveId, "/" + publisher + "/started", null).status())
                .isEqualTo(200);
        assertThat(renew(liveId, publisher, 12).status()).isEqualTo(200);
        Response shown = http.get("/v1/lives/" + liveId, null);
        assertThat(shown.text("state")).isEqualTo("active");
        assertThat(shown.text("title")).isEqualTo("Hello");
        assertThat(shown.text("creatorName")).isEqualTo("Name of creator");
        assertThat(shown.json().get("tags").toString()).isEqualTo("[\"a\",\"b c\"]");
        assertThat(shown.number("viewers")).isEqualTo(12);
        assertThat(shown.json().get("playUrls").get("wsFlv").stringValue())
                .isEqualTo("ws://localhost:8088/live/" + liveId + ".flv");
        assertThat(shown.json().get("playUrls").get("hls").stringValue())
                .isEqualTo("http://localhost:8088/live/" + liveId + "/index.m3u8");
        assertThat(call("DELETE", liveId, "/" + publisher, null).status()).isEqualTo(200);
        assertThat(call("DELETE", liveId, "/" + publisher, null).status()).isEqualTo(200);
        assertThat(events(liveId))
                .containsExactly(
                        EventType.LIVE_CREATED.typeName(),
                        EventType.LIVE_STARTED.typeName(),
                        EventType.LIVE_AWAY.typeName());
        UUID next = UUID.randomUUID();
        service.publish(liveId, key, next.toString());
        assertThat(state(liveId)).isEqualTo("active");
        assertThat(renew(liveId, publisher, 0).problem()).isEqualTo("publisher-replaced");
        assertThat(http.post("/v1/lives/" + liveId + "/end", creator, null, null).text("state"))
                .isEqualTo("ended");
        assertThat(http.post("/v1/lives/" + liveId + "/end", creator, null, null).status())
                .isEqualTo(200);
        assertThat(renew(liveId, next, 0).problem()).isEqualTo("live-ended");
        assertThat(admit(liveId, key, next).problem()).isEqualTo("live-ended");
        assertThat(http.post("/v1/lives/" + liveId + "/key", creator, null, null).problem())
                .isEqualTo("live-ended");
        assertThat(events(liveId)).hasSize(5);
    }

    @Test
    void aSilentPublisherIsAwayAndThenTheLiveEndsOnce() {
        Response created = create("Silent");
        String liveId = created.text("liveId");
        service.publish(liveId, created.text("streamKey"), UUID.randomUUID().toString());
        Eventually.until("the live ended", () -> state(liveId).equals("ended"));
        assertThat(events(liveId))
                .containsExactly(
                        EventType.LIVE_CREATED.typeName(),
                        EventType.LIVE_STARTED.typeName(),
                        EventType.LIVE_AWAY.typeName(),
                        EventType.LIVE_ENDED.typeName());
        service.grant(service.token("admin", "admin"), "late", 1);
        assertThat(service.send(service.token("late", "viewer"), "k", liveId, "ant", 1).problem())
                .isEqualTo("live-not-active");
    }

    @Test
    void aNewKeyReplacesTheOldAndATakeoverReplacesThePublisher() {
        Response created = create("Keys");
        String liveId = created.text("liveId");
        String newKey =
                http.post("/v1/lives/" + liveId + "/key", creator, null, null).text("streamKey");
        UUID first = UUID.randomUUID();
        assertThat(admit(liveId, created.text("streamKey"), first).problem())
                .isEqualTo("wrong-stream-key");
        service.publish(liveId, newKey, first.toString());
        UUID second = UUID.randomUUID();
        service.publish(liveId, newKey, second.toString());
        assertThat(renew(liveId, first, 1).problem()).isEqualTo("publisher-replaced");
        assertThat(call("DELETE", liveId, "/" + first, null).status()).isEqualTo(200);
        assertThat(renew(liveId, second, 1).status()).isEqualTo(200);
        assertThat(state(liveId)).isEqualTo("active");
    }

    @Test
    void anothersLiveIsNotYours() {
        String liveId = create("Mine").text("liveId");
        String thief = service.token("thief", "creator");
        assertThat(http.post("/v1/lives/" + liveId + "/key", thief, null, null).status())
                .isEqualTo(403);
        assertThat(http.post("/v1/lives/" + liveId + "/end", thief, null, null).status())
                .isEqualTo(403);
        assertThat(http.get("/v1/lives?limit=1000", null).body())
                .contains(liveId)
                .doesNotContain("streamKey");
    }

    @Test
    void titlesAndTagsHaveTheirLimits() {
        assertThat(create("x".repeat(200)).status()).isEqualTo(201);
        assertThat(create("x".repeat(201)).problem()).isEqualTo("malformed-request");
        assertThat(create("  ").problem()).isEqualTo("malformed-request");
        assertThat(
                        http.post(
                                        "/v1/lives",
                                        creator,
                                        null,
                                        Map.of("title", "t", "tags", List.of("y".repeat(33))))
                                .problem())
                .isEqualTo("malformed-request");
    }

    @Test
    void publishedEventsCarryNamesAndTexts() throws SQLException {
        String liveId = create("On \"air\"").text("liveId");
        List<LogRecord> rows = service.bean(EventLog.class).readStream("live", liveId, 0);
        var enrichment =
                new NamesAndTexts(service.bean(Persons.class), service.bean(EventTexts.class));
        assertThat(enrichment.enrich(rows)).hasSize(1);
        assertThat(service.bean(EventTexts.class).of(rows.getFirst().eventId()))
                .containsEntry("title", "On \"air\"")
                .containsEntry("tags", "a\nb c");
        // The log itself has none of it.
        try (var connection = service.bean(GiftDatabase.class).dataSource().getConnection();
                var query =
                        connection.prepareStatement(
                                "select count(*) from domain.event_log where"
                                        + " convert_from(payload, 'UTF8') like '%air%'");
                var row = query.executeQuery()) {
            row.next();
            assertThat(row.getLong(1)).isZero();
        }
    }
}

package dev.confetti.board;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.confetti.board.view.BoardQuery;
import dev.confetti.board.view.BoardViews;
import dev.confetti.engines.TestEngines;
import dev.confetti.events.ConfettiEvent;
import dev.confetti.events.Envelope;
import dev.confetti.events.EventType;
import dev.confetti.events.Partitions;
import dev.confetti.events.PersonEvent.BoardVisibilityChanged;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Who hides, and what the operator does not have shown, by a real HTTP client on real engines. */
@Timeout(180)
class BoardPrivacyTest {
    private static final Instant SENT_AT = Instant.parse("2099-11-22T16:30:00Z");
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final String SECRET = "a secret of forty bytes, for tests alone";
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Map<String, Long> PREVIOUS = new HashMap<>();

    private static String kafka;
    private static ConfigurableApplicationContext open;
    private static ConfigurableApplicationContext withoutAmounts;
    private static ConfigurableApplicationContext off;
    private static GiftTopic topic;
    private static long position;

    private final HttpClient client = HttpClient.newHttpClient();

    @BeforeAll
    static void start() throws Exception {
        kafka = TestEngines.freshKafka();
        GiftTopic.createTopics(kafka);
        topic = new GiftTopic(kafka);
        open = service();
        withoutAmounts = service("--confetti.policy.board-amounts=false");
        off = service("--confetti.policy.BOARDS=off", "--confetti.policy.sendsPerSecond=5");
    }

    /** One on a Redis of its own. */
    private static ConfigurableApplicationContext service(String... policies) {
        return SpringApplication.run(
                LeaderboardProjection.class,
                Stream.concat(
                                Stream.of(
                                        "--server.port=0",
                                        "--confetti.kafka.bootstrap=" + kafka,
                                        "--confetti.redis.url=" + TestEngines.freshRedis(),
                                        "--confetti.sign-in.secret=" + SECRET),
                                Stream.of(policies))
                        .toArray(String[]::new));
    }

    @AfterAll
    static void stop() {
        off.close();
        withoutAmounts.close();
        open.close();
        topic.close();
    }

    @Test
    void whoIsHiddenKeepsRankAndCoinsAndNothingElse() throws Exception {
        gifts("masked", "a", 30, "b", 20, "c", 10);
        hide("masked-b", true);
        assertThat(standings(open, "live/masked"))
                .isEqualTo(
                        """
                        [{"rank":1,"member":"masked-a","name":"Name of masked-a","coins":30},\
                        {"rank":2,"member":"","name":"","coins":20,"hidden":true},\
                        {"rank":3,"member":"masked-c","name":"Name of masked-c","coins":10}]""");

        hide("masked-b", false);
        assertThat(standings(open, "live/masked"))
                .contains(
                        """
                        {"rank":2,"member":"masked-b","name":"Name of masked-b","coins":20}""");
    }

    @Test
    void aroundOneWhoIsHiddenOnlyTheyAndStaffMayAsk() throws Exception {
        gifts("around", "a", 30, "b", 20, "c", 10);
        hide("around-b", true);
        hide("around-c", true);
        String around = "live/around?around=around-b";

        for (String token :
                List.of(
                        "",
                        "Bearer nonsense",
                        "Basic x",
                        token("around-a", "viewer"),
                        token("around-c", "creator"),
                        expired("around-b"))) {
            for (String accept : List.of("application/json", "text/event-stream")) {
                HttpResponse<String> refused =
                        client.send(request(open, around, accept, token), BodyHandlers.ofString());
                assertThat(refused.statusCode()).as(token).isEqualTo(404);
                assertThat(refused.body())
                        .contains("not-on-board", "expected one with coins on board live/around")
                        .doesNotContain("hidden");
            }
        }
        for (String token :
                List.of(
                        token("around-b", "viewer"),
                        token("fin", "finance"),
                        token("boss", "viewer", "admin"))) {
            JsonNode own = get(open, around, token);
            assertThat(own.get("place").toString())
                    .isEqualTo("{\"member\":\"around-b\",\"rank\":2,\"coins\":20,\"toNext\":11}");
            assertThat(own.get("standings").toString())
                    .isEqualTo(
                            """
                            [{"rank":1,"member":"around-a","name":"Name of around-a","coins":30},\
                            {"rank":2,"member":"around-b","name":"Name of around-b","coins":20},\
                            {"rank":3,"member":"","name":"","coins":10,"hidden":true}]""");
        }
        // Around somebody else, a neighbour who asks is masked like all.
        assertThat(get(open, "live/around?around=around-a", token("around-b", "viewer")).toString())
                .doesNotContain("around-b");
    }

    @Test
    void amongSeveralBoardsOneAroundAHiddenMemberIsEmpty() throws Exception {
        gifts("several", "a", 5, "b", 4);
        hide("several-b", true);
        String path = "?board=live/several&board=creator/c9/all&around=several-b";

        JsonNode all = get(open, path, "").get("leaderboards");
        assertThat(all.at("/0/standings").size()).isZero();
        assertThat(all.get(0).has("place")).isFalse();
        assertThat(all.at("/1/standings").size()).isZero();
        all = get(open, path, token("several-b", "viewer")).get("leaderboards");
        assertThat(all.at("/0/place/rank").asInt()).isEqualTo(2);
    }

    @Test
    void aSubjectThatIsNoOpaqueIdIsKnownByItsOwn() throws Exception {
        gifts("subject", "a", 5);
        String id = "p_z-AN3kbvlCYB_6-54oJegChYtGDlhrgw";
        publish(Gifts.sent(id, "subject", "c9", 3));
        hide(id, true);
        awaitStandings(open, "live/subject", 2);

        assertThat(
                        get(open, "live/subject?around=" + id, token("ada@example.org", "viewer"))
                                .at("/place/rank")
                                .asInt())
                .isEqualTo(2);
    }

    @Test
    void whoHidesIsTakenOffPushedBoardsThatStandStill() throws Exception {
        gifts("still", "a", 5, "b", 4);
        awaitStandings(open, "live/still", 2);
        try (Events board = listen("live/still", "");
                Events stranger = listen("live/still?around=still-b", "");
                Events own = listen("live/still?around=still-b", token("still-b", "viewer"))) {
            assertThat(board.next().toString()).contains("\"still-b\"");
            assertThat(stranger.next().toString()).contains("\"still-b\"");
            assertThat(own.next().toString()).contains("\"still-b\"");

            publish(new BoardVisibilityChanged("still-b", true, "still-b"));

            assertThat(board.next().at("/standings/0").toString())
                    .isEqualTo(
                            "{\"rank\":2,\"member\":\"\",\"name\":\"\",\"coins\":4,\"hidden\":true}");
            JsonNode unseen = stranger.next();
            assertThat(unseen.get("standings").size()).isZero();
            assertThat(unseen.has("place")).isFalse();
            assertThat(unseen.get("removed").size()).isEqualTo(2);

            publish(new BoardVisibilityChanged("still-b", false, "still-b"));
            assertThat(board.next().toString()).contains("\"still-b\"");
            assertThat(stranger.next().toString()).contains("\"still-b\"");
        }
    }

    @Test
    void whereAmountsAreNotShownThereAreRanksAlone() throws Exception {
        gifts("ranks", "a", 5, "b", 4);
        assertThat(standings(withoutAmounts, "live/ranks"))
                .isEqualTo(
                        """
                        [{"rank":1,"member":"ranks-a","name":"Name of ranks-a","coins":null},\
                        {"rank":2,"member":"ranks-b","name":"Name of ranks-b","coins":null}]""");
        assertThat(get(withoutAmounts, "live/ranks?around=ranks-b", "").get("place").toString())
                .isEqualTo("{\"member\":\"ranks-b\",\"rank\":2,\"coins\":null,\"toNext\":null}");
    }

    @Test
    void boardsThatAreSwitchedOffAreRefusedAndCountedAllTheSame() throws Exception {
        gifts("off", "a", 5, "b", 4);
        for (String path :
                List.of("live/off", "live/off?limit=x", "nothing", "?board=live/off", "")) {
            for (String accept : List.of("application/json", "text/event-stream")) {
                if (accept.equals("text/event-stream") && !path.startsWith("live")) {
                    continue;
                }
                HttpResponse<String> refused =
                        client.send(request(off, path, accept, ""), BodyHandlers.ofString());
                assertThat(refused.statusCode()).as(path).isEqualTo(403);
                assertThat(refused.headers().firstValue("content-type"))
                        .contains("application/problem+json");
                assertThat(refused.body())
                        .contains("/problems/boards-switched-off", "policy boards is off");
            }
        }
        try (RawSocket socket = new RawSocket(port(off), "live/off", "13", 0)) {
            assertThat(socket.readHead()).startsWith("HTTP/1.1 403 ");
        }
        BoardQuery query = BoardQuery.parse("live/off", null, null, null);
        BoardViews counted = off.getBean(BoardViews.class);
        await().atMost(PATIENCE).until(() -> counted.view(query).view().standings().size() == 2);
    }

    /** Gives coins to viewers of one live, whose ids begin with its name. */
    private static void gifts(String live, Object... viewersAndCoins) {
        for (int i = 0; i < viewersAndCoins.length; i += 2) {
            String viewer = live + "-" + viewersAndCoins[i];
            publish(Gifts.sent(viewer, live, "c9", (Integer) viewersAndCoins[i + 1]));
        }
    }

    /** Changes the visibility of a member, and waits until it was taken in. */
    private void hide(String member, boolean hidden) {
        long before = open.getBean(BoardViews.class).namesVersion();
        publish(new BoardVisibilityChanged(member, hidden, member));
        await().atMost(PATIENCE)
                .until(() -> open.getBean(BoardViews.class).namesVersion() > before);
    }

    private static synchronized void publish(ConfettiEvent event) {
        EventType type = EventType.of(event);
        position++;
        Long previous = PREVIOUS.put(type.topic() + "-" + Partitions.of(event.key()), position);
        topic.publish(
                type.topic().topicName(),
                new Envelope(
                        position,
                        previous == null ? 0 : previous,
                        new UUID(9, position),
                        type.typeName(),
                        event.key(),
                        SENT_AT,
                        SENT_AT),
                event);
    }

    private String standings(ConfigurableApplicationContext service, String board)
            throws Exception {
        awaitStandings(service, board, 2);
        return get(service, board, "").get("standings").toString();
    }

    private void awaitStandings(ConfigurableApplicationContext service, String path, int count) {
        await().atMost(PATIENCE)
                .until(() -> get(service, path, "").get("standings").size() >= count);
    }

    private JsonNode get(ConfigurableApplicationContext service, String path, String token)
            throws IOException, InterruptedException {
        HttpResponse<String> answer =
                client.send(
                        request(service, path, "application/json", token), BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JSON.readTree(answer.body());
    }

    private static HttpRequest request(
            ConfigurableApplicationContext service, String path, String accept, String token) {
        String slash = path.isEmpty() || path.startsWith("?") ? "" : "/";
        HttpRequest.Builder request =
                HttpRequest.newBuilder(
                                URI.create(
                                        "http://127.0.0.1:"
                                                + port(service)
                                                + "/v1/leaderboards"
                                                + slash
                                                + path))
                        .header("Accept", accept);
        if (!token.isEmpty()) {
            request.header("Authorization", token);
        }
        return request.build();
    }

    private static int port(ConfigurableApplicationContext service) {
        return Integer.parseInt(
                Objects.requireNonNull(service.getEnvironment().getProperty("local.server.port")));
    }

    private static String token(String subject, String... roles) throws JOSEException {
        return token(subject, Instant.now().plusSeconds(600), List.of(roles));
    }

    private static String expired(String subject) throws JOSEException {
        return token(subject, Instant.now().minusSeconds(600), List.of("viewer"));
    }

    private static String token(String subject, Instant expiry, List<String> roles)
            throws JOSEException {
        SignedJWT token =
                new SignedJWT(
                        new JWSHeader(JWSAlgorithm.HS256),
                        new JWTClaimsSet.Builder()
                                .subject(subject)
                                .claim("roles", roles)
                                .expirationTime(Date.from(expiry))
                                .build());
        token.sign(new MACSigner(SECRET));
        return "Bearer " + token.serialize();
    }

    private Events listen(String path, String token) throws IOException, InterruptedException {
        HttpResponse<Stream<String>> answer =
                client.send(
                        request(open, path, "text/event-stream", token), BodyHandlers.ofLines());
        assertThat(answer.statusCode()).isEqualTo(200);
        return new Events(answer, answer.body().iterator());
    }

    private record Events(HttpResponse<Stream<String>> answer, Iterator<String> lines)
            implements AutoCloseable {
        /** The next version of the board. */
        JsonNode next() {
            String line = "";
            while (!line.startsWith("data: ")) {
                line = lines.next();
            }
            return JSON.readTree(line.substring("data: ".length()));
        }

        @Override
        public void close() {
            answer.body().close();
        }
    }
}

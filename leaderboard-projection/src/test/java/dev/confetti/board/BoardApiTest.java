package dev.confetti.board;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.confetti.board.GiftStorm.Thunder;
import dev.confetti.board.push.BoardPush;
import dev.confetti.engines.TestEngines;
import dev.confetti.events.ConfettiEvent;
import dev.confetti.events.Envelope;
import dev.confetti.events.EventType;
import dev.confetti.events.GiftEvent;
import dev.confetti.events.Partitions;
import dev.confetti.events.PersonEvent.PersonForgotten;
import dev.confetti.events.Topic;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The standing service, by a real HTTP client, on real engines. */
@Timeout(120)
class BoardApiTest {
    private static final Instant SENT_AT = Instant.parse("2099-11-22T16:30:00Z");
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private static ConfigurableApplicationContext application;
    private static String kafka;
    private static String base;
    private static GiftTopic topic;
    private static final long[] PREVIOUS = new long[Topic.PARTITIONS];
    private static long position;

    private static final String LONG_ID =
            "viewer-with-an-id-almost-as-long-as-an-id-may-be-at-all-";

    private final HttpClient client = HttpClient.newHttpClient();

    @BeforeAll
    static void start() throws Exception {
        kafka = TestEngines.freshKafka();
        GiftTopic.createTopics(kafka);
        topic = new GiftTopic(kafka);
        application = service("PT0.3S");
        base = baseOf(application);
        for (int i = 1; i <= 20; i++) {
            publish(Gifts.sent("v" + i, "l1", "c1", 100 - i));
        }
    }

    /** One on a Redis of its own. */
    private static ConfigurableApplicationContext service(String heartbeat) {
        return SpringApplication.run(
                LeaderboardProjection.class,
                "--server.port=0",
                "--confetti.kafka.bootstrap=" + kafka,
                "--confetti.redis.url=" + TestEngines.freshRedis(),
                "--confetti.boards.push.heartbeat=" + heartbeat,
                "--confetti.boards.push.write-timeout=PT2S",
                "--confetti.boards.push.max-listeners=60",
                "--server.tomcat.connection-timeout=2s");
    }

    private static String baseOf(ConfigurableApplicationContext service) {
        return "http://127.0.0.1:"
                + Objects.requireNonNull(service.getEnvironment().getProperty("local.server.port"));
    }

    /** Those of the test before go by themselves, and are not to be counted. */
    @BeforeEach
    void nobodyListens() {
        await().atMost(PATIENCE).until(() -> listeners() == 0);
    }

    @AfterAll
    static void stop() {
        application.close();
        topic.close();
    }

    @Test
    void aBoardSaysItsNameWindowAndStandings() throws Exception {
        awaitStandings("live/l1", 20);
        JsonNode board = get("/v1/leaderboards/live/l1?limit=2", 200);

        assertThat(board.toString())
                .isEqualTo(
                        """
                        {"board":"live/l1","window":"all","asOf":"position:20","standings":[\
                        {"rank":1,"member":"v1","name":"Name of v1","coins":99},\
                        {"rank":2,"member":"v2","name":"Name of v2","coins":98}]}""");
    }

    @Test
    void aMemberIsShownWithFiveNeighboursOnEitherSide() throws Exception {
        awaitStandings("live/l1", 20);
        JsonNode board = get("/v1/leaderboards/live/l1?around=v10", 200);

        assertThat(board.get("standings").size()).isEqualTo(11);
        assertThat(board.get("standings").get(0).get("rank").asInt()).isEqualTo(5);
        assertThat(board.get("standings").get(5).get("member").asString()).isEqualTo("v10");
        assertThat(board.get("place").toString())
                .isEqualTo("{\"member\":\"v10\",\"rank\":10,\"coins\":90,\"toNext\":2}");
        assertThat(get("/v1/leaderboards/live/l1?around=v1&limit=1", 200).get("place").toString())
                .isEqualTo("{\"member\":\"v1\",\"rank\":1,\"coins\":99,\"toNext\":null}");
        assertThat(
                        get("/v1/leaderboards/live/l1?around=v2&limit=1", 200)
                                .at("/place/toNext")
                                .asInt())
                .isEqualTo(2);
    }

    @Test
    void aBoardOverSeveralPartitionsIsAsFarAsTheFurthest() throws Exception {
        assertThat(Partitions.of("ahead")).isNotEqualTo(Partitions.of("l1"));
        publish(Gifts.sent("v1", "ahead", "c8", 5));
        awaitStandings("creator/c8/all", 1);
        String asOf = "position:" + position;

        assertThat(get("/v1/leaderboards/creator/c8/all", 200).get("asOf").asString())
                .isEqualTo(asOf);
        await().atMost(PATIENCE)
                .until(
                        () ->
                                get("/v1/leaderboards/gifters/all", 200)
                                        .get("asOf")
                                        .asString()
                                        .equals(asOf));
    }

    @Test
    void severalBoardsComeInOneAnswer() throws Exception {
        awaitStandings("live/l1", 20);
        JsonNode boards =
                get(
                                "/v1/leaderboards?board=live/l1&board=live/none&board=creator/c1/all"
                                        + "&around=v10&limit=3",
                                200)
                        .get("leaderboards");
        assertThat(boards.size()).isEqualTo(3);
        assertThat(boards.at("/0/standings/1/member").asString()).isEqualTo("v10");
        assertThat(boards.at("/1/board").asString()).isEqualTo("live/none");
        assertThat(boards.at("/1/standings").size()).isZero();
        assertThat(boards.get(1).has("place")).isFalse();
        assertThat(boards.at("/2/place/rank").asInt()).isEqualTo(10);
        assertThat(get("/v1/leaderboards", 400).get("detail").asString())
                .isEqualTo("0 boards: expected board=NAME 1 to 20 times");
        assertThat(get("/v1/leaderboards?board=live/l1&board=likes", 404).get("detail").asString())
                .startsWith("board \"likes\": expected one of");
    }

    @Test
    void aPastWindowIsChosenByAnInstantInIt() throws Exception {
        awaitStandings("creator/c1/week?at=2099-11-20T00:00:00Z", 20);
        JsonNode week = get("/v1/leaderboards/creator/c1/week?at=2099-11-20T00:00:00Z", 200);
        assertThat(week.get("window").asString()).isEqualTo("2099-W47");
        assertThat(
                        get("/v1/leaderboards/creators/hour?at=2099-11-22T16:59:59Z", 200)
                                .get("standings")
                                .get(0)
                                .get("coins")
                                .asLong())
                .isGreaterThanOrEqualTo(1790);
        assertThat(
                        get("/v1/leaderboards/creators/hour?at=2099-11-22T17:00:00Z", 200)
                                .get("standings")
                                .size())
                .isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "gifters/hour, 404, unknown-board, 'board \"gifters/hour\": expected one of live/{liveId}'",
        "nothing, 404, unknown-board, 'board \"nothing\": expected one of'",
        "live/l1?around=nobody, 404, not-on-board, 'member \"nobody\"'",
        "live/l1?limit=0, 400, malformed-request, 'limit \"0\": expected a whole number from 1'",
        "live/l1?limit=1001, 400, malformed-request, 'limit \"1001\"'",
        "live/l1?limit=ten, 400, malformed-request, 'limit \"ten\"'",
        "gifters/day?at=yesterday, 400, malformed-request, 'at \"yesterday\": expected an RFC 3339'",
        "gifters/day?at=%2B123456-01-01T00:00:00Z, 400, malformed-request, 'years 1 to 9998'",
        "live/l1?at=2099-11-22T16:59:59Z, 400, malformed-request, 'has only one window'",
    })
    void whatCannotBeAnsweredIsAProblem(String path, int status, String name, String detail)
            throws Exception {
        for (String accept : List.of("application/json", "text/event-stream")) {
            HttpResponse<String> answer =
                    client.send(request(path, accept), BodyHandlers.ofString());

            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
            assertThat(answer.headers().firstValue("content-type"))
                    .contains("application/problem+json");
            JsonNode problem = JSON.readTree(answer.body());
            assertThat(problem.get("type").asString())
                    .isEqualTo("https://confetti.example/problems/" + name);
            assertThat(problem.get("status").asInt()).isEqualTo(status);
            assertThat(problem.get("title").asString()).isNotEmpty();
            assertThat(problem.get("detail").asString()).contains(detail);
        }
    }

    @Test
    void changesArePushedToAllWhoListen() throws Exception {
        try (Listener first = listen("live/pushed");
                Listener second = listen("live/pushed")) {
            assertThat(first.nextStandings().get("standings").size()).isZero();
            assertThat(second.nextStandings().get("standings").size()).isZero();

            publish(Gifts.sent("v1", "pushed", "c9", 5));
            for (Listener listener : List.of(first, second)) {
                assertThat(listener.nextStandings().get("standings").toString())
                        .isEqualTo(
                                """
                                [{"rank":1,"member":"v1","name":"Name of v1","coins":5}]""");
            }
            publish(Gifts.reversed("v1", "pushed", "c9", 5, SENT_AT));
            assertThat(first.nextStandings().get("standings").size()).isZero();
        }
    }

    /** Several boards are read once, never pushed. */
    @Test
    void noBoardIsNoneToListenTo() throws Exception {
        HttpRequest asked =
                HttpRequest.newBuilder(URI.create(base + "/v1/leaderboards?board=live/l1"))
                        .header("Accept", "text/event-stream")
                        .build();
        HttpResponse<String> answer = client.send(asked, BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(404);
        assertThat(answer.body()).contains("/problems/unknown-board");
    }

    @Test
    void aViewWithoutTheMemberIsOfThePositionOfItsBoard() throws Exception {
        publish(Gifts.sent("v1", "absent", "c9", 5));
        awaitStandings("live/absent", 1);
        JsonNode view =
                get("/v1/leaderboards?board=live/absent&around=nobody", 200)
                        .get("leaderboards")
                        .get(0);
        assertThat(view.get("asOf").asString()).isEqualTo("position:" + position);
        assertThat(view.get("standings").size()).isZero();
    }

    @Test
    void afterTheWholeViewOnlyWhatChangedIsPushed() throws Exception {
        publish(Gifts.sent("v1", "diff", "c9", 50));
        publish(Gifts.sent("v2", "diff", "c9", 40));
        publish(Gifts.sent("v3", "diff", "c9", 30));
        awaitStandings("live/diff", 3);
        try (Listener listener = listen("live/diff");
                SocketListener socket = openSocket("live/diff")) {
            assertThat(listener.nextEvent().get("event").asString()).isEqualTo("standings");
            assertThat(socket.nextEvent().get("event").asString()).isEqualTo("standings");

            publish(Gifts.sent("v3", "diff", "c9", 15));

            JsonNode pushed = listener.nextEvent();
            assertThat(pushed.toString())
                    .isEqualTo(
                            """
                            {"event":"changes","data":{"board":"live/diff","window":"all",\
                            "asOf":"position:%d","first":1,"removed":[2],"standings":[\
                            {"rank":2,"member":"v3","name":"Name of v3","coins":45}]}}"""
                                    .formatted(position));
            assertThat(socket.nextEvent()).isEqualTo(pushed);
        }
    }

    @Test
    void aViewAroundAMemberIsPushedWithItsPlace() throws Exception {
        publish(Gifts.sent("v1", "place", "c9", 50));
        publish(Gifts.sent("v2", "place", "c9", 40));
        awaitStandings("live/place", 2);
        try (SocketListener socket = openSocket("live/place?around=v2&limit=1")) {
            assertThat(socket.nextEvent().at("/data/place/toNext").asInt()).isEqualTo(11);

            publish(Gifts.sent("v1", "place", "c9", 5));

            assertThat(socket.nextEvent().toString())
                    .isEqualTo(
                            """
                            {"event":"changes","data":{"board":"live/place","window":"all",\
                            "asOf":"position:%d","first":2,"removed":[],"standings":[],\
                            "place":{"member":"v2","rank":2,"coins":40,"toNext":16}}}"""
                                    .formatted(position));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "gifters/hour, 404, unknown-board",
        "live/l1?around=nobody, 404, not-on-board",
        "live/l1?limit=0, 400, malformed-request",
    })
    void aSocketIsRefusedBeforeItOpens(String path, int status, String name) throws Exception {
        try (RawSocket socket = new RawSocket(URI.create(base).getPort(), path, "13", 0)) {
            assertThat(socket.readHead()).startsWith("HTTP/1.1 " + status + " ");
            assertThat(socket.head()).contains("application/problem+json");
            assertThat(socket.readUntil("\r\n0\r\n")).contains("/problems/" + name);
        }
    }

    @Test
    void aHandshakeOfAnotherVersionIsMalformed() throws Exception {
        try (RawSocket socket = new RawSocket(URI.create(base).getPort(), "live/l1", "8", 0)) {
            assertThat(socket.readHead()).startsWith("HTTP/1.1 400 ");
            assertThat(socket.readUntil("\r\n0\r\n")).contains("Sec-WebSocket-Version");
        }
    }

    @Test
    void whatASocketSaysIsIgnoredUnlessItIsLong() throws Exception {
        try (SocketListener socket = openSocket("live/talk")) {
            socket.nextEvent();
            socket.say("hello");
            publish(Gifts.sent("v1", "talk", "c9", 5));
            assertThat(socket.nextEvent().at("/data/standings/0/coins").asInt()).isEqualTo(5);

            socket.say("x".repeat(257));
            assertThat(socket.closeCode()).isEqualTo(1009);
        }
        await().atMost(PATIENCE).until(() -> listeners() == 0);
    }

    @Test
    void aSocketThatDoesNotAnswerPingsIsLetGo() throws Exception {
        try (RawSocket silent = new RawSocket(URI.create(base).getPort(), "live/l1", "13", 0)) {
            assertThat(silent.readHead()).startsWith("HTTP/1.1 101 ");
            await().atMost(PATIENCE).until(() -> listeners() == 0);
            assertThat(silent.head()).doesNotContainIgnoringCase("Sec-WebSocket-Extensions");
        }
    }

    @Test
    void aSocketThatIsClosedIsLetGoBeforeAnythingIsSentToIt() throws Exception {
        try (ConfigurableApplicationContext quiet = service("PT1H")) {
            BoardPush push = quiet.getBean(BoardPush.class);
            try (SocketListener socket = openSocket(baseOf(quiet), "live/quiet")) {
                socket.nextEvent();
                assertThat(push.listeners()).isEqualTo(1);
            }
            await().atMost(PATIENCE).until(() -> push.listeners() == 0);
        }
    }

    @Test
    void aSocketThatDoesNotReadIsDroppedAndHoldsUpNobody() throws Exception {
        moveAll("mass");
        awaitStandings("live/mass?limit=1000", 500);
        try (RawSocket deaf =
                new RawSocket(URI.create(base).getPort(), "live/mass?limit=1000", "13", 4096)) {
            await().atMost(PATIENCE).until(() -> listeners() == 1);
            // It says that it is there, and never reads: only a write can end it.
            await().atMost(PATIENCE)
                    .until(
                            () -> {
                                moveAll("mass");
                                return listeners() == 0 || !deaf.pong();
                            });
            await().atMost(PATIENCE).until(() -> listeners() == 0);
        }
    }

    @Test
    void aForgottenNameIsTakenOffABoardThatStandsStill() throws Exception {
        try (Listener listener = listen("live/still")) {
            listener.nextStandings();
            publish(Gifts.sent("leaver", "still", "c9", 5));
            assertThat(listener.nextStandings().toString()).contains("\"Name of leaver\"");

            PersonForgotten forgotten = new PersonForgotten("leaver", "leaver");
            topic.publish(Topic.COINS.topicName(), envelope(forgotten, 0), forgotten);

            assertThat(listener.nextStandings().get("standings").toString())
                    .isEqualTo(
                            """
                            [{"rank":1,"member":"leaver","name":"leaver","coins":5}]""");
        }
    }

    @Test
    void aQuietConnectionIsKeptAliveAndOneThatEndedIsLetGo() throws Exception {
        int before = listeners();
        try (Listener listener = listen("live/quiet")) {
            listener.nextStandings();
            assertThat(listeners()).isEqualTo(before + 1);
            assertThat(listener.nextLine()).isEqualTo(": heartbeat");
        }
        await().atMost(PATIENCE).until(() -> listeners() == before);
    }

    @Test
    void oneWhoDoesNotReadIsDroppedAndHoldsUpNobody() throws Exception {
        moveAll("crowd");
        awaitStandings("live/crowd?limit=1000", 500);
        int before = listeners();
        try (Socket deaf = new Socket()) {
            deaf.setReceiveBufferSize(4096);
            deaf.connect(
                    new InetSocketAddress(
                            InetAddress.getLoopbackAddress(), URI.create(base).getPort()));
            deaf.getOutputStream()
                    .write(
                            """
                            GET /v1/leaderboards/live/crowd?limit=1000 HTTP/1.1\r
                            Host: here\r
                            Accept: text/event-stream\r
                            \r
                            """
                                    .getBytes(StandardCharsets.US_ASCII));
            await().atMost(PATIENCE).until(() -> listeners() == before + 1);
            // Each gift sends the deaf one a long board, until all buffers between are full.
            await().atMost(PATIENCE)
                    .until(
                            () -> {
                                moveAll("crowd");
                                return listeners() == before;
                            });
        }
    }

    @Test
    void tooManyListenersAreRefused() throws Exception {
        List<Listener> open = Stream.<Listener>of().toList();
        try {
            open =
                    Stream.generate(() -> tryListen("live/full"))
                            .limit(70)
                            .filter(listener -> listener.status() == 200)
                            .toList();
            assertThat(open).hasSizeBetween(1, 60);
            try (RawSocket socket =
                    new RawSocket(URI.create(base).getPort(), "live/full", "13", 0)) {
                assertThat(socket.readHead()).startsWith("HTTP/1.1 503 ");
            }
            HttpResponse<String> refused =
                    client.send(request("live/full", "text/event-stream"), BodyHandlers.ofString());
            assertThat(refused.statusCode()).isEqualTo(503);
            assertThat(refused.body()).contains("/too-many-listeners");
        } finally {
            for (Listener listener : open) {
                listener.close();
            }
        }
        await().atMost(PATIENCE).until(() -> listeners() < 5);
    }

    @Test
    void whenPushingEndsAllWhoListenAreLetGoAndNobodyIsTakenIn() throws Exception {
        try (ConfigurableApplicationContext ending = service("PT1H")) {
            String board = baseOf(ending) + "/v1/leaderboards/live/ending";
            HttpRequest stream =
                    HttpRequest.newBuilder(URI.create(board))
                            .header("Accept", "text/event-stream")
                            .build();
            BoardPush push = ending.getBean(BoardPush.class);
            try (SocketListener socket = openSocket(baseOf(ending), "live/ending");
                    Listener listener = new Listener(client.send(stream, BodyHandlers.ofLines()))) {
                socket.nextEvent();
                listener.nextStandings();

                push.close();

                assertThat(socket.closeCode()).isEqualTo(1001);
                assertThat(listener.isEnded()).isTrue();
                await().atMost(PATIENCE).until(() -> push.listeners() == 0);
            }
            HttpResponse<String> refused = client.send(stream, BodyHandlers.ofString());
            assertThat(refused.statusCode()).isEqualTo(503);
            assertThat(refused.body()).contains("/too-many-listeners");
        }
    }

    @Test
    void theServiceIsHealthyWhileItFollows() throws Exception {
        await().atMost(PATIENCE)
                .until(
                        () ->
                                client.send(
                                                HttpRequest.newBuilder(
                                                                URI.create(
                                                                        base + "/actuator/health"))
                                                        .build(),
                                                BodyHandlers.ofString())
                                        .body()
                                        .contains("UP"));
    }

    private static int listeners() {
        return application.getBean(BoardPush.class).listeners();
    }

    private void awaitStandings(String path, int count) {
        await().atMost(PATIENCE)
                .until(() -> get("/v1/leaderboards/" + path, 200).get("standings").size() >= count);
    }

    private JsonNode get(String path, int status) throws IOException, InterruptedException {
        HttpResponse<String> answer =
                client.send(
                        HttpRequest.newBuilder(URI.create(base + path)).build(),
                        BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        return JSON.readTree(answer.body());
    }

    private static HttpRequest request(String path, String accept) {
        return HttpRequest.newBuilder(URI.create(base + "/v1/leaderboards/" + path))
                .header("Accept", accept)
                .build();
    }

    private Listener listen(String path) throws IOException, InterruptedException {
        Listener listener =
                new Listener(
                        client.send(request(path, "text/event-stream"), BodyHandlers.ofLines()));
        assertThat(listener.status()).isEqualTo(200);
        return listener;
    }

    private SocketListener openSocket(String path) {
        return openSocket(base, path);
    }

    private SocketListener openSocket(String at, String path) {
        return SocketListener.open(
                client, URI.create(at.replace("http:", "ws:") + "/v1/leaderboards/" + path));
    }

    private Listener tryListen(String path) {
        try {
            return new Listener(
                    client.send(request(path, "text/event-stream"), BodyHandlers.ofLines()));
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** 500 viewers with long names send a coin each: every line of a live's board changes. */
    private static void moveAll(String live) {
        publishAll(
                IntStream.range(0, 500)
                        .mapToObj(i -> Gifts.sent(LONG_ID + i, live, "c9", 1))
                        .toList());
    }

    private static void publish(GiftEvent event) {
        publishAll(List.of(event));
    }

    private static synchronized void publishAll(List<? extends GiftEvent> events) {
        List<Thunder> thunders = new ArrayList<>();
        for (GiftEvent event : events) {
            int partition = Partitions.of(event.key());
            Envelope envelope = envelope(event, PREVIOUS[partition]);
            PREVIOUS[partition] = envelope.position();
            thunders.add(new Thunder(envelope, event));
        }
        topic.publish(thunders);
    }

    private static synchronized Envelope envelope(ConfettiEvent event, long previous) {
        position++;
        return new Envelope(
                position,
                previous,
                new UUID(9, position),
                EventType.of(event).typeName(),
                event.key(),
                SENT_AT,
                SENT_AT);
    }

    /** Reads a stream of events line by line. */
    private static final class Listener implements AutoCloseable {
        private final HttpResponse<Stream<String>> answer;
        private final Iterator<String> lines;
        private final PushedBoard board = new PushedBoard();

        Listener(HttpResponse<Stream<String>> answer) {
            this.answer = answer;
            this.lines = answer.body().iterator();
        }

        int status() {
            return answer.statusCode();
        }

        /** The next line that is not empty. */
        String nextLine() {
            String line = lines.next();
            while (line.isEmpty()) {
                line = lines.next();
            }
            return line;
        }

        /** The next event, as a WebSocket would bring it. */
        JsonNode nextEvent() {
            String line = nextLine();
            while (line.equals(": heartbeat")) {
                line = nextLine();
            }
            assertThat(line).startsWith("event: ");
            String data = nextLine();
            assertThat(data).startsWith("data: {");
            return JSON.createObjectNode()
                    .put("event", line.substring("event: ".length()))
                    .set("data", JSON.readTree(data.substring("data: ".length())));
        }

        /** Whether the stream ends without another event. */
        boolean isEnded() {
            while (lines.hasNext()) {
                if (!lines.next().isEmpty()) {
                    return false;
                }
            }
            return true;
        }

        /** What the board is after the next event. */
        JsonNode nextStandings() {
            return board.after(nextEvent());
        }

        @Override
        public void close() {
            answer.body().close();
        }
    }
}

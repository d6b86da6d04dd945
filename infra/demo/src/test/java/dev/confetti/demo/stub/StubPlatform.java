package dev.confetti.demo.stub;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The platform's HTTP API as far as the demo calls it: keeps coins and lives in memory, refuses
 * when told to.
 */
public final class StubPlatform implements AutoCloseable {
    /** A call as it came in. */
    public record Call(String path, @Nullable String key, @Nullable String token, JsonNode body) {}

    private record Answer(int status, Map<String, ?> body) {}

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final BlockingQueue<Call> calls = new LinkedBlockingQueue<>();
    private final Queue<Answer> nextSends = new ConcurrentLinkedQueue<>();
    private final Map<String, Long> coins = new ConcurrentHashMap<>();
    private final Map<String, String> lives = new ConcurrentHashMap<>();
    private final AtomicInteger numbers = new AtomicInteger();
    private volatile String rtmpUrl = "rtmp://127.0.0.1:1/live";

    private volatile String newLives = "created";
    private volatile String playToken = "";
    private volatile Consumer<String> sends = giftSendId -> {};

    public StubPlatform() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    public void rtmpUrl(String url) {
        rtmpUrl = url;
    }

    /** New lives begin in this state, {@code created} unless told. */
    public void newLivesAre(String state) {
        newLives = state;
    }

    /** Lives are played by this token from now on. */
    public void playToken(String token) {
        playToken = token;
    }

    /** Hears the giftSendId of each accepted gift, before its answer goes out. */
    public void onSend(Consumer<String> listener) {
        sends = listener;
    }

    /** The next gift send is refused. */
    public void refuseNextSend(int status, String name) {
        nextSends.add(problem(status, name, Map.of()));
    }

    public void setLive(String liveId, String state) {
        lives.put(liveId, state);
    }

    public Map<String, String> lives() {
        return Map.copyOf(lives);
    }

    /** The next call to this path; others on the way are passed over. */
    public Call next(String path) throws InterruptedException {
        while (true) {
            Call call = calls.poll(30, TimeUnit.SECONDS);
            if (call == null) {
                throw new AssertionError("no call to " + path + " for 30 s");
            }
            if (call.path().equals(path)) {
                return call;
            }
        }
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] bytes = exchange.getRequestBody().readAllBytes();
            JsonNode body = bytes.length == 0 ? JSON.createObjectNode() : JSON.readTree(bytes);
            String authorization = exchange.getRequestHeaders().getFirst("Authorization");
            String token = authorization == null ? null : authorization.replace("Bearer ", "");
            Call call =
                    new Call(
                            exchange.getRequestURI().getPath(),
                            exchange.getRequestHeaders().getFirst("Idempotency-Key"),
                            token,
                            body);
            calls.add(call);
            Answer answer = answer(call);
            byte[] json = JSON.writeValueAsBytes(answer.body());
            exchange.sendResponseHeaders(answer.status(), json.length);
            exchange.getResponseBody().write(json);
        }
    }

    private Answer answer(Call call) {
        String path = call.path();
        if (path.startsWith("/v1/lives/") && path.endsWith("/end")) {
            lives.put(path.split("/", -1)[3], "ended");
            return new Answer(200, Map.of());
        }
        if (path.startsWith("/v1/lives/") && path.endsWith("/play-tokens")) {
            return playToken.isEmpty()
                    ? problem(404, "play-tokens-off", Map.of())
                    : new Answer(201, Map.of("token", playToken));
        }
        if (path.startsWith("/v1/lives/")) {
            String state = lives.get(path.substring("/v1/lives/".length()));
            return state == null
                    ? problem(404, "unknown-live", Map.of())
                    : new Answer(
                            200,
                            Map.of(
                                    "state",
                                    state,
                                    "playToken",
                                    playToken.isEmpty() ? "none" : "required"));
        }
        return switch (path) {
            case "/v1/dev/tokens" ->
                    new Answer(200, Map.of("token", "token-" + call.body().path("sub").asString()));
            case "/v1/gifts" ->
                    new Answer(
                            200,
                            Map.of(
                                    "gifts",
                                    List.of(
                                            Map.of("giftId", "rose", "name", "Rose", "coins", 1),
                                            Map.of("giftId", "cake", "name", "Cake", "coins", 50),
                                            Map.of(
                                                    "giftId", "whale", "name", "Whale", "coins",
                                                    5000))));
            case "/v1/coin-packages" ->
                    new Answer(
                            200,
                            Map.of(
                                    "packages",
                                    List.of(
                                            Map.of(
                                                    "packageId",
                                                    "large",
                                                    "coins",
                                                    10_000,
                                                    "bonusCoins",
                                                    500),
                                            Map.of("packageId", "small", "coins", 70))));
            case "/v1/coin-purchases" -> {
                coins.merge(
                        String.valueOf(call.token()),
                        call.body().path("packageId").asString().equals("small") ? 70L : 10_500L,
                        Long::sum);
                yield new Answer(201, Map.of("purchaseId", "p", "status", "completed"));
            }
            case "/v1/lives" -> {
                String liveId = "live-" + numbers.incrementAndGet();
                lives.put(liveId, newLives);
                yield new Answer(
                        201,
                        Map.of(
                                "liveId",
                                liveId,
                                "streamKey",
                                "key-of-" + liveId,
                                "rtmpUrl",
                                rtmpUrl));
            }
            case "/v1/gift-sends" -> send(call);
            default -> problem(404, "not-found", Map.of());
        };
    }

    private Answer send(Call call) {
        Answer told = nextSends.poll();
        if (told != null) {
            return told;
        }
        long price =
                switch (call.body().path("giftId").asString()) {
                    case "rose" -> 1;
                    case "cake" -> 50;
                    default -> 5000;
                };
        long needed = price * call.body().path("quantity").asLong();
        String wallet = String.valueOf(call.token());
        long had = coins.getOrDefault(wallet, 0L);
        if (had < needed) {
            return problem(409, "insufficient-coins", Map.of("spendable", had, "needed", needed));
        }
        coins.put(wallet, had - needed);
        int number = numbers.incrementAndGet();
        sends.accept("send-" + number);
        String combo = call.body().path("comboId").asString("combo-" + number);
        return new Answer(
                201,
                Map.of(
                        "giftSendId",
                        "send-" + number,
                        "coins",
                        needed,
                        "spendable",
                        had - needed,
                        "comboId",
                        combo,
                        "comboCount",
                        1,
                        "position",
                        number));
    }

    private static Answer problem(int status, String name, Map<String, Long> numbers) {
        Map<String, Object> document = new LinkedHashMap<>(numbers);
        document.put("type", "https://confetti.example/problems/" + name);
        document.put("status", status);
        document.put("detail", "refused by the stub");
        return new Answer(status, document);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}

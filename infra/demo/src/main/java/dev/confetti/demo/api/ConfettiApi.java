package dev.confetti.demo.api;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/**
 * A blocking client of the platform's HTTP API, for many threads at once.
 *
 * <p>Each call throws {@link ApiProblem} when the platform refuses, and {@link IOException} when
 * there is no answer or none that can be read.
 */
public final class ConfettiApi implements AutoCloseable {
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(10);
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final String base;
    private final HttpClient http =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(Duration.ofSeconds(5))
                    .build();

    /**
     * @param base where the API is, such as {@code http://127.0.0.1:8080}
     */
    public ConfettiApi(URI base) {
        this.base = base.toString().replaceFirst("/+$", "");
    }

    /** A token for an invented person; the platform gives them out with dev-auth only. */
    public String devToken(String sub, String name, List<String> roles)
            throws IOException, InterruptedException, ApiProblem {
        JsonNode answer =
                post(
                        "/v1/dev/tokens",
                        null,
                        null,
                        Map.of("sub", sub, "name", name, "roles", roles));
        return text(answer, "token");
    }

    public NewLive createLive(String token, String title, List<String> tags)
            throws IOException, InterruptedException, ApiProblem {
        JsonNode answer = post("/v1/lives", token, null, Map.of("title", title, "tags", tags));
        return new NewLive(
                text(answer, "liveId"), text(answer, "streamKey"), text(answer, "rtmpUrl"));
    }

    /** The state of a live: {@code created}, {@code active}, {@code away} or {@code ended}. */
    public String liveState(String liveId) throws IOException, InterruptedException, ApiProblem {
        return text(get("/v1/lives/" + liveId), "state");
    }

    public void endLive(String token, String liveId)
            throws IOException, InterruptedException, ApiProblem {
        post("/v1/lives/" + liveId + "/end", token, null, Map.of());
    }

    /** The catalogue, in the platform's order. */
    public List<Gift> gifts() throws IOException, InterruptedException, ApiProblem {
        List<Gift> gifts = new ArrayList<>();
        for (JsonNode gift : get("/v1/gifts").path("gifts")) {
            gifts.add(new Gift(text(gift, "giftId"), text(gift, "name"), number(gift, "coins")));
        }
        return gifts;
    }

    public List<CoinPackage> coinPackages() throws IOException, InterruptedException, ApiProblem {
        List<CoinPackage> packages = new ArrayList<>();
        for (JsonNode offer : get("/v1/coin-packages").path("packages")) {
            long coins = Math.addExact(number(offer, "coins"), offer.path("bonusCoins").asLong(0));
            packages.add(new CoinPackage(text(offer, "packageId"), coins));
        }
        return packages;
    }

    /** Buys coins with the sandbox provider, which takes no money. */
    public void buyCoins(String token, String packageId, String idempotencyKey)
            throws IOException, InterruptedException, ApiProblem {
        post(
                "/v1/coin-purchases",
                token,
                idempotencyKey,
                Map.of("packageId", packageId, "provider", "sandbox"));
    }

    /** Grants promo coins, as an admin. */
    public void grantCoins(
            String adminToken, String viewerId, long coins, String reason, String idempotencyKey)
            throws IOException, InterruptedException, ApiProblem {
        post(
                "/v1/wallets/" + viewerId + "/grants",
                adminToken,
                idempotencyKey,
                Map.of("coins", coins, "reason", reason));
    }

    /**
     * Sends a gift.
     *
     * @param comboId the combo to join, as an earlier answer named it; null begins a new one
     */
    public SentGift sendGift(
            String token,
            String liveId,
            String giftId,
            int quantity,
            @Nullable String comboId,
            String idempotencyKey)
            throws IOException, InterruptedException, ApiProblem {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("liveId", liveId);
        body.put("giftId", giftId);
        body.put("quantity", quantity);
        if (comboId != null) {
            body.put("comboId", comboId);
        }
        JsonNode answer = post("/v1/gift-sends", token, idempotencyKey, body);
        return new SentGift(
                text(answer, "giftSendId"),
                text(answer, "comboId"),
                number(answer, "comboCount"),
                number(answer, "spendable"),
                number(answer, "position"));
    }

    /** Ends calls in flight; those that wait get an {@link IOException}. */
    @Override
    public void close() {
        http.shutdownNow();
    }

    private JsonNode get(String path) throws IOException, InterruptedException, ApiProblem {
        return call("GET " + path, HttpRequest.newBuilder(URI.create(base + path)).GET());
    }

    private JsonNode post(
            String path,
            @Nullable String token,
            @Nullable String idempotencyKey,
            Map<String, Object> body)
            throws IOException, InterruptedException, ApiProblem {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(base + path))
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body)));
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        if (idempotencyKey != null) {
            request.header("Idempotency-Key", idempotencyKey);
        }
        return call("POST " + path, request);
    }

    private JsonNode call(String name, HttpRequest.Builder request)
            throws IOException, InterruptedException, ApiProblem {
        HttpResponse<byte[]> response =
                http.send(
                        request.timeout(ANSWER_TIMEOUT)
                                .header("Accept", "application/json")
                                .build(),
                        BodyHandlers.ofByteArray());
        JsonNode document = MissingNode.getInstance();
        try {
            if (response.body().length > 0) {
                document = JSON.readTree(response.body());
            }
        } catch (JacksonException e) {
            if (response.statusCode() < 400) {
                throw new IOException(name + " → " + response.statusCode() + ": expected JSON", e);
            }
        }
        if (response.statusCode() >= 300) {
            throw ApiProblem.of(name, response.statusCode(), document);
        }
        return document;
    }

    private static String text(JsonNode node, String field) throws IOException {
        JsonNode value = node.path(field);
        if (!value.isString()) {
            throw new IOException("expected a text \"" + field + "\" in the answer, got " + node);
        }
        return value.stringValue();
    }

    private static long number(JsonNode node, String field) throws IOException {
        JsonNode value = node.path(field);
        if (!value.isIntegralNumber()) {
            throw new IOException(
                    "expected a whole number \"" + field + "\" in the answer, got " + node);
        }
        return value.longValue();
    }
}

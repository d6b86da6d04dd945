package dev.confetti.demo.api;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.hc.core5.http.io.support.ClassicRequestBuilder;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.pool.PoolConcurrencyPolicy;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
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
    private static final Timeout CONNECT_TIMEOUT = Timeout.ofSeconds(5);
    private static final Timeout ANSWER_TIMEOUT = Timeout.ofSeconds(10);

    /** More callers than this wait for a connection. */
    private static final int MOST_CONNECTIONS = 4_000;

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final HttpHost host;
    private final String basePath;
    private final CloseableHttpClient http;

    /**
     * @param base where the API is, such as {@code http://127.0.0.1:8080}
     */
    public ConfettiApi(URI base) {
        this.host = HttpHost.create(base);
        this.basePath = base.getPath().replaceFirst("/+$", "");
        this.http = client();
    }

    private static CloseableHttpClient client() {
        var connections =
                PoolingHttpClientConnectionManagerBuilder.create()
                        .setPoolConcurrencyPolicy(PoolConcurrencyPolicy.LAX)
                        .setMaxConnTotal(MOST_CONNECTIONS)
                        .setMaxConnPerRoute(MOST_CONNECTIONS)
                        .setDefaultConnectionConfig(
                                ConnectionConfig.custom()
                                        .setConnectTimeout(CONNECT_TIMEOUT)
                                        .setSocketTimeout(ANSWER_TIMEOUT)
                                        .setValidateAfterInactivity(TimeValue.ofSeconds(1))
                                        .build())
                        .build();
        // A call that failed is the caller's to repeat: who measures must see each.
        return HttpClients.custom()
                .setConnectionManager(connections)
                .setDefaultRequestConfig(
                        RequestConfig.custom()
                                .setConnectionRequestTimeout(ANSWER_TIMEOUT)
                                .setResponseTimeout(ANSWER_TIMEOUT)
                                .build())
                .disableAutomaticRetries()
                .disableRedirectHandling()
                .disableCookieManagement()
                .disableAuthCaching()
                .disableContentCompression()
                .build();
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

    /** Whether a live's play URLs need a token. */
    public boolean isPlayedByToken(String liveId)
            throws IOException, InterruptedException, ApiProblem {
        return get("/v1/lives/" + liveId).path("playToken").asString("none").equals("required");
    }

    /** A token for a live's play URLs, for who has this token. */
    public String playToken(String token, String liveId)
            throws IOException, InterruptedException, ApiProblem {
        return text(post("/v1/lives/" + liveId + "/play-tokens", token, null, Map.of()), "token");
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

    /** The position of the ledger's newest entry, for finance staff; 0 while it has none. */
    public long lastLedgerPosition(String financeToken)
            throws IOException, InterruptedException, ApiProblem {
        String path = "/v1/ledger/entries?order=desc&limit=1";
        JsonNode entries =
                call(
                                "GET " + path,
                                ClassicRequestBuilder.get(basePath + path)
                                        .addHeader("Authorization", "Bearer " + financeToken))
                        .path("entries");
        return entries.isEmpty() ? 0 : number(entries.get(0), "position");
    }

    /** Ends calls in flight; those that wait get an {@link IOException}. */
    @Override
    public void close() {
        http.close(CloseMode.IMMEDIATE);
    }

    private JsonNode get(String path) throws IOException, InterruptedException, ApiProblem {
        return call("GET " + path, ClassicRequestBuilder.get(basePath + path));
    }

    private JsonNode post(
            String path,
            @Nullable String token,
            @Nullable String idempotencyKey,
            Map<String, Object> body)
            throws IOException, InterruptedException, ApiProblem {
        ClassicRequestBuilder request =
                ClassicRequestBuilder.post(basePath + path)
                        .setEntity(JSON.writeValueAsBytes(body), ContentType.APPLICATION_JSON);
        if (token != null) {
            request.addHeader("Authorization", "Bearer " + token);
        }
        if (idempotencyKey != null) {
            request.addHeader("Idempotency-Key", idempotencyKey);
        }
        return call("POST " + path, request);
    }

    private JsonNode call(String name, ClassicRequestBuilder builder)
            throws IOException, InterruptedException, ApiProblem {
        ClassicHttpRequest request =
                builder.setHttpHost(host).addHeader("Accept", "application/json").build();
        Answer answer;
        try {
            answer = http.execute(host, request, ConfettiApi::read);
        } catch (IOException e) {
            // An interrupt ends a virtual thread's call by closing its socket.
            if (Thread.interrupted()) {
                InterruptedException interrupted = new InterruptedException(name);
                interrupted.initCause(e);
                throw interrupted;
            }
            throw e;
        }
        JsonNode document = MissingNode.getInstance();
        try {
            if (answer.body().length > 0) {
                document = JSON.readTree(answer.body());
            }
        } catch (JacksonException e) {
            if (answer.status() < 400) {
                throw new IOException(name + " → " + answer.status() + ": expected JSON", e);
            }
        }
        if (answer.status() >= 300) {
            throw ApiProblem.of(name, answer.status(), document);
        }
        return document;
    }

    @SuppressWarnings("ArrayRecordComponent") // read once, never compared
    private record Answer(int status, byte[] body) {}

    private static Answer read(ClassicHttpResponse response) throws IOException {
        HttpEntity entity = response.getEntity();
        byte[] body = entity == null ? new byte[0] : EntityUtils.toByteArray(entity);
        return new Answer(response.getCode(), body);
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

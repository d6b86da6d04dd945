package dev.confetti.gateway.hook;

import dev.confetti.gateway.channel.Connection;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/**
 * Posts a JSON object to the operator's URL for each publisher and viewer that comes ({@code
 * publish}, {@code play}) and goes ({@code unpublish}, {@code stop}).
 *
 * <p>What is told of one connection is told in order. A call that fails is made again twice; what
 * the operator's server does not take then is given up, and so is what comes while too many wait:
 * media never waits for a hook. With a secret each call has the header {@code X-Confetti-Signature:
 * sha256=HEX}, the HMAC (RFC 2104) of its body.
 */
public final class HttpHooks implements Connection.Observer, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HttpHooks.class);
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final String MAC = "HmacSHA256";
    private static final int ATTEMPTS = 3;
    private static final int MAX_WAITING = 10_000;

    private final HttpClient http =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(TIMEOUT)
                    .build();
    private final URI url;
    private final String secret;
    private final long firstPauseMs;
    private final LongAdder failed;
    private final AtomicInteger waiting = new AtomicInteger();
    private final Map<UUID, CompletableFuture<Void>> lastOf = new ConcurrentHashMap<>();

    /**
     * @param secret empty for calls without a signature
     * @param firstPauseMs before a failed call is made again; the next pause is four times as long
     * @param failed counts what was given up
     */
    public HttpHooks(URI url, String secret, long firstPauseMs, LongAdder failed) {
        this.url = url;
        this.secret = secret;
        this.firstPauseMs = firstPauseMs;
        this.failed = failed;
    }

    @Override
    public void began(Connection connection) {
        switch (connection.role()) {
            case PUBLISHER -> tell("publish", connection, Map.of());
            case VIEWER -> tell("play", connection, Map.of());
            case GIFT_LISTENER, NONE -> {}
        }
    }

    @Override
    public void ended(Connection connection) {
        Instant now = Instant.now();
        Map<String, Object> sums = new LinkedHashMap<>();
        sums.put("reason", connection.endReason());
        sums.put("durationMs", Duration.between(connection.openedAt(), now).toMillis());
        sums.put("receivedBytes", connection.receivedBytes());
        sums.put("sentBytes", connection.sentBytes());
        sums.put("droppedUnits", connection.droppedUnits());
        switch (connection.role()) {
            case PUBLISHER -> tell("unpublish", connection, sums);
            case VIEWER -> tell("stop", connection, sums);
            case GIFT_LISTENER, NONE -> {}
        }
    }

    private void tell(String event, Connection connection, Map<String, Object> further) {
        if (waiting.incrementAndGet() > MAX_WAITING) {
            waiting.decrementAndGet();
            failed.increment();
            return;
        }
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("event", event);
        body.put("at", Instant.now().toString());
        body.put("liveId", connection.liveId());
        body.put("connectionId", connection.id().toString());
        body.put("protocol", connection.protocol());
        body.put("remoteAddress", connection.remoteAddress());
        body.put("userAgent", connection.userAgent());
        if (!connection.viewerId().isEmpty()) {
            body.put("viewerId", connection.viewerId());
        }
        body.putAll(further);
        byte[] json = JSON.writeValueAsBytes(body);
        UUID id = connection.id();
        CompletableFuture<Void> call =
                lastOf.compute(
                        id,
                        (_, before) ->
                                (before == null
                                                ? CompletableFuture.<Void>completedFuture(null)
                                                : before)
                                        .thenCompose(_ -> post(event, json, 1))
                                        .exceptionally(error -> givenUp(event, id, error)));
        var _ =
                call.whenComplete(
                        (_, _) -> {
                            waiting.decrementAndGet();
                            lastOf.remove(id, call);
                        });
    }

    private @Nullable Void givenUp(String event, UUID connectionId, Throwable error) {
        failed.increment();
        LOG.warn(
                "hook {} for connection {}: given up, {}",
                event,
                connectionId,
                String.valueOf(error.getMessage()));
        return null;
    }

    private CompletableFuture<Void> post(String event, byte[] json, int attempt) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(url)
                        .timeout(TIMEOUT)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofByteArray(json));
        if (!secret.isEmpty()) {
            request.header("X-Confetti-Signature", "sha256=" + signature(json));
        }
        return http.sendAsync(request.build(), BodyHandlers.discarding())
                .thenAccept(HttpHooks::requireTaken)
                .exceptionallyCompose(
                        error -> {
                            if (attempt == ATTEMPTS) {
                                return CompletableFuture.failedFuture(error);
                            }
                            LOG.debug("hook {}: attempt {} failed", event, attempt, error);
                            long pauseMs = firstPauseMs << (2 * (attempt - 1));
                            return CompletableFuture.runAsync(
                                            () -> {},
                                            CompletableFuture.delayedExecutor(
                                                    pauseMs, TimeUnit.MILLISECONDS))
                                    .thenCompose(_ -> post(event, json, attempt + 1));
                        });
    }

    private static void requireTaken(HttpResponse<Void> response) {
        if (response.statusCode() / 100 != 2) {
            throw new IllegalStateException(
                    "the server answered " + response.statusCode() + ": expected 2xx");
        }
    }

    private String signature(byte[] json) {
        try {
            Mac mac = Mac.getInstance(MAC);
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), MAC));
            return HexFormat.of().formatHex(mac.doFinal(json));
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException(e); // every JDK has it, and any bytes are a key
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}

package dev.confetti.e2e;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A caller of the HTTP API, with a token of its own. */
record Api(Server server, @Nullable String token) {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

    /** An answer; its body is null where there was none that is JSON. */
    record Answer(int status, JsonNode body) {
        String text(String field) {
            return body.path(field).asString();
        }

        long number(String field) {
            return body.path(field).asLong();
        }

        /** The answer itself, if its status is the expected one. */
        Answer expect(int expected) {
            if (status != expected) {
                throw new AssertionError("expected status " + expected + ", got " + this);
            }
            return this;
        }
    }

    static Api anonymous(Server server) {
        return new Api(server, null);
    }

    static Api as(Server server, String sub, String name, String... roles)
            throws IOException, InterruptedException {
        String body =
                JSON.writeValueAsString(
                        Map.of("sub", sub, "name", name, "roles", java.util.List.of(roles)));
        return new Api(
                server,
                anonymous(server).post("/v1/dev/tokens", null, body).expect(200).text("token"));
    }

    /** The same caller, asking another process. */
    Api at(Server other) {
        return new Api(other, token);
    }

    /** Reads the caller's whole history, page by page, and adds how often each gift is in it. */
    void countSentGifts(Map<String, Integer> times) throws IOException, InterruptedException {
        String cursor = "";
        do {
            Answer page =
                    get("/v1/gift-sends?limit=1000" + (cursor.isEmpty() ? "" : "&cursor=" + cursor))
                            .expect(200);
            for (JsonNode send : page.body().path("sends")) {
                times.merge(send.path("giftSendId").asString(), 1, Integer::sum);
            }
            JsonNode next = page.body().path("nextCursor");
            cursor = next.isString() ? next.asString() : "";
        } while (!cursor.isEmpty());
    }

    Answer get(String path) throws IOException, InterruptedException {
        return send(request(path).GET().build());
    }

    Answer post(String path, @Nullable String idempotencyKey, String body)
            throws IOException, InterruptedException {
        HttpRequest.Builder request =
                request(path)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(body));
        if (idempotencyKey != null) {
            request.header("Idempotency-Key", idempotencyKey);
        }
        return send(request.build());
    }

    Answer put(String path, String body) throws IOException, InterruptedException {
        return send(
                request(path)
                        .header("Content-Type", "application/json")
                        .PUT(BodyPublishers.ofString(body))
                        .build());
    }

    private HttpRequest.Builder request(String path) {
        URI uri = server.http(path);
        HttpRequest.Builder request = HttpRequest.newBuilder(uri).timeout(Duration.ofMinutes(1));
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        return request;
    }

    private static Answer send(HttpRequest request) throws IOException, InterruptedException {
        HttpResponse<String> response = HTTP.send(request, BodyHandlers.ofString());
        String body = response.body();
        return new Answer(
                response.statusCode(),
                body.startsWith("{") || body.startsWith("[")
                        ? JSON.readTree(body)
                        : JSON.nullNode());
    }
}

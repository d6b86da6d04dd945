package dev.confetti.gift;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A plain HTTP client for tests. */
public final class Http {
    private static final JsonMapper MAPPER = JsonMapper.shared();

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(30)).build();

    /** One for all services of a run, which have the same calls. */
    private static volatile @Nullable DeclaredStatuses declared;

    private final String base;

    Http(int port) {
        this.base = "http://127.0.0.1:" + port;
    }

    /** What came back. */
    public record Response(int status, Map<String, String> headers, String body) {
        public JsonNode json() {
            return MAPPER.readTree(body);
        }

        public String text(String field) {
            return required(field).stringValue();
        }

        public long number(String field) {
            JsonNode node = required(field);
            if (!node.isIntegralNumber()) {
                throw new AssertionError(field + " is no whole number in " + this);
            }
            return node.longValue();
        }

        private JsonNode required(String field) {
            JsonNode node = json().get(field);
            if (node == null) {
                throw new AssertionError("no " + field + " in " + this);
            }
            return node;
        }

        /** The last part of the problem's type. */
        public String problem() {
            if (!"application/problem+json".equals(headers.get("content-type"))) {
                throw new AssertionError("no problem document: " + this);
            }
            String type = text("type");
            if (number("status") != status || text("title").isEmpty() || text("detail").isEmpty()) {
                throw new AssertionError("an incomplete problem document: " + this);
            }
            return type.substring(type.lastIndexOf('/') + 1);
        }
    }

    public Response get(String path, @Nullable String token) {
        return call("GET", path, token, null, "application/json", null);
    }

    public Response post(
            String path, @Nullable String token, @Nullable String key, @Nullable Object body) {
        return call(
                "POST",
                path,
                token,
                key,
                "application/json",
                body == null ? null : MAPPER.writeValueAsString(body));
    }

    Response put(String path, @Nullable String token, Object body) {
        return call("PUT", path, token, null, "application/json", MAPPER.writeValueAsString(body));
    }

    Response postRaw(String path, @Nullable String token, @Nullable String key, String body) {
        return call("POST", path, token, key, "application/json", body);
    }

    /** Posts JSON with one more header. */
    public Response postWith(String path, String header, String value, String body) {
        return send(
                HttpRequest.newBuilder(URI.create(base + path))
                        .timeout(Duration.ofMinutes(2))
                        .header("Content-Type", "application/json")
                        .header(header, value)
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build());
    }

    public Response call(
            String method,
            String path,
            @Nullable String token,
            @Nullable String key,
            String contentType,
            @Nullable String body) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(base + path)).timeout(Duration.ofMinutes(2));
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        if (key != null) {
            request.header("Idempotency-Key", key);
        }
        if (body == null) {
            request.method(method, HttpRequest.BodyPublishers.noBody());
        } else {
            request.header("Content-Type", contentType)
                    .method(
                            method,
                            HttpRequest.BodyPublishers.ofString(body, StandardCharsets.UTF_8));
        }
        return send(request.build());
    }

    Response send(HttpRequest request) {
        try {
            HttpResponse<String> answer =
                    client.send(request, HttpResponse.BodyHandlers.ofString());
            Map<String, String> headers = new HashMap<>();
            answer.headers()
                    .map()
                    .forEach((name, values) -> headers.put(name, String.join(",", values)));
            requireDeclared(request, answer.statusCode());
            return new Response(answer.statusCode(), headers, answer.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Whatever a test asks for: no answer may have a status that the description does not know. */
    private void requireDeclared(HttpRequest request, int status)
            throws IOException, InterruptedException {
        if (status >= 400 || !request.uri().getPath().startsWith("/v1/")) {
            return;
        }
        DeclaredStatuses known = declared;
        if (known == null) {
            HttpRequest description =
                    HttpRequest.newBuilder(URI.create(base + "/v3/api-docs")).build();
            known =
                    new DeclaredStatuses(
                            MAPPER.readTree(
                                    client.send(description, HttpResponse.BodyHandlers.ofString())
                                            .body()));
            declared = known;
        }
        String fault = known.fault(request.method(), request.uri(), status);
        if (fault != null) {
            throw new AssertionError(fault);
        }
    }

    String base() {
        return base;
    }
}

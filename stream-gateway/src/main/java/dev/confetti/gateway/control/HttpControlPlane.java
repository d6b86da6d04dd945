package dev.confetti.gateway.control;

import dev.confetti.gateway.control.Answer.Refusal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The service over HTTP: {@code /internal/v1/lives/…}, with the shared service token. */
public final class HttpControlPlane implements ControlPlane, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HttpControlPlane.class);
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Duration TIMEOUT = Duration.ofSeconds(3);

    private final HttpClient http;
    private final String base;
    private final String token;

    /**
     * @param serviceUrl such as {@code http://localhost:8080}
     */
    public HttpControlPlane(URI serviceUrl, String token) {
        this.http =
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .connectTimeout(TIMEOUT)
                        .build();
        this.base = serviceUrl.toString().replaceAll("/+$", "") + "/internal/v1/lives/";
        this.token = token;
    }

    @Override
    public CompletionStage<Answer> authorise(String liveId, String streamKey, UUID publisherId) {
        return send(
                "POST",
                liveId + "/publishers",
                Map.of("streamKey", streamKey, "publisherId", publisherId.toString()));
    }

    @Override
    public CompletionStage<Answer> started(String liveId, UUID publisherId) {
        return send("POST", publisher(liveId, publisherId) + "/started", null);
    }

    @Override
    public CompletionStage<Answer> renew(String liveId, UUID publisherId, int viewers) {
        return send("PUT", publisher(liveId, publisherId) + "/lease", Map.of("viewers", viewers));
    }

    @Override
    public CompletionStage<Answer> gone(String liveId, UUID publisherId) {
        return send("DELETE", publisher(liveId, publisherId), null);
    }

    private static String publisher(String liveId, UUID publisherId) {
        return liveId + "/publishers/" + publisherId;
    }

    private CompletionStage<Answer> send(
            String method, String path, @Nullable Map<String, Object> body) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(base + path))
                        .timeout(TIMEOUT)
                        .header("Authorization", "Bearer " + token)
                        .header("Accept", "application/json, application/problem+json");
        if (body == null) {
            request.method(method, BodyPublishers.noBody());
        } else {
            request.header("Content-Type", "application/json")
                    .method(method, BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body)));
        }
        return http.sendAsync(request.build(), BodyHandlers.ofString())
                .handle((response, error) -> answer(method, path, response, error));
    }

    private Answer answer(
            String method,
            String path,
            @Nullable HttpResponse<String> response,
            @Nullable Throwable error) {
        if (response == null) {
            LOG.warn(
                    "control: {} {}{} got no answer: {}",
                    method,
                    base,
                    path,
                    String.valueOf(error));
            return new Answer.Unavailable("the service does not answer");
        }
        int status = response.statusCode();
        if (status / 100 == 2) {
            return granted(response.body());
        }
        if (status / 100 == 5 || status == 429 || status == 401) {
            LOG.warn("control: {} {}{} answered {}", method, base, path, status);
            return new Answer.Unavailable(
                    status == 401
                            ? "the service does not accept this gateway's service token"
                            : "the service answered " + status);
        }
        return refused(status, response.body());
    }

    private static Answer granted(String body) {
        try {
            JsonNode json = body.isBlank() ? JSON.createObjectNode() : JSON.readTree(body);
            return new Answer.Granted(json.path("leaseMs").asLong(0));
        } catch (JacksonException e) {
            return new Answer.Unavailable("the service's answer is no JSON");
        }
    }

    private static Answer refused(int status, String body) {
        String type = "";
        String detail = "";
        try {
            JsonNode problem = JSON.readTree(body);
            type = problem.path("type").asString("");
            detail = problem.path("detail").asString("");
        } catch (JacksonException e) {
            LOG.debug("control: answer {} without a problem document", status, e);
        }
        Refusal why =
                switch (type.substring(type.lastIndexOf('/') + 1)) {
                    case "wrong-stream-key" -> Refusal.WRONG_KEY;
                    case "unknown-live" -> Refusal.UNKNOWN_LIVE;
                    case "live-ended" -> Refusal.LIVE_ENDED;
                    case "publisher-replaced" -> Refusal.REPLACED;
                    default -> Refusal.OTHER;
                };
        return new Answer.Refused(
                why, detail.isBlank() ? "the service refused with status " + status : detail);
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}

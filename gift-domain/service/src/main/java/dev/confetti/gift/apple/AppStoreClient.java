package dev.confetti.gift.apple;

import com.apple.itunes.storekit.client.BaseAppStoreServerAPIClient;
import com.apple.itunes.storekit.client.BearerTokenAuthenticator;
import com.apple.itunes.storekit.model.Environment;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.Reader;
import java.io.StringReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The App Store Server API by the JDK's HTTP client. Thread-safe. */
final class AppStoreClient extends BaseAppStoreServerAPIClient {
    private static final Duration TIMEOUT = Duration.ofSeconds(15);

    private final HttpClient http = HttpClient.newBuilder().connectTimeout(TIMEOUT).build();
    private final @Nullable URI apiUrl;

    /**
     * @param apiUrl where it answers; null: where Apple says
     */
    AppStoreClient(BearerTokenAuthenticator tokens, Environment environment, @Nullable URI apiUrl) {
        super(tokens, environment);
        this.apiUrl = apiUrl;
    }

    @Override
    protected HttpResponseInterface makeRequest(
            String path,
            String method,
            Map<String, List<String>> queryParameters,
            Map<String, String> headers,
            @Nullable String contentType,
            byte @Nullable [] body)
            throws IOException {
        if (!queryParameters.isEmpty()) {
            throw new IllegalArgumentException(
                    path + " with " + queryParameters + ": expected no query parameters");
        }
        BodyPublisher published =
                body == null ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body);
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create((apiUrl == null ? url : apiUrl) + path))
                        .timeout(TIMEOUT)
                        .method(method, published);
        headers.forEach(request::header);
        if (contentType != null) {
            request.header("Content-Type", contentType);
        }
        try {
            return new Answer(http.send(request.build(), BodyHandlers.ofString()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException(method + " " + path + " was interrupted");
        }
    }

    private record Answer(HttpResponse<String> response) implements HttpResponseInterface {
        @Override
        public int statusCode() {
            return response.statusCode();
        }

        @Override
        public Reader body() {
            return new StringReader(response.body());
        }

        @Override
        public void close() {
            // It was read whole.
        }
    }
}

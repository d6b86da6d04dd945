package dev.confetti.gift.google;

import com.google.api.client.googleapis.services.AbstractGoogleClientRequest;
import com.google.api.client.http.HttpRequest;
import com.google.api.client.http.HttpRequestInitializer;
import com.google.api.client.http.HttpResponseException;
import com.google.api.client.http.javanet.NetHttpTransport;
import com.google.api.client.json.gson.GsonFactory;
import com.google.api.services.androidpublisher.AndroidPublisher;
import com.google.api.services.androidpublisher.AndroidPublisherScopes;
import com.google.api.services.androidpublisher.model.Order;
import com.google.api.services.androidpublisher.model.ProductPurchaseV2;
import com.google.auth.http.HttpCredentialsAdapter;
import com.google.auth.oauth2.GoogleCredentials;
import dev.confetti.gift.problem.ProblemType;
import dev.confetti.gift.problem.RefusedException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** As much of the Android Publisher API as we call. Thread-safe. */
final class PlayApi {
    private static final Logger log = LoggerFactory.getLogger(PlayApi.class);
    private static final int TIMEOUT_MS = 15_000;

    /** Google knows no such purchase: the token is none, or so old that it was forgotten. */
    private static final Set<Integer> UNKNOWN = Set.of(400, 404, 410);

    private final AndroidPublisher publisher;
    private final String packageName;

    /**
     * @throws IllegalArgumentException when the key cannot be read
     */
    PlayApi(GoogleConfig config) {
        this.packageName = config.packageName();
        HttpRequestInitializer signing = new HttpCredentialsAdapter(credentials(config));
        this.publisher =
                new AndroidPublisher.Builder(
                                new NetHttpTransport(),
                                GsonFactory.getDefaultInstance(),
                                request -> initialize(request, signing))
                        .setApplicationName("Confetti")
                        .setRootUrl(config.apiUrl() + "/")
                        .build();
    }

    private static void initialize(HttpRequest request, HttpRequestInitializer signing)
            throws IOException {
        signing.initialize(request);
        request.setConnectTimeout(TIMEOUT_MS);
        request.setReadTimeout(TIMEOUT_MS);
    }

    private static GoogleCredentials credentials(GoogleConfig config) {
        try (InputStream key = Files.newInputStream(config.credentialsFile())) {
            return GoogleCredentials.fromStream(key)
                    .createScoped(AndroidPublisherScopes.ANDROIDPUBLISHER);
        } catch (IOException | RuntimeException e) {
            throw new IllegalArgumentException(
                    "confetti.google.credentials-file "
                            + config.credentialsFile()
                            + ": expected a service account's key in JSON: "
                            + e.getMessage(),
                    e);
        }
    }

    /**
     * A call of the library.
     *
     * @param <T> what it answers
     */
    @FunctionalInterface
    private interface Call<T> {
        AbstractGoogleClientRequest<T> prepared() throws IOException;
    }

    /** A purchase by its token; empty when Google knows none. */
    Optional<ProductPurchaseV2> purchase(String token) {
        return shown(
                "a purchase cannot be looked up",
                () -> publisher.purchases().productsv2().getproductpurchasev2(packageName, token));
    }

    /** An order; empty when Google knows none. */
    Optional<Order> order(String orderId) {
        return shown(
                "order " + orderId + " cannot be looked up",
                () -> publisher.orders().get(packageName, orderId));
    }

    /**
     * The coins were delivered: the product can be bought again, and Google keeps the money.
     *
     * @return false when Google does not do it
     */
    boolean consume(String productId, String token) {
        return done(
                "a purchase cannot be consumed",
                () -> publisher.purchases().products().consume(packageName, productId, token));
    }

    /**
     * Gives the money back and ends the purchase.
     *
     * @return false when Google does not do it
     */
    boolean refund(String orderId) {
        return done(
                "order " + orderId + " cannot be refunded",
                () -> publisher.orders().refund(packageName, orderId).setRevoke(true));
    }

    private static <T> Optional<T> shown(String fault, Call<T> call) {
        try {
            return Optional.of(call.prepared().execute());
        } catch (HttpResponseException e) {
            if (UNKNOWN.contains(e.getStatusCode())) {
                return Optional.empty();
            }
            throw unavailable(fault, e);
        } catch (IOException e) {
            throw unavailable(fault, e);
        }
    }

    private static boolean done(String fault, Call<Void> call) {
        try {
            call.prepared().execute();
            return true;
        } catch (HttpResponseException e) {
            if (isRefusal(e.getStatusCode())) {
                log.info("Google: {}: {}", fault, e.getMessage());
                return false;
            }
            throw unavailable(fault, e);
        } catch (IOException e) {
            throw unavailable(fault, e);
        }
    }

    /** Not so when the key has too few rights, or too much was asked. */
    private static boolean isRefusal(int status) {
        return status >= 400 && status < 500 && status != 401 && status != 403 && status != 429;
    }

    private static RefusedException unavailable(String fault, IOException e) {
        log.warn("Google: {}: {}", fault, e.getMessage());
        return new RefusedException(
                ProblemType.UNAVAILABLE, "Google: " + fault + " just now; repeat the request");
    }
}

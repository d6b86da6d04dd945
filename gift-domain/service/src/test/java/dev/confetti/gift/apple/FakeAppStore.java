package dev.confetti.gift.apple;

import com.auth0.jwt.JWT;
import com.auth0.jwt.algorithms.Algorithm;
import com.auth0.jwt.exceptions.JWTVerificationException;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.interfaces.ECPublicKey;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;

/**
 * As much of the App Store as Confetti talks to: it signs with certificates of its own, and takes
 * answers how much is spent on a port of its own.
 */
public final class FakeAppStore implements AutoCloseable {
    public static final String BUNDLE_ID = "dev.confetti.example";
    public static final long APP_ID = 1_234_567_890L;
    public static final String KEY_ID = "KEY1";
    public static final String ISSUER_ID = "issuer-1";

    private static final String CONSUMPTION = "/inApps/v2/transactions/consumption/";

    private final Chain chain = Chain.made();
    private final KeyPair apiKey = Chain.keys();
    private final HttpServer server;
    private final Map<String, String> answers = new ConcurrentHashMap<>();
    private volatile int status = 202;

    public FakeAppStore() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::answer);
        server.start();
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** The chain that it signs with. */
    public Chain chain() {
        return chain;
    }

    /** Writes its root certificate into a folder. */
    public Path rootFile(Path folder) throws IOException {
        return Files.write(folder.resolve("root.cer"), chain.root());
    }

    /** Writes the key of its API into a folder. */
    public Path keyFile(Path folder) throws IOException {
        String base64 = Base64.getMimeEncoder().encodeToString(apiKey.getPrivate().getEncoded());
        return Files.writeString(
                folder.resolve("key.p8"),
                "-----BEGIN PRIVATE KEY-----\n" + base64 + "\n-----END PRIVATE KEY-----\n");
    }

    /** The status that answers are answered with. */
    public void status(int newStatus) {
        status = newStatus;
    }

    /** The answer that was given for a transaction; empty without one. */
    public String answerFor(String transactionId) {
        return answers.getOrDefault(transactionId, "");
    }

    /** A transaction of one package of 660 coins, for 9.99 USD; to be changed at will. */
    public static Map<String, Object> transaction(String id, UUID purchaseId) {
        Map<String, Object> transaction = new LinkedHashMap<>();
        transaction.put("transactionId", id);
        transaction.put("originalTransactionId", id);
        transaction.put("bundleId", BUNDLE_ID);
        transaction.put("productId", "confetti.coins-660");
        transaction.put("purchaseDate", Instant.now().toEpochMilli());
        transaction.put("quantity", 1);
        transaction.put("type", "Consumable");
        transaction.put("appAccountToken", purchaseId.toString());
        transaction.put("inAppOwnershipType", "PURCHASED");
        transaction.put("signedDate", Instant.now().toEpochMilli());
        transaction.put("environment", "Production");
        transaction.put("transactionReason", "PURCHASE");
        transaction.put("storefront", "USA");
        transaction.put("price", 9_990);
        transaction.put("currency", "USD");
        return transaction;
    }

    /** A notification of a transaction, not signed yet; to be changed at will. */
    public static Map<String, Object> notification(String type, String signedTransaction) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("bundleId", BUNDLE_ID);
        data.put("appAppleId", APP_ID);
        data.put("bundleVersion", "1");
        data.put("environment", "Production");
        data.put("signedTransactionInfo", signedTransaction);
        Map<String, Object> notification = new LinkedHashMap<>();
        notification.put("notificationType", type);
        notification.put("notificationUUID", UUID.randomUUID().toString());
        notification.put("version", "2.0");
        notification.put("signedDate", Instant.now().toEpochMilli());
        notification.put("data", data);
        return notification;
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body =
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            String path = exchange.getRequestURI().getPath();
            int answered = status;
            if (!isSignedIn(exchange)) {
                answered = 401;
            } else if (!exchange.getRequestMethod().equals("PUT")
                    || !path.startsWith(CONSUMPTION)) {
                answered = 404;
            } else if (answered == 202) {
                answers.put(path.substring(CONSUMPTION.length()), body);
            }
            exchange.sendResponseHeaders(answered, -1);
        }
    }

    private boolean isSignedIn(HttpExchange exchange) {
        String token = exchange.getRequestHeaders().getFirst("Authorization");
        try {
            JWT.require(Algorithm.ECDSA256((ECPublicKey) apiKey.getPublic(), null))
                    .withIssuer(ISSUER_ID)
                    .withAudience("appstoreconnect-v1")
                    .withClaim("bid", BUNDLE_ID)
                    .build()
                    .verify(token == null ? "" : token.replaceFirst("^Bearer ", ""));
            return true;
        } catch (JWTVerificationException e) {
            return false;
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}

package dev.confetti.gift.google;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.json.JsonMapper;

/**
 * As much of Google as Confetti talks to, on a port of its own: the keys that pushes are signed
 * with, sign-in of a service account, and purchases and orders of the Android Publisher API.
 */
public final class FakeGoogle implements AutoCloseable {
    public static final String PACKAGE = "dev.confetti.example";
    public static final String AUDIENCE = "https://confetti.example/v1/payments/webhooks/google";
    public static final String ACCOUNT = "push@example.iam.gserviceaccount.com";

    private static final String ACCESS_TOKEN = "access-token-1";
    private static final String APP = "/androidpublisher/v3/applications/" + PACKAGE;
    private static final JsonMapper JSON = JsonMapper.shared();

    private final HttpServer server;
    private final RSAKey key = key();
    private final Map<String, String> purchases = new ConcurrentHashMap<>();
    private final Map<String, String> orders = new ConcurrentHashMap<>();
    private final Map<String, AtomicInteger> consumed = new ConcurrentHashMap<>();
    private final AtomicInteger refunds = new AtomicInteger();
    private volatile boolean down;
    private volatile boolean consumes = true;
    private volatile boolean refunding = true;

    public FakeGoogle() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::answer);
        server.start();
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Writes a service account's key into a folder. */
    public Path credentialsFile(Path folder) throws IOException {
        try {
            String der = Base64.getMimeEncoder().encodeToString(key.toPrivateKey().getEncoded());
            return Files.write(
                    folder.resolve("account.json"),
                    JSON.writeValueAsBytes(
                            Map.of(
                                    "type", "service_account",
                                    "project_id", "example",
                                    "private_key_id", "1",
                                    "private_key",
                                            "-----BEGIN PRIVATE KEY-----\n"
                                                    + der
                                                    + "\n-----END PRIVATE KEY-----\n",
                                    "client_email", "api@example.iam.gserviceaccount.com",
                                    "client_id", "1",
                                    "token_uri", url() + "/token")));
        } catch (JOSEException e) {
            throw new IllegalStateException("the key has a private part", e);
        }
    }

    /** A key as Google's are. */
    public static RSAKey key() {
        try {
            return new RSAKeyGenerator(2_048).keyID(UUID.randomUUID().toString()).generate();
        } catch (JOSEException e) {
            throw new IllegalStateException("every JDK has RSA", e);
        }
    }

    /** The key that its tokens are signed with. */
    public RSAKey signingKey() {
        return key;
    }

    /** The claims of a push that is in order; to be changed at will. */
    public static JWTClaimsSet.Builder claims() {
        return new JWTClaimsSet.Builder()
                .issuer("https://accounts.google.com")
                .audience(AUDIENCE)
                .subject("1234567890")
                .claim("email", ACCOUNT)
                .claim("email_verified", true)
                .issueTime(Date.from(Instant.now()))
                .expirationTime(Date.from(Instant.now().plus(Duration.ofHours(1))));
    }

    /** The header of a push. */
    public static String authorization(RSAKey by, JWTClaimsSet claims) {
        try {
            SignedJWT token =
                    new SignedJWT(
                            new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(by.getKeyID()).build(),
                            claims);
            token.sign(new RSASSASigner(by));
            return "Bearer " + token.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException("the key can sign", e);
        }
    }

    /** The body of a push. */
    public static String push(String notification) {
        String data =
                Base64.getEncoder().encodeToString(notification.getBytes(StandardCharsets.UTF_8));
        return """
        {"message":{"data":"%s","messageId":"1","attributes":{}},"subscription":"s"}"""
                .formatted(data);
    }

    /** A notification that something was bought, or cancelled. */
    public static String oneTime(int type, String token) {
        return """
        {"version":"1.0","packageName":"%s","eventTimeMillis":"1","oneTimeProductNotification":
        {"version":"1.0","notificationType":%d,"purchaseToken":"%s","sku":"confetti.coins-660"}}"""
                .formatted(PACKAGE, type, token);
    }

    /** A notification that a purchase was paid back; refund type 1: all of it. */
    public static String voided(String token, String orderId, int refundType) {
        return """
        {"version":"1.0","packageName":"%s","eventTimeMillis":"1","voidedPurchaseNotification":
        {"purchaseToken":"%s","orderId":"%s","productType":2,"refundType":%d}}"""
                .formatted(PACKAGE, token, orderId, refundType);
    }

    /** A purchase of one package of 660 coins. */
    public static String purchase(String state, String orderId, UUID purchaseId) {
        return """
        {"kind":"androidpublisher#productPurchaseV2","orderId":"%s","regionCode":"US",
        "purchaseStateContext":{"purchaseState":"%s"},"obfuscatedExternalAccountId":"%s",
        "obfuscatedExternalProfileId":"%s","productLineItem":[{"productId":"confetti.coins-660",
        "productOfferDetails":{"quantity":1,
        "consumptionState":"CONSUMPTION_STATE_YET_TO_BE_CONSUMED"}}]}"""
                .formatted(orderId, state, purchaseId, purchaseId);
    }

    /** Shows a purchase from now on. */
    public void show(String token, String purchase) {
        purchases.put(token, purchase);
    }

    /** Shows an order in a state from now on. */
    public void order(String orderId, String state) {
        orders.put(orderId, state);
    }

    /** How often a purchase was consumed. */
    public int consumed(String token) {
        return consumed.getOrDefault(token, new AtomicInteger()).get();
    }

    /** How many refunds were made. */
    public int refunds() {
        return refunds.get();
    }

    /** Whether every call of the API is answered with an error of the server. */
    public void down(boolean isDown) {
        down = isDown;
    }

    /** Whether purchases can be consumed. */
    public void consumes(boolean does) {
        consumes = does;
    }

    /** Whether orders can be refunded. */
    public void refunding(boolean does) {
        refunding = does;
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body =
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            URI uri = exchange.getRequestURI();
            String path = URLDecoder.decode(uri.getRawPath(), StandardCharsets.UTF_8);
            if (path.equals("/certs")) {
                send(exchange, 200, new JWKSet(key).toPublicJWKSet().toString());
            } else if (path.equals("/token")) {
                send(
                        exchange,
                        body.contains("jwt-bearer") ? 200 : 400,
                        """
                        {"access_token":"%s","expires_in":3600,"token_type":"Bearer"}"""
                                .formatted(ACCESS_TOKEN));
            } else if (!("Bearer " + ACCESS_TOKEN)
                    .equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
                send(exchange, 401, error(401));
            } else if (down) {
                send(exchange, 503, error(503));
            } else {
                call(
                        exchange,
                        exchange.getRequestMethod() + " " + path.substring(APP.length()),
                        uri.getQuery());
            }
        }
    }

    private void call(HttpExchange exchange, String call, String query) throws IOException {
        String last = call.substring(call.lastIndexOf('/') + 1);
        if (call.startsWith("GET /purchases/productsv2/tokens/")) {
            String shown = purchases.get(last);
            send(exchange, shown == null ? 404 : 200, shown == null ? error(404) : shown);
        } else if (call.startsWith("GET /orders/")) {
            String state = orders.get(last);
            send(
                    exchange,
                    state == null ? 404 : 200,
                    "{\"orderId\":\"%s\",\"state\":\"%s\"}".formatted(last, state));
        } else if (call.startsWith("POST /purchases/products/confetti.coins-660/tokens/")
                && last.endsWith(":consume")) {
            if (consumes) {
                consumed.computeIfAbsent(last.replace(":consume", ""), token -> new AtomicInteger())
                        .incrementAndGet();
            }
            send(exchange, consumes ? 204 : 400, consumes ? "" : error(400));
        } else if (call.startsWith("POST /orders/") && last.endsWith(":refund")) {
            if (refunding && "revoke=true".equals(query)) {
                refunds.incrementAndGet();
                orders.put(last.replace(":refund", ""), "REFUNDED");
                send(exchange, 204, "");
            } else {
                send(exchange, 400, error(400));
            }
        } else {
            send(exchange, 404, error(404));
        }
    }

    private static String error(int code) {
        return "{\"error\":{\"code\":%d,\"message\":\"no\"}}".formatted(code);
    }

    private static void send(HttpExchange exchange, int status, String json) throws IOException {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}

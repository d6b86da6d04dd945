package dev.confetti.gift.stripe;

import com.stripe.net.Webhook;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * As much of Stripe as Confetti talks to, on a port of its own: it keeps what it is told, and
 * answers a request that comes again under its key as it did before.
 */
public final class FakeStripe implements AutoCloseable {
    public static final String API_KEY = "sk_test_1";
    public static final String WEBHOOK_SECRET = "whsec_test_1";

    private final HttpServer server;
    private final Map<String, String> answers = new ConcurrentHashMap<>();
    private final Map<String, String> purchaseOf = new ConcurrentHashMap<>();
    private final AtomicInteger numbers = new AtomicInteger();
    private final AtomicInteger refunds = new AtomicInteger();
    private volatile Map<String, String> lastSession = Map.of();
    private volatile boolean feeKnown = true;
    private volatile long feeMinor = 59;
    private volatile boolean down;
    private volatile String refundError = "";
    private volatile String refundStatus = "succeeded";
    private volatile String lastRefund = "";
    private volatile Consumer<String> onRefund = refundId -> {};

    public FakeStripe() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::answer);
        server.start();
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** The form of the last session that was asked for. */
    public Map<String, String> lastSession() {
        return lastSession;
    }

    /** How many refunds were made. */
    public int refunds() {
        return refunds.get();
    }

    /** Whether a payment's fee is known already. */
    public void feeKnown(boolean known) {
        feeKnown = known;
    }

    /** What Stripe keeps of each payment. */
    public void feeMinor(long minor) {
        feeMinor = minor;
    }

    /** Whether every request is answered with an error of the server. */
    public void down(boolean isDown) {
        down = isDown;
    }

    /** The code that refunds are refused with; empty to make them. */
    public void refundError(String code) {
        refundError = code;
    }

    /** What becomes of refunds. */
    public void refundStatus(String status) {
        refundStatus = status;
    }

    /** The id of the last refund. */
    public String lastRefund() {
        return lastRefund;
    }

    /** Does something after a refund was made, before it is answered; gets our refund's id. */
    public void onRefund(Consumer<String> then) {
        onRefund = then;
    }

    /** The payment intent of a purchase. */
    public static String intentOf(Object purchaseId) {
        return "pi_" + purchaseId;
    }

    /** The header with which Stripe would send a body. */
    public static String signature(String secret, String body, Instant at) {
        long seconds = at.getEpochSecond();
        try {
            return "t="
                    + seconds
                    + ",v1="
                    + Webhook.Util.computeHmacSha256(secret, seconds + "." + body);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** An event around an object, as Stripe writes it. */
    public static String event(String id, String type, String object) {
        return """
        {"id":"%s","object":"event","api_version":"2025-12-15.clover","created":1767225600,
        "type":"%s","livemode":false,"data":{"object":%s}}"""
                .formatted(id, type, object);
    }

    /** A checkout session of a purchase, paid. */
    public static String session(Object purchaseId, long priceMinor, long taxMinor) {
        return """
        {"id":"cs_1","object":"checkout.session","metadata":{"confettiPurchaseId":"%s"},
        "payment_status":"paid","status":"complete","payment_intent":"%s","currency":"usd",
        "amount_subtotal":%d,"amount_total":%d,
        "customer_details":{"address":{"country":"DE","postal_code":"10115"}}}"""
                .formatted(purchaseId, intentOf(purchaseId), priceMinor, priceMinor + taxMinor);
    }

    /** A refund that somebody made. */
    public static String refund(String id, Object purchaseId, long amountMinor) {
        return """
        {"id":"%s","object":"refund","amount":%d,"currency":"usd","status":"succeeded",
        "metadata":{},"payment_intent":"%s"}"""
                .formatted(id, amountMinor, intentOf(purchaseId));
    }

    /** A dispute with Stripe's fee of 15.00. */
    public static String dispute(String id, Object purchaseId, long amountMinor, String status) {
        return """
        {"id":"%s","object":"dispute","amount":%d,"currency":"usd","status":"%s",
        "payment_intent":"%s","balance_transactions":[{"id":"txn_9","object":"balance_transaction",
        "amount":-%d,"fee":1500,"net":-%d,"currency":"usd"}]}"""
                .formatted(
                        id,
                        amountMinor,
                        status,
                        intentOf(purchaseId),
                        amountMinor,
                        amountMinor + 1_500);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body =
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            String key = exchange.getRequestHeaders().getFirst("Idempotency-Key");
            String call = exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath();
            if (down) {
                send(exchange, 500, error("api_error", "down"));
            } else if (!("Bearer " + API_KEY)
                    .equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
                send(exchange, 401, error("invalid_request_error", "no key"));
            } else if (call.equals("POST /v1/refunds") && !refundError.isEmpty()) {
                send(exchange, 400, error("invalid_request_error", refundError));
            } else if (key != null) {
                String known = answers.get(key);
                String answer = known == null ? made(call, form(body)) : known;
                answers.put(key, answer);
                send(exchange, 200, answer);
            } else {
                send(exchange, 200, shown(call));
            }
        }
    }

    private String made(String call, Map<String, String> form) {
        int number = numbers.incrementAndGet();
        return switch (call) {
            case "POST /v1/checkout/sessions" -> {
                lastSession = form;
                purchaseOf.put(
                        intentOf(form.getOrDefault("client_reference_id", "")),
                        form.getOrDefault("payment_intent_data[metadata][confettiPurchaseId]", ""));
                yield "{\"id\":\"cs_%d\",\"object\":\"checkout.session\",\"url\":\"%s/pay/cs_%d\"}"
                        .formatted(number, url(), number);
            }
            case "POST /v1/refunds" -> {
                refunds.incrementAndGet();
                lastRefund = "re_" + number;
                onRefund.accept(form.getOrDefault("metadata[confettiRefundId]", ""));
                yield "{\"id\":\"re_%d\",\"object\":\"refund\",\"status\":\"%s\"}"
                        .formatted(number, refundStatus);
            }
            default -> throw new IllegalStateException("nobody asks Stripe for " + call);
        };
    }

    private String shown(String call) {
        if (call.equals("GET /v1/refunds")) {
            return """
            {"object":"list","data":[{"id":"re_failed","object":"refund","status":"failed"},
            {"id":"re_dashboard","object":"refund","status":"succeeded"}]}""";
        }
        String intent = call.replaceFirst("^GET /v1/payment_intents/", "");
        String purchase = purchaseOf.getOrDefault(intent, "");
        return """
        {"id":"%s","object":"payment_intent","metadata":{%s},"latest_charge":{"id":"ch_1",
        "object":"charge","balance_transaction":%s}}"""
                .formatted(
                        intent,
                        purchase.isEmpty() ? "" : "\"confettiPurchaseId\":\"" + purchase + "\"",
                        feeKnown
                                ? "{\"id\":\"txn_1\",\"object\":\"balance_transaction\","
                                        + "\"fee\":%d,\"currency\":\"usd\"}".formatted(feeMinor)
                                : "null");
    }

    private static String error(String type, String code) {
        return "{\"error\":{\"type\":\"%s\",\"code\":\"%s\",\"message\":\"%s\"}}"
                .formatted(type, code, code);
    }

    private static Map<String, String> form(String body) {
        Map<String, String> form = new TreeMap<>();
        for (String pair : body.split("&", -1)) {
            String[] parts = pair.split("=", 2);
            if (parts.length == 2) {
                form.put(
                        URLDecoder.decode(parts[0], StandardCharsets.UTF_8),
                        URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
            }
        }
        return form;
    }

    private static void send(HttpExchange exchange, int status, String json) throws IOException {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}

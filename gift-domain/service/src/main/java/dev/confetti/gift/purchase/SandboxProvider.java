package dev.confetti.gift.purchase;

import dev.confetti.events.CoinEvent.CoinsPurchased;
import dev.confetti.gift.problem.ProblemType;
import dev.confetti.gift.problem.RefusedException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * A provider that takes no money and says that it did, at the usual price of a card payment.
 *
 * <p>Its notices are {@link PaymentNotice}s in JSON; the header {@code Sandbox-Signature} is {@code
 * sha256=} and the body's HMAC-SHA256 in hex.
 */
public final class SandboxProvider implements PaymentProvider {
    /** The header with a notice's signature. */
    public static final String SIGNATURE = "Sandbox-Signature";

    private static final long COMMISSION_PER_MILLE = 29;
    private static final long COMMISSION_FIXED_MINOR = 30;
    private static final JsonMapper JSON =
            JsonMapper.builder()
                    .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                    .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                    .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                    .build();

    private final @Nullable String secret;

    /**
     * @param secret that signs notices; without one all are refused
     */
    public SandboxProvider(@Nullable String secret) {
        this.secret = secret;
    }

    @Override
    public String name() {
        return "sandbox";
    }

    @Override
    public Started start(UUID purchaseId, CoinPackage bought) {
        Money price = bought.price();
        return new Started.Paid(
                new Payment(
                        "sandbox-" + purchaseId,
                        price.amountMinor(),
                        price.currency(),
                        0,
                        commissionMinor(price.amountMinor()),
                        null));
    }

    @Override
    public Refund refund(CoinsPurchased payment, UUID refundId) {
        return new Refund("sandbox-refund-" + payment.purchaseId(), payment.commissionMinor());
    }

    @Override
    public List<PaymentNotice> read(NoticeRequest request) {
        String shown = request.header(SIGNATURE);
        byte[] body = request.body();
        if (secret == null
                || shown == null
                || !MessageDigest.isEqual(utf8(shown), utf8(signature(secret, body)))) {
            throw new RefusedException(
                    ProblemType.SIGNATURE_INVALID,
                    SIGNATURE
                            + ": expected sha256= and the body's HMAC-SHA256 in hex, under the"
                            + " operator's confetti.sandbox.webhook-secret"
                            + (secret == null ? ", which is not set" : ""));
        }
        try {
            return List.of(JSON.readValue(body, PaymentNotice.class));
        } catch (JacksonException e) {
            throw new RefusedException(
                    ProblemType.MALFORMED_REQUEST,
                    "body: expected a payment notice, got what is none: " + e.getOriginalMessage());
        }
    }

    /** The header's value for a body. */
    public static String signature(String secret, byte[] body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(utf8(secret), "HmacSHA256"));
            return "sha256=" + HexFormat.of().formatHex(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HmacSHA256", e);
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** 2.9% and 30 minor units, halves rounded up, never more than the price. */
    static long commissionMinor(long priceMinor) {
        long perMille = Math.multiplyExact(priceMinor, COMMISSION_PER_MILLE);
        long share = Math.floorDiv(Math.addExact(perMille, 500), 1_000L);
        return Math.min(priceMinor, Math.addExact(share, COMMISSION_FIXED_MINOR));
    }
}

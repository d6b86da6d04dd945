package dev.confetti.gateway.fake;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Play tokens that are put together by hand, so that they can be wrong in every way. */
public final class HandMadeToken {
    public static final String SECRET = "0123456789abcdef0123456789abcdef";

    private static final String HEADER = "{\"alg\":\"HS256\",\"typ\":\"JWT\"}";

    private HandMadeToken() {}

    /** A good one: of an hour. */
    public static String of(String viewerId, String liveId) {
        return until(viewerId, liveId, Instant.now().plusSeconds(3600));
    }

    public static String until(String viewerId, String liveId, Instant expiresAt) {
        return signed(
                HEADER,
                "{\"sub\":\"%s\",\"live\":\"%s\",\"aud\":\"confetti-play\",\"exp\":%d}"
                        .formatted(viewerId, liveId, expiresAt.getEpochSecond()),
                SECRET,
                "HmacSHA256");
    }

    /** One with these claims, otherwise as the service makes it. */
    public static String claiming(String claims) {
        return signed(HEADER, claims, SECRET, "HmacSHA256");
    }

    public static String signed(String header, String claims, String secret, String algorithm) {
        String input = base64(header) + "." + base64(claims);
        try {
            Mac mac = Mac.getInstance(algorithm);
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), algorithm));
            byte[] signature = mac.doFinal(input.getBytes(StandardCharsets.US_ASCII));
            return input + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(signature);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    public static String base64(String text) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}

package dev.confetti.gift.catalogue;

import dev.confetti.gift.GiftSettings;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.ServletWebRequest;

/** Shows the gifts that can be sent. */
@RestController
public class GiftController {
    private final GiftList list;
    private final String etag;

    public GiftController(Catalogue catalogue, GiftSettings settings) {
        String base = settings.publicUrl() + "/gifts/";
        this.list =
                new GiftList(
                        catalogue.gifts().stream().map(gift -> ShownGift.of(gift, base)).toList());
        this.etag = '"' + sha256(list.toString()) + '"';
    }

    /** All gifts, cheapest first. */
    public record GiftList(List<ShownGift> gifts) {}

    /** A gift as clients see it. */
    public record ShownGift(
            String giftId,
            String name,
            long coins,
            int tier,
            String animationUrl,
            String thumbnailUrl,
            int durationMs) {
        static ShownGift of(Gift gift, String base) {
            return new ShownGift(
                    gift.giftId(),
                    gift.name(),
                    gift.coins(),
                    gift.tier(),
                    base + gift.giftId() + ".webp",
                    base + gift.giftId() + "-thumb.webp",
                    gift.durationMs());
        }
    }

    @GetMapping("/v1/gifts")
    @Nullable ResponseEntity<GiftList> gifts(ServletWebRequest request) {
        if (request.checkNotModified(etag)) {
            return null;
        }
        return ResponseEntity.ok()
                .cacheControl(CacheControl.noCache())
                .header(HttpHeaders.ETAG, etag)
                .body(list);
    }

    private static String sha256(String text) {
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256")
                            .digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}

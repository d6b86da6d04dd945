package dev.confetti.gift.catalogue;

import dev.confetti.gift.GiftSettings;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.InstantSource;
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
    private final Prices prices;
    private final InstantSource clock;
    private final String base;
    private volatile @Nullable Shown latest;

    public GiftController(Prices prices, GiftSettings settings, InstantSource clock) {
        this.prices = prices;
        this.clock = clock;
        this.base = settings.publicUrl() + "/gifts/";
    }

    /**
     * All gifts, cheapest first.
     *
     * @param catalogueVersion grows with every change of a price
     */
    public record GiftList(List<ShownGift> gifts, int catalogueVersion) {}

    private record Shown(GiftList list, String etag) {}

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
    @ApiResponse(responseCode = "200", description = "OK", useReturnTypeSchema = true)
    @ApiResponse(
            responseCode = "304",
            description = "The list is still the one of If-None-Match",
            content = @Content)
    @Nullable ResponseEntity<GiftList> gifts(ServletWebRequest request) {
        Shown shown = shown();
        if (request.checkNotModified(shown.etag())) {
            return null;
        }
        return ResponseEntity.ok()
                .cacheControl(CacheControl.noCache())
                .header(HttpHeaders.ETAG, shown.etag())
                .body(shown.list());
    }

    private Shown shown() {
        Instant now = clock.instant();
        PriceList list = prices.list();
        int version = list.versionAt(now);
        Shown shown = latest;
        if (shown == null || shown.list().catalogueVersion() != version) {
            GiftList gifts =
                    new GiftList(
                            list.gifts(now).stream().map(gift -> ShownGift.of(gift, base)).toList(),
                            version);
            shown = new Shown(gifts, '"' + sha256(gifts.toString()) + '"');
            latest = shown;
        }
        return shown;
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

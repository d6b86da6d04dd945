package dev.confetti.gateway.cue;

import dev.confetti.events.GiftEvent.GiftSent;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A gift on its way into the media, or several sends of one combo merged into one.
 *
 * @param giftSendIds all sends in it, the last one last; never empty
 * @param quantity of all sends
 * @param comboCount the combo's count after the last send
 * @param coins of all sends
 * @param sentAt when the last one was sent
 * @param position of the last one in the event log
 */
public record Cue(
        List<UUID> giftSendIds,
        String giftId,
        String giftName,
        String animationUrl,
        int tier,
        int quantity,
        UUID comboId,
        int comboCount,
        String viewerId,
        String viewerName,
        long coins,
        Instant sentAt,
        long position) {

    /** More ids than this start a new cue: a cue must stay a small part of its picture. */
    static final int MAX_MERGED_SENDS = 64;

    /** A name longer than this is cut: it comes from outside and goes into every picture. */
    static final int MAX_NAME_CHARS = 256;

    public Cue {
        giftSendIds = List.copyOf(giftSendIds);
        giftName = printable(giftName);
        viewerName = printable(viewerName);
    }

    /**
     * The cue of one gift.
     *
     * @param publicUrl of the pages and gifts, without a slash at its end
     */
    public static Cue of(GiftSent gift, Instant sentAt, long position, String publicUrl) {
        return new Cue(
                List.of(gift.giftSendId()),
                gift.giftId(),
                gift.giftName(),
                publicUrl + "/gifts/" + gift.giftId() + ".webp",
                gift.tier(),
                gift.quantity(),
                gift.comboId(),
                gift.comboCount(),
                gift.viewerId(),
                nameOf(gift.viewerName(), gift.viewerId()),
                gift.coins(),
                sentAt,
                position);
    }

    private static String nameOf(@Nullable String name, String otherwise) {
        return name == null || name.isBlank() ? otherwise : name;
    }

    boolean mergesWith(Cue later) {
        return comboId.equals(later.comboId)
                && giftId.equals(later.giftId)
                && viewerId.equals(later.viewerId)
                && giftSendIds.size() + later.giftSendIds.size() <= MAX_MERGED_SENDS;
    }

    /** This cue and a later send of the same combo as one. */
    Cue mergedWith(Cue later) {
        List<UUID> all = new ArrayList<>(giftSendIds);
        all.addAll(later.giftSendIds);
        return new Cue(
                all,
                giftId,
                later.giftName,
                animationUrl,
                tier,
                Math.addExact(quantity, later.quantity),
                comboId,
                Math.max(comboCount, later.comboCount),
                viewerId,
                later.viewerName,
                Math.addExact(coins, later.coins),
                later.sentAt,
                Math.max(position, later.position));
    }

    /** Cut to a bearable length; half a surrogate pair, which UTF-8 cannot say, becomes "?". */
    private static String printable(String name) {
        String cut =
                name.length() <= MAX_NAME_CHARS
                        ? name
                        : name.substring(0, MAX_NAME_CHARS - 1) + "…";
        return new String(cut.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }
}

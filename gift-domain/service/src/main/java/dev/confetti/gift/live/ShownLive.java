package dev.confetti.gift.live;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.confetti.gift.GiftSettings;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A live as everybody sees it.
 *
 * @param playToken {@code required} where its play URLs need a token, else {@code none}
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ShownLive(
        String liveId,
        String title,
        List<String> tags,
        String creatorId,
        String creatorName,
        String state,
        long viewers,
        Instant createdAt,
        @Nullable Instant startedAt,
        PlayUrls playUrls,
        String playToken) {

    /** Where to watch it. */
    public record PlayUrls(String flv, String wsFlv, String hls, String rtmp, String gifts) {}

    static ShownLive of(NamedLive live, GiftSettings settings) {
        LiveRow row = live.row();
        return new ShownLive(
                row.liveId(),
                live.title(),
                live.tags(),
                row.creatorId(),
                live.creatorName(),
                row.status().published(),
                row.status() == LiveStatus.ACTIVE ? row.viewers() : 0,
                row.createdAt(),
                row.startedAt(),
                playUrls(row.liveId(), settings),
                settings.playToken().secret() == null ? "none" : "required");
    }

    private static PlayUrls playUrls(String liveId, GiftSettings settings) {
        String media = settings.mediaUrl() + "/live/" + liveId;
        // http becomes ws, and https becomes wss.
        String webSocket = "ws" + media.substring("http".length());
        return new PlayUrls(
                media + ".flv",
                webSocket + ".flv",
                media + "/index.m3u8",
                settings.rtmpUrl() + "/live/" + liveId,
                media + "/gifts");
    }
}

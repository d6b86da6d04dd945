package dev.confetti.gift.live;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A live as the tables know it.
 *
 * @param publisherId whose media arrived last
 * @param takesGifts active, or away for no longer than the grace
 * @param createdPosition where its first event stands in the log
 */
record LiveRow(
        String liveId,
        String creatorId,
        String creatorName,
        LiveStatus status,
        @Nullable UUID publisherId,
        String title,
        List<String> tags,
        long viewers,
        boolean takesGifts,
        Instant createdAt,
        @Nullable Instant startedAt,
        long createdPosition) {}

package dev.confetti.gift.live;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A live as the tables know it.
 *
 * @param publisherId whose media arrived last
 * @param takesGifts active, or away for no longer than the grace
 * @param createdEventId whose texts are title and tags
 * @param createdPosition where its first event stands in the log
 */
record LiveRow(
        String liveId,
        String creatorId,
        LiveStatus status,
        @Nullable UUID publisherId,
        long viewers,
        boolean takesGifts,
        Instant createdAt,
        @Nullable Instant startedAt,
        UUID createdEventId,
        long createdPosition) {}

package dev.confetti.board;

import dev.confetti.events.Envelope;
import dev.confetti.events.EventType;
import dev.confetti.events.GiftEvent;
import dev.confetti.events.GiftEvent.GiftSent;
import dev.confetti.events.Partitions;
import dev.confetti.events.Topic;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;

/**
 * A seeded log of gifts and reversals, made so that much collides: few members, few amounts, times
 * on both sides of midnights, and positions that jump over events of other topics.
 */
public final class GiftStorm {
    private static final Instant START = Instant.parse("2099-12-31T20:00:00Z");
    private static final int HOURS = 80;

    private record Open(GiftSent gift, Instant sentAt) {}

    private final Random random;
    private final long[] previous = new long[Topic.PARTITIONS];
    private final List<Open> reversible = new ArrayList<>();
    private long position;

    public GiftStorm(long seed) {
        random = new Random(seed);
    }

    /** An event with its headers. */
    public record Thunder(Envelope envelope, GiftEvent event) {
        public int partition() {
            return Partitions.of(event.key());
        }
    }

    public Thunder next() {
        position += 1 + random.nextInt(3);
        Instant now = START.plusSeconds(random.nextInt(HOURS * 3600));
        if (!reversible.isEmpty() && random.nextInt(4) == 0) {
            Open open = reversible.remove(random.nextInt(reversible.size()));
            GiftSent gift = open.gift();
            return thunder(
                    Gifts.reversed(
                            gift.viewerId(),
                            gift.liveId(),
                            gift.creatorId(),
                            gift.coins(),
                            open.sentAt()),
                    now);
        }
        int live = random.nextInt(8);
        GiftSent gift =
                Gifts.sent(
                        "v" + random.nextInt(7), "l" + live, "c" + live % 3, 1 + random.nextInt(3));
        reversible.add(new Open(gift, now));
        return thunder(gift, now);
    }

    private Thunder thunder(GiftEvent event, Instant occurredAt) {
        int partition = Partitions.of(event.key());
        Envelope envelope =
                new Envelope(
                        position,
                        previous[partition],
                        new UUID(5, position),
                        EventType.of(event).typeName(),
                        event.key(),
                        occurredAt,
                        START.plusSeconds(position));
        previous[partition] = position;
        return new Thunder(envelope, event);
    }
}

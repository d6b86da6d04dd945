package dev.confetti.board;

import dev.confetti.events.Diamonds;
import dev.confetti.events.GiftEvent.GiftReversed;
import dev.confetti.events.GiftEvent.GiftSent;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** Gift events in which only what boards look at varies. */
public final class Gifts {
    private static final UUID SOME_ID = new UUID(1, 2);

    private Gifts() {}

    public static GiftSent sent(String viewer, String live, String creator, long coins) {
        return new GiftSent(
                SOME_ID,
                viewer,
                "Name of " + viewer,
                live,
                creator,
                "rose",
                "Rose",
                1,
                1,
                coins,
                coins,
                List.of(),
                coins,
                5000,
                Diamonds.ZERO,
                5000,
                "USD",
                SOME_ID,
                1,
                1,
                10_000);
    }

    public static GiftReversed reversed(
            String viewer, String live, String creator, long coins, Instant sentAt) {
        return new GiftReversed(
                SOME_ID,
                viewer,
                live,
                creator,
                "rose",
                coins,
                List.of(),
                coins,
                Diamonds.ZERO,
                sentAt,
                List.of(),
                0,
                1,
                false,
                null,
                null);
    }
}

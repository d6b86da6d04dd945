package dev.confetti.ledger;

import dev.confetti.events.CoinEvent.CoinsGranted;
import dev.confetti.events.CoinEvent.CoinsPurchased;
import dev.confetti.events.ConfettiEvent;
import dev.confetti.events.Diamonds;
import dev.confetti.events.EventType;
import dev.confetti.events.GiftEvent.GiftReversed;
import dev.confetti.events.GiftEvent.GiftSent;
import dev.confetti.events.LotShare;
import dev.confetti.ledger.journal.SourceEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Events for tests, with the parts that do not matter filled in. */
public final class Samples {
    public static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private Samples() {}

    public static UUID id(long number) {
        return new UUID(0x5000L, 0x8000_0000_0000_0000L | number);
    }

    public static CoinsPurchased purchase(
            long id,
            String viewer,
            long coins,
            long bonus,
            long priceMinor,
            long taxMinor,
            long commissionMinor,
            String provider) {
        return new CoinsPurchased(
                id(id),
                id(id),
                viewer,
                coins,
                bonus,
                priceMinor,
                taxMinor,
                commissionMinor,
                "USD",
                provider,
                "ref-" + id);
    }

    public static CoinsGranted grant(long id, String viewer, long coins) {
        return new CoinsGranted(id(id), viewer, coins, null);
    }

    /** A gift at a share of 50% and one micro-unit of a dollar per 0.0001 diamond. */
    public static GiftSent gift(
            long id, String viewer, String creator, List<LotShare> lots, long promoCoins) {
        long coins = promoCoins + lots.stream().mapToLong(LotShare::coins).sum();
        return new GiftSent(
                id(id),
                viewer,
                "Ada",
                "live-" + creator,
                creator,
                "rose",
                "Rose",
                1,
                1,
                coins,
                coins,
                lots,
                promoCoins,
                5_000,
                Diamonds.shareOf(coins, 5_000),
                1,
                "USD",
                id(id),
                1,
                1,
                10_000);
    }

    public static GiftReversed reversal(GiftSent gift) {
        return new GiftReversed(
                gift.giftSendId(),
                gift.viewerId(),
                gift.liveId(),
                gift.creatorId(),
                gift.giftId(),
                gift.coins(),
                gift.lots(),
                gift.promoCoins(),
                gift.diamonds(),
                START,
                null);
    }

    public static LotShare share(long lot, long coins) {
        return new LotShare(id(lot), coins);
    }

    /** Puts events in the log's order: positions from 1, one second apart. */
    public static List<SourceEvent> numbered(List<? extends ConfettiEvent> events) {
        List<SourceEvent> numbered = new ArrayList<>();
        for (ConfettiEvent event : events) {
            long position = numbered.size() + 1L;
            numbered.add(source(position, event));
        }
        return numbered;
    }

    public static SourceEvent source(long position, ConfettiEvent event) {
        return new SourceEvent(
                position,
                new UUID(0x5001L, 0x8000_0000_0000_0000L | position),
                EventType.of(event),
                START.plusSeconds(position),
                event);
    }

    /** The eight events of the hand-worked example. */
    public static List<ConfettiEvent> example() {
        GiftSent last = gift(7, "42", "7", List.of(share(2, 100)), 0);
        return List.of(
                purchase(1, "42", 1000, 50, 1000, 0, 300, "apple"),
                purchase(2, "42", 2100, 0, 2000, 400, 88, "stripe"),
                grant(3, "42", 100),
                gift(4, "42", "7", List.of(share(1, 500)), 0),
                gift(5, "42", "7", List.of(share(1, 550), share(2, 649)), 0),
                gift(6, "42", "7", List.of(), 100),
                last,
                reversal(last));
    }
}

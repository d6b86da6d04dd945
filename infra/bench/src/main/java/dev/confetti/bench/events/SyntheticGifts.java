package dev.confetti.bench.events;

import dev.confetti.events.CoinEvent.CoinsPurchased;
import dev.confetti.events.ConfettiEvent;
import dev.confetti.events.Diamonds;
import dev.confetti.events.GiftEvent.GiftSent;
import dev.confetti.events.LotShare;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.UUID;

/**
 * Viewers who buy coins whenever they have none left and send gifts to creators: the events of a
 * platform, the same from run to run. Not thread-safe.
 */
public final class SyntheticGifts {
    private static final int LOT_COINS = 660;
    private static final int PRICE_MINOR = 999;
    private static final int COMMISSION_MINOR = 299;
    private static final int SHARE_BPS = 5_000;

    /** A coin is worth a cent and a half, half of it the creator's. */
    private static final int RATE_MICROS = 1;

    private static final long COMBO_WINDOW_MS = 5_000;
    private static final String CURRENCY = "USD";

    /** Most gifts are small. */
    private static final int[] UNIT_COINS = {1, 1, 1, 1, 5, 5, 10, 10, 30, 99};

    private final SplittableRandom random = new SplittableRandom(20_260_101);
    private final List<Deque<Lot>> wallets = new ArrayList<>();
    private final int creators;
    private Optional<GiftSent> waiting = Optional.empty();

    public SyntheticGifts(int viewers, int creators) {
        for (int i = 0; i < viewers; i++) {
            wallets.add(new ArrayDeque<>());
        }
        this.creators = creators;
    }

    public static String viewerId(int viewer) {
        return "viewer-" + viewer;
    }

    public static String creatorId(int creator) {
        return "creator-" + creator;
    }

    /** The next event: a gift, or, where its sender lacks coins, first a purchase. */
    public ConfettiEvent next() {
        if (waiting.isPresent()) {
            GiftSent gift = waiting.get();
            waiting = Optional.empty();
            return gift;
        }
        int viewer = random.nextInt(wallets.size());
        int coins = UNIT_COINS[random.nextInt(UNIT_COINS.length)];
        Deque<Lot> wallet = wallets.get(viewer);
        if (wallet.stream().mapToLong(lot -> lot.left).sum() >= coins) {
            return gift(viewer, coins);
        }
        Lot lot = new Lot(id(), LOT_COINS);
        wallet.add(lot);
        waiting = Optional.of(gift(viewer, coins));
        return new CoinsPurchased(
                lot.id,
                lot.id,
                viewerId(viewer),
                LOT_COINS,
                0,
                PRICE_MINOR,
                0,
                COMMISSION_MINOR,
                CURRENCY,
                "apple",
                "bench-" + lot.id,
                "US");
    }

    /** A gift of one coin, of which nobody has seen the purchase. */
    public static GiftSent fromOne(int viewer, int creator) {
        UUID id = new UUID(0x5000L, 0x8000_0000_0000_0000L | viewer);
        return gift(id, viewer, creator, 1, List.of(new LotShare(id, 1)));
    }

    private GiftSent gift(int viewer, int coins) {
        int creator = random.nextInt(creators);
        return gift(id(), viewer, creator, coins, taken(wallets.get(viewer), coins));
    }

    private static GiftSent gift(
            UUID id, int viewer, int creator, int coins, List<LotShare> shares) {
        return new GiftSent(
                id,
                viewerId(viewer),
                "Viewer " + viewer,
                "live-" + creator,
                creatorId(creator),
                "gift-" + coins,
                "Gift of " + coins,
                1,
                1,
                coins,
                coins,
                shares,
                0,
                SHARE_BPS,
                Diamonds.shareOf(coins, SHARE_BPS),
                RATE_MICROS,
                CURRENCY,
                id,
                1,
                1,
                COMBO_WINDOW_MS);
    }

    /** Oldest lots first, as a wallet does. */
    private static List<LotShare> taken(Deque<Lot> wallet, int coins) {
        List<LotShare> shares = new ArrayList<>();
        long missing = coins;
        while (missing > 0) {
            Lot oldest = wallet.getFirst();
            long taken = Math.min(missing, oldest.left);
            shares.add(new LotShare(oldest.id, taken));
            oldest.left -= taken;
            missing -= taken;
            if (oldest.left == 0) {
                wallet.removeFirst();
            }
        }
        return shares;
    }

    private UUID id() {
        return new UUID(
                (random.nextLong() & ~0xf000L) | 0x5000L,
                (random.nextLong() >>> 2) | 0x8000_0000_0000_0000L);
    }

    /** Coins of one purchase. */
    private static final class Lot {
        private final UUID id;
        private long left;

        Lot(UUID id, long left) {
            this.id = id;
            this.left = left;
        }
    }
}

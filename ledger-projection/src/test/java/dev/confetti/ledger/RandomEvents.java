package dev.confetti.ledger;

import dev.confetti.events.CoinEvent.WalletBlocked;
import dev.confetti.events.ConfettiEvent;
import dev.confetti.events.GiftEvent.GiftSent;
import dev.confetti.events.LiveEvent.LiveStarted;
import dev.confetti.events.LotShare;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * A believable run of events from a seed: wallets spend what they have, promo first, oldest lots
 * first, and some gifts are taken back.
 */
public final class RandomEvents {
    private static final List<String> PROVIDERS = List.of("sandbox", "apple", "google", "stripe");

    private final Random random;
    private final int viewers;
    private final Map<String, List<long[]>> lots = new HashMap<>();
    private final Map<String, Long> promo = new HashMap<>();
    private final List<GiftSent> reversible = new ArrayList<>();
    private long nextId;

    public RandomEvents(long seed, int viewers) {
        this(seed, viewers, 1);
    }

    /** A run whose ids are from a number on. */
    public RandomEvents(long seed, int viewers, long firstId) {
        this.nextId = firstId;
        this.random = new Random(seed);
        this.viewers = viewers;
    }

    public List<ConfettiEvent> next(int count) {
        List<ConfettiEvent> events = new ArrayList<>(count);
        while (events.size() < count) {
            events.add(next());
        }
        return events;
    }

    private ConfettiEvent next() {
        String viewer = "v" + random.nextInt(viewers);
        int kind = random.nextInt(100);
        if (kind < 12) {
            return purchase(viewer);
        } else if (kind < 17) {
            long coins = 1L + random.nextInt(50);
            promo.merge(viewer, coins, Long::sum);
            return Samples.grant(nextId++, viewer, coins);
        } else if (kind < 20) {
            return new WalletBlocked(viewer, null);
        } else if (kind < 23) {
            return new LiveStarted("live-c1", "c1", Samples.id(nextId++));
        } else if (kind < 30 && !reversible.isEmpty()) {
            return reversal();
        }
        ConfettiEvent gift = gift(viewer);
        return gift == null ? purchase(viewer) : gift;
    }

    private ConfettiEvent purchase(String viewer) {
        long id = nextId++;
        long coins = 1L + random.nextInt(1_000);
        long bonus = random.nextInt(3) == 0 ? random.nextInt(100) : 0;
        long price = random.nextInt(2_000);
        lots.computeIfAbsent(viewer, v -> new ArrayList<>()).add(new long[] {id, coins + bonus});
        return Samples.purchase(
                id,
                viewer,
                coins,
                bonus,
                price,
                random.nextBoolean() ? price / 5 : 0,
                price * random.nextInt(31) / 100,
                PROVIDERS.get(random.nextInt(PROVIDERS.size())));
    }

    private @Nullable ConfettiEvent gift(String viewer) {
        long wanted = 1L + random.nextInt(random.nextInt(10) == 0 ? 3_000 : 60);
        long fromPromo = Math.min(wanted, promo.getOrDefault(viewer, 0L));
        long missing = wanted - fromPromo;
        List<LotShare> shares = new ArrayList<>();
        for (long[] lot : lots.getOrDefault(viewer, List.of())) {
            long take = Math.min(missing, lot[1]);
            if (take > 0) {
                shares.add(Samples.share(lot[0], take));
                missing -= take;
            }
        }
        if (shares.isEmpty() && fromPromo == 0) {
            return null;
        }
        promo.merge(viewer, -fromPromo, Long::sum);
        addToLots(viewer, shares, -1);
        GiftSent gift = Samples.gift(nextId++, viewer, "c" + random.nextInt(5), shares, fromPromo);
        if (random.nextInt(10) == 0) {
            reversible.add(gift);
        }
        return gift;
    }

    private ConfettiEvent reversal() {
        GiftSent gift = reversible.remove(random.nextInt(reversible.size()));
        promo.merge(gift.viewerId(), gift.promoCoins(), Long::sum);
        addToLots(gift.viewerId(), gift.lots(), 1);
        return Samples.reversal(gift);
    }

    private void addToLots(String viewer, List<LotShare> shares, int sign) {
        for (LotShare share : shares) {
            for (long[] lot : lots.getOrDefault(viewer, List.of())) {
                if (Samples.id(lot[0]).equals(share.lotId())) {
                    lot[1] += sign * share.coins();
                }
            }
        }
    }
}

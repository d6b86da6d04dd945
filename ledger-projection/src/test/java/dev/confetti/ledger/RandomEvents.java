package dev.confetti.ledger;

import dev.confetti.events.CoinEvent.ChargebackOpened;
import dev.confetti.events.CoinEvent.CoinsPurchased;
import dev.confetti.events.CoinEvent.PurchaseRefunded;
import dev.confetti.events.CoinEvent.WalletBlocked;
import dev.confetti.events.ConfettiEvent;
import dev.confetti.events.GiftEvent.GiftSent;
import dev.confetti.events.LiveEvent.LiveStarted;
import dev.confetti.events.LotShare;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * A believable run of events from a seed: wallets spend what they have, promo first, oldest lots
 * first; some gifts are taken back, some purchases refunded or charged back, and debt is paid with
 * what comes next.
 */
public final class RandomEvents {
    private static final List<String> PROVIDERS = List.of("sandbox", "apple", "google", "stripe");

    private final Random random;
    private final int viewers;
    private final Map<String, Purse> purses = new HashMap<>();
    private final List<GiftSent> reversible = new ArrayList<>();

    /** What a command leads to right after its first event. */
    private final Deque<ConfettiEvent> following = new ArrayDeque<>();

    private long nextId;

    private static final class Bought {
        final CoinsPurchased event;
        long left;
        long frozen;
        boolean closed;
        boolean refunded;
        @Nullable ChargebackOpened dispute;

        Bought(CoinsPurchased event) {
            this.event = event;
            this.left = event.lotCoins();
        }
    }

    private static final class Purse {
        final List<Bought> lots = new ArrayList<>();
        long promo;
        long debt;

        long paid() {
            return lots.stream().mapToLong(lot -> lot.left).sum();
        }
    }

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
            events.add(following.isEmpty() ? next() : following.pop());
        }
        return events;
    }

    private Purse purse(String viewer) {
        return purses.computeIfAbsent(viewer, v -> new Purse());
    }

    private ConfettiEvent next() {
        String viewer = "v" + random.nextInt(viewers);
        int kind = random.nextInt(100);
        if (kind < 12) {
            return purchase(viewer);
        } else if (kind < 17) {
            long coins = 1L + random.nextInt(50);
            purse(viewer).promo += coins;
            recover(viewer, coins);
            return Samples.grant(nextId++, viewer, coins);
        } else if (kind < 20) {
            return new WalletBlocked(viewer, null);
        } else if (kind < 23) {
            return new LiveStarted("live-c1", "c1", Samples.id(nextId++));
        } else if (kind < 30 && !reversible.isEmpty()) {
            return reversal();
        } else if (kind < 36 && !purse(viewer).lots.isEmpty()) {
            return correction(viewer);
        }
        ConfettiEvent gift = gift(viewer);
        return gift == null ? purchase(viewer) : gift;
    }

    private ConfettiEvent purchase(String viewer) {
        long coins = 1L + random.nextInt(1_000);
        long bonus = random.nextInt(3) == 0 ? random.nextInt(100) : 0;
        long price = 1L + random.nextInt(2_000);
        CoinsPurchased bought =
                Samples.purchase(
                        nextId++,
                        viewer,
                        coins,
                        bonus,
                        price,
                        random.nextBoolean() ? price / 5 : 0,
                        price * random.nextInt(31) / 100,
                        PROVIDERS.get(random.nextInt(PROVIDERS.size())));
        purse(viewer).lots.add(new Bought(bought));
        recover(viewer, 0);
        return bought;
    }

    /** Pays debt with paid coins, and with as many promo coins as just came. */
    private void recover(String viewer, long newPromo) {
        Purse purse = purse(viewer);
        long fromLots = Math.min(purse.debt, purse.paid());
        long fromPromo = Math.min(purse.debt - fromLots, newPromo);
        if (fromLots + fromPromo > 0) {
            following.add(Samples.recovery(nextId++, viewer, take(purse, fromLots), fromPromo));
            purse.promo -= fromPromo;
            purse.debt -= fromLots + fromPromo;
        }
    }

    private static List<LotShare> take(Purse purse, long coins) {
        List<LotShare> shares = new ArrayList<>();
        long missing = coins;
        for (Bought lot : purse.lots) {
            long taken = Math.min(missing, lot.left);
            if (taken > 0) {
                shares.add(new LotShare(lot.event.lotId(), taken));
                lot.left -= taken;
                missing -= taken;
            }
        }
        return shares;
    }

    private ConfettiEvent correction(String viewer) {
        Purse purse = purse(viewer);
        Bought lot = purse.lots.get(random.nextInt(purse.lots.size()));
        ChargebackOpened dispute = lot.dispute;
        if (dispute != null && random.nextInt(3) > 0) {
            lot.dispute = null;
            return closed(lot, dispute);
        }
        if (!lot.closed && random.nextBoolean()) {
            long taken = lot.left + lot.frozen;
            PurchaseRefunded refund = Samples.refund(nextId++, lot.event, taken, lot.frozen);
            close(lot, refund.coinsOwed());
            lot.refunded = true;
            return refund;
        }
        boolean disputable = dispute == null && (!lot.closed || lot.refunded);
        if (!disputable) {
            return purchase(viewer);
        }
        ChargebackOpened opened = Samples.chargeback(nextId++, lot.event, lot.left);
        lot.frozen = lot.left;
        lot.left = 0;
        lot.dispute = opened;
        return opened;
    }

    private ConfettiEvent closed(Bought lot, ChargebackOpened dispute) {
        if (random.nextBoolean()) {
            ConfettiEvent won = Samples.won(dispute, lot.frozen);
            lot.left += lot.frozen;
            lot.frozen = 0;
            recover(dispute.viewerId(), 0);
            return won;
        }
        long owed = lot.closed ? 0 : lot.event.lotCoins() - lot.frozen - lot.left;
        ConfettiEvent lost =
                Samples.lost(dispute, lot.frozen, lot.left, owed, lot.event.taxMinor());
        close(lot, owed);
        lot.refunded = false;
        return lost;
    }

    private void close(Bought lot, long owed) {
        lot.left = 0;
        lot.frozen = 0;
        lot.closed = true;
        purse(lot.event.viewerId()).debt += owed;
        recover(lot.event.viewerId(), 0);
    }

    private @Nullable ConfettiEvent gift(String viewer) {
        Purse purse = purse(viewer);
        long spendable = purse.paid() + purse.promo - purse.debt;
        long wanted =
                Math.min(spendable, 1L + random.nextInt(random.nextInt(10) == 0 ? 3_000 : 60));
        if (wanted <= 0) {
            return null;
        }
        long fromPromo = Math.min(wanted, purse.promo);
        purse.promo -= fromPromo;
        List<LotShare> shares = take(purse, wanted - fromPromo);
        GiftSent gift = Samples.gift(nextId++, viewer, "c" + random.nextInt(5), shares, fromPromo);
        if (random.nextInt(10) == 0) {
            reversible.add(gift);
        }
        return gift;
    }

    private ConfettiEvent reversal() {
        GiftSent gift = reversible.remove(random.nextInt(reversible.size()));
        Purse purse = purse(gift.viewerId());
        List<LotShare> closed = new ArrayList<>();
        for (LotShare share : gift.lots()) {
            Bought lot =
                    purse.lots.stream()
                            .filter(each -> each.event.lotId().equals(share.lotId()))
                            .findFirst()
                            .orElseThrow();
            if (lot.closed) {
                closed.add(share);
            } else {
                lot.left += share.coins();
            }
        }
        purse.promo += gift.promoCoins();
        long lowered = Math.min(purse.debt, closed.stream().mapToLong(LotShare::coins).sum());
        purse.debt -= lowered;
        recover(gift.viewerId(), 0);
        return Samples.reversal(gift, closed, lowered);
    }
}

package dev.confetti.simulation.model;

import dev.confetti.simulation.model.SentGift.Combo;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One viewer's wallet: what is in it, and what was done with it. */
final class Wallet {
    private static final Duration SPAN = Duration.ofSeconds(1);

    final String viewer;
    final List<SentGift> gifts = new ArrayList<>();
    final List<Purchase> purchases = new ArrayList<>();

    /** Coins left of each purchase, by its number; the lowest number is spent first. */
    final SortedMap<Integer, Long> lots = new TreeMap<>();

    final Map<String, Combo> combos = new HashMap<>();
    final List<Instant> sends = new ArrayList<>();
    long promoCoins;
    int purchasesMade;
    boolean blocked;
    long frozen;
    long debt;

    /** Gifts reversed, purchases refunded, disputes opened and closed. */
    long corrections;

    long events;

    /** The latest day on which anything was sent, and how many coins were. */
    LocalDate day = LocalDate.EPOCH;

    long sentOnDay;

    private @Nullable Long limit;
    private @Nullable Instant nextLimitAt;
    private @Nullable Long nextLimit;

    Wallet(String viewer) {
        this.viewer = viewer;
    }

    static Name lotName(String viewer, int number) {
        return new Name("lot " + number + " of " + viewer);
    }

    long paidCoins() {
        return lots.values().stream().mapToLong(Long::longValue).sum();
    }

    long spendable() {
        return Math.max(0, paidCoins() + promoCoins - debt);
    }

    /** Oldest lots first; they are not touched. */
    SortedMap<Integer, Long> take(long coins) {
        SortedMap<Integer, Long> taken = new TreeMap<>();
        long missing = coins;
        for (var lot : lots.entrySet()) {
            long share = Math.min(missing, lot.getValue());
            if (share > 0) {
                taken.put(lot.getKey(), share);
                missing -= share;
            }
        }
        return taken;
    }

    /** Changes lots by the shares, which may be taken or given back. */
    void move(SortedMap<Integer, Long> shares, int sign) {
        shares.forEach((number, coins) -> lots.merge(number, sign * coins, Long::sum));
        lots.values().removeIf(coins -> coins == 0);
    }

    /** Sends that count against the limit of one second. */
    List<Instant> sendsAround(Instant at) {
        return sends.stream().filter(sent -> isAround(sent, at)).sorted().toList();
    }

    private static boolean isAround(Instant sent, Instant at) {
        return Duration.between(sent, at).abs().compareTo(SPAN) < 0;
    }

    /** Milliseconds until fewer than the most lie within a second. */
    static long untilAllowedMs(List<Instant> sends, Instant at, int most) {
        Instant leaves = sends.get(sends.size() - most).plus(SPAN);
        return Math.max(1, Duration.between(at, leaves).toMillis());
    }

    /** The combo that a send joins; null when it begins one. */
    @Nullable Combo openCombo(Name live, String giftId, Instant at) {
        Combo combo = combos.get(live + giftId);
        return combo != null && at.isBefore(combo.endsAt()) ? combo : null;
    }

    /** Coins that count today; those of tomorrow, by a clock ahead, do as well. */
    long sentToday(Instant at) {
        LocalDate today = dayOf(at);
        return day.equals(today) || day.equals(today.plusDays(1)) ? sentOnDay : 0;
    }

    static LocalDate dayOf(Instant at) {
        return LocalDate.ofInstant(at, ZoneOffset.UTC);
    }

    static Instant endOfDay(Instant at) {
        return dayOf(at).plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    void sent(SentGift gift) {
        Instant at = gift.sentAt;
        promoCoins -= gift.promoCoins;
        move(gift.lots, -1);
        // What is over by now is forgotten, and does not come back with a clock that steps back.
        combos.values().removeIf(combo -> !at.isBefore(combo.endsAt()));
        combos.put(gift.live + gift.giftId, gift.combo);
        sends.removeIf(earlier -> !isAround(earlier, at));
        sends.add(at);
        if (!day.equals(dayOf(at)) && !day.equals(dayOf(at).plusDays(1))) {
            day = dayOf(at);
            sentOnDay = 0;
        }
        sentOnDay += gift.coins;
        gifts.add(gift);
    }

    private boolean isClosed(int number) {
        return purchases.stream().anyMatch(each -> each.number == number && each.isClosed());
    }

    /** The shares that come back to their lots. */
    private SortedMap<Integer, Long> open(SentGift gift) {
        SortedMap<Integer, Long> open = new TreeMap<>(gift.lots);
        open.keySet().removeIf(this::isClosed);
        return open;
    }

    /** Coins of lots that were refunded or charged back: they do not come back. */
    long closedCoins(SentGift gift) {
        return gift.lots.entrySet().stream()
                .filter(share -> isClosed(share.getKey()))
                .mapToLong(share -> share.getValue())
                .sum();
    }

    long debtLoweredBy(SentGift gift) {
        return Math.min(debt, closedCoins(gift));
    }

    /** Pays debt with what is there, and with promo coins that just came. */
    List<Facts> recover(Journal journal, long newPromoCoins) {
        long fromLots = Math.min(debt, paidCoins());
        long fromPromo = Math.min(debt - fromLots, newPromoCoins);
        if (fromLots + fromPromo == 0) {
            return List.of();
        }
        SortedMap<Integer, Long> shares = take(fromLots);
        move(shares, -1);
        promoCoins -= fromPromo;
        debt -= fromLots + fromPromo;
        Facts recovered =
                new Facts("coin-debt-recovered")
                        .with("recovery", journal.named("recovery"))
                        .with("coins", fromLots + fromPromo)
                        .with("promoCoins", fromPromo);
        int place = 0;
        for (var share : shares.entrySet()) {
            recovered =
                    recovered
                            .with("lot " + place, lotName(viewer, share.getKey()))
                            .with("lot " + place + " coins", share.getValue());
            place++;
        }
        return List.of(recovered);
    }

    void reversed(SentGift gift) {
        gift.reversed = true;
        promoCoins += gift.promoCoins;
        move(open(gift), 1);
        debt -= debtLoweredBy(gift);
        if (day.equals(dayOf(gift.sentAt))) {
            sentOnDay = Math.max(0, sentOnDay - gift.coins);
        }
        corrections++;
    }

    /** The own limit that counts at an instant. */
    @Nullable Long limitAt(Instant at) {
        return isPending(at) || nextLimitAt == null ? limit : nextLimit;
    }

    private boolean isPending(Instant at) {
        return nextLimitAt != null && at.isBefore(nextLimitAt);
    }

    /** What the viewer chose last. */
    @Nullable Long chosenLimit() {
        return nextLimitAt == null ? limit : nextLimit;
    }

    void choose(@Nullable Long wanted, Instant effectiveAt, Instant at) {
        limit = limitAt(at);
        nextLimit = wanted;
        nextLimitAt = effectiveAt;
        if (!isPending(at)) {
            limit = wanted;
            nextLimitAt = null;
            nextLimit = null;
        }
    }

    Facts shown(Instant at, Rules rules) {
        Long own = limitAt(at);
        return new Facts("wallet")
                .with("promo", promoCoins)
                .with("paid", paidCoins())
                .with("lots", List.copyOf(lots.values()))
                .with("spendable", spendable())
                .with("blocked", blocked)
                .with("sentToday", sentToday(at))
                .with("limit", mostPerDay(at, rules))
                .with("ownLimit", own)
                .with("pendingLimit", isPending(at) ? String.valueOf(nextLimit) : "none")
                .with("pendingAt", isPending(at) ? nextLimitAt : null)
                .with("frozen", frozen)
                .with("debt", debt)
                .with("corrections", corrections);
    }

    /** The lower of policy and own limit; null without either. */
    @Nullable Long mostPerDay(Instant at, Rules rules) {
        Long own = limitAt(at);
        if (rules.coinsPerDay() == 0) {
            return own;
        }
        return own == null ? Long.valueOf(rules.coinsPerDay()) : Math.min(own, rules.coinsPerDay());
    }
}

package dev.confetti.simulation.model;

import dev.confetti.simulation.model.Command.Reverse;
import dev.confetti.simulation.model.Command.Send;
import dev.confetti.simulation.model.Lives.Live;
import dev.confetti.simulation.model.SentGift.Combo;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Gifts sent and taken back. */
final class Gifts {
    private final Rules rules;
    private final Journal journal;
    private final Wallets wallets;
    private final Lives lives;
    private final Prices prices;
    private final Payroll payroll;
    private final Map<Name, SentGift> all = new LinkedHashMap<>();

    /** Where viewers last named a combo of theirs. */
    private final Map<String, Long> ownCombos = new HashMap<>();

    Gifts(
            Rules rules,
            Journal journal,
            Wallets wallets,
            Lives lives,
            Prices prices,
            Payroll payroll) {
        this.rules = rules;
        this.journal = journal;
        this.wallets = wallets;
        this.lives = lives;
        this.prices = prices;
        this.payroll = payroll;
    }

    @Nullable SentGift find(Name name) {
        return all.get(name);
    }

    /** Oldest first. */
    List<Name> names() {
        return List.copyOf(all.keySet());
    }

    Facts send(Send send, int instance, long nanos) {
        Instant now = journal.now();
        Rules.Article article = rules.gifts().get(send.giftId());
        if (article == null) {
            return new Facts("unknown-gift");
        }
        Live live = lives.find(send.live()).orElse(null);
        if (live == null) {
            return new Facts("unknown-live");
        }
        if (send.quantity() < 1 || send.quantity() > 9_999) {
            return new Facts("quantity-out-of-range")
                    .with("quantity", send.quantity())
                    .with("least", 1)
                    .with("most", 9_999);
        }
        if (!lives.takesGifts(live, instance, nanos, rules)) {
            return new Facts("live-not-active").with("state", live.state);
        }
        Wallet wallet = wallets.of(send.caller());
        if (wallet.blocked) {
            return new Facts("wallet-blocked");
        }
        List<Instant> sends = wallet.sendsAround(now);
        if (sends.size() >= rules.sendsPerSecond()) {
            return new Facts("sending-too-fast")
                    .with("sendsPerSecond", rules.sendsPerSecond())
                    .with(
                            "retryAfterMs",
                            Wallet.untilAllowedMs(sends, now, rules.sendsPerSecond()));
        }
        long unitCoins = prices.coins(send.giftId(), article.coins(), now);
        long coins = unitCoins * send.quantity();
        Long most = wallet.mostPerDay(now, rules);
        if (most != null && wallet.sentToday(now) + coins > most) {
            return new Facts("spending-limit-reached")
                    .with("limit", most)
                    .with("spentToday", wallet.sentToday(now))
                    .with("needed", coins)
                    .with("resetsAt", Wallet.endOfDay(now))
                    .with("retryAfterMs", Duration.between(now, Wallet.endOfDay(now)).toMillis());
        }
        if (coins > wallet.spendable()) {
            return new Facts("insufficient-coins")
                    .with("spendable", wallet.spendable())
                    .with("needed", coins);
        }
        return sent(send, article, live, wallet, unitCoins, coins);
    }

    private Facts sent(
            Send send,
            Rules.Article article,
            Live live,
            Wallet wallet,
            long unitCoins,
            long coins) {
        Instant now = journal.now();
        long promoCoins = Math.min(coins, wallet.promoCoins);
        Combo open = wallet.openCombo(live.name, send.giftId(), now);
        SentGift gift =
                new SentGift(
                        journal.named("gift"),
                        send.caller(),
                        live.name,
                        live.creator,
                        send.giftId(),
                        article,
                        (int) send.quantity(),
                        coins,
                        promoCoins,
                        wallet.take(coins - promoCoins),
                        new Combo(
                                open == null ? journal.named("combo") : open.name(),
                                (open == null ? 0 : open.count()) + send.quantity(),
                                now.plus(rules.comboWindow())),
                        now,
                        coins * rules.creatorShareBps(),
                        journal.nextPosition());
        return journal.append(
                send,
                wallet,
                gift.inLog("gift-sent")
                        .with("giftName", article.name())
                        .with("tier", article.tier())
                        .with("quantity", send.quantity())
                        .with("unitCoins", unitCoins)
                        .with("diamonds", coins * rules.creatorShareBps())
                        .with("shareBps", rules.creatorShareBps())
                        .with("combo", gift.combo.name())
                        .with("comboCount", gift.combo.count())
                        .with("comboWindowMs", rules.comboWindow().toMillis())
                        .with("catalogueVersion", prices.version(now)),
                Economy.done()
                        .with("gift", gift.name)
                        .with("coins", coins)
                        .with("spendable", wallet.spendable() - coins)
                        .with("combo", gift.combo.name())
                        .with("comboCount", gift.combo.count())
                        .with("comboEndsAt", gift.combo.endsAt())
                        .with("position", gift.position),
                () -> {
                    wallet.sent(gift);
                    all.put(gift.name, gift);
                    if (send.comboId() != null) {
                        ownCombos.put(gift.viewer, gift.position);
                    }
                    payroll.sent(gift);
                    return List.of();
                });
    }

    /** Whether a viewer named a combo after a position. */
    boolean hasOwnCombo(String viewer, long after) {
        return ownCombos.getOrDefault(viewer, 0L) > after;
    }

    Facts reverse(Reverse reverse) {
        SentGift gift = all.get(reverse.gift());
        if (gift == null) {
            return new Facts("unknown-gift-send");
        }
        if (gift.reversed) {
            return new Facts("already-reversed");
        }
        Wallet wallet = wallets.of(gift.viewer);
        return journal.append(
                reverse,
                wallet,
                gift.inLog("gift-reversed")
                        .with("diamonds", gift.coins * rules.creatorShareBps())
                        .with("sentAt", gift.sentAt)
                        .with("closedCoins", wallet.closedCoins(gift))
                        .with("debtLowered", wallet.debtLoweredBy(gift))
                        .with("sentPosition", gift.position)
                        .with("earningsReleased", payroll.isReleased(gift))
                        .with("revalued", payroll.revalued(gift)),
                Economy.done()
                        .with("gift", gift.name)
                        .with("viewer", gift.viewer)
                        .with("coins", gift.coins)
                        .with("position", journal.nextPosition()),
                () -> {
                    payroll.reversed(gift);
                    wallet.reversed(gift);
                    return wallet.recover(journal, 0);
                });
    }

    /** Coins of gifts that were not reversed, by what the rankings rank. */
    SortedMap<List<Object>, Long> scores() {
        SortedMap<List<Object>, Long> scores =
                new TreeMap<>((a, b) -> a.toString().compareTo(b.toString()));
        for (SentGift gift : all.values()) {
            if (!gift.reversed) {
                scores.merge(List.of("live", gift.live, gift.viewer), gift.coins, Long::sum);
                scores.merge(List.of("creator", gift.creator, gift.viewer), gift.coins, Long::sum);
                scores.merge(List.of("gifters", "", gift.viewer), gift.coins, Long::sum);
                scores.merge(List.of("creators", "", gift.creator), gift.coins, Long::sum);
            }
        }
        return scores;
    }
}

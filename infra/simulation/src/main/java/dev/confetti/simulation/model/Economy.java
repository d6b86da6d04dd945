package dev.confetti.simulation.model;

import dev.confetti.simulation.model.Command.Block;
import dev.confetti.simulation.model.Command.Buy;
import dev.confetti.simulation.model.Command.CloseDispute;
import dev.confetti.simulation.model.Command.CreateLive;
import dev.confetti.simulation.model.Command.DecidePayout;
import dev.confetti.simulation.model.Command.EndLive;
import dev.confetti.simulation.model.Command.Grant;
import dev.confetti.simulation.model.Command.LeaveLive;
import dev.confetti.simulation.model.Command.Limit;
import dev.confetti.simulation.model.Command.LookAtGifts;
import dev.confetti.simulation.model.Command.LookAtPurchases;
import dev.confetti.simulation.model.Command.LookAtWallet;
import dev.confetti.simulation.model.Command.Once;
import dev.confetti.simulation.model.Command.OpenDispute;
import dev.confetti.simulation.model.Command.Refund;
import dev.confetti.simulation.model.Command.RequestPayout;
import dev.confetti.simulation.model.Command.Reverse;
import dev.confetti.simulation.model.Command.SchedulePrice;
import dev.confetti.simulation.model.Command.Send;
import dev.confetti.simulation.model.Command.Settle;
import dev.confetti.simulation.model.Command.StartLive;
import dev.confetti.simulation.model.Command.Unblock;
import dev.confetti.simulation.model.Lives.Live;
import dev.confetti.simulation.model.SentGift.Combo;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The whole economy, one command after the other. It says what every command must be answered, and
 * what the log must hold at the end.
 */
public final class Economy {
    private static final Duration LONGEST_LEAD = Duration.ofDays(365);

    private final Rules rules;
    private final Map<String, Wallet> wallets = new TreeMap<>();
    private final Map<Name, SentGift> gifts = new LinkedHashMap<>();
    private final Journal journal = new Journal();
    private final Till till;
    private final Payroll payroll;
    private final Lives lives = new Lives();
    private final Prices prices = new Prices();
    private long nanos;

    public Economy(Rules rules) {
        this.rules = rules;
        this.payroll = new Payroll(rules, journal);
        this.till = new Till(rules, journal, this::wallet);
    }

    /** What becomes of the commit that a command asks for, if it does. */
    public enum Commit {
        ANSWERED,
        /** It happened, and nobody was told. */
        UNANSWERED,
        /** It did not happen, and nobody was told. */
        LOST
    }

    /**
     * Sets the time.
     *
     * @param instant of the clock, which may step back
     * @param passedNanos since the start, which never does
     */
    public void time(Instant instant, long passedNanos) {
        journal.time(instant);
        nanos = passedNanos;
    }

    /** An instance was thrown away. */
    public void restarted(int instance) {
        lives.forget(instance);
    }

    /** Whether the last command asked for a commit. */
    public boolean appended() {
        return journal.appended();
    }

    /** The answer that an instance must give. */
    public Facts perform(Command command, int instance, Commit ending) {
        journal.begin(ending);
        Instant now = journal.now();
        if (command instanceof Send send && rules.gifts().containsKey(send.giftId())) {
            // The instance looks at the live whatever comes then.
            lives.find(send.live())
                    .ifPresent(live -> lives.takesGifts(live, instance, nanos, rules));
        }
        if (command instanceof Once once) {
            Optional<Facts> again = journal.again(once);
            if (again.isPresent()) {
                return again.get();
            }
        }
        return switch (command) {
            case Buy buy -> till.buy(buy);
            case Refund refund -> till.refund(refund);
            case OpenDispute notice -> till.open(notice);
            case CloseDispute notice -> till.close(notice);
            case Grant grant -> grant(grant);
            case Send send -> send(send, instance);
            case Reverse reverse -> reverse(reverse);
            case SchedulePrice schedule -> schedule(schedule);
            case Settle _ -> payroll.settle();
            case RequestPayout request -> payroll.request(request);
            case DecidePayout decide -> payroll.decide(decide);
            case Block block -> block(block.viewer(), true);
            case Unblock unblock -> block(unblock.viewer(), false);
            case Limit set -> limit(set);
            case CreateLive create -> create(create);
            case StartLive start -> start(start);
            case LeaveLive leave -> leave(leave);
            case EndLive end -> end(end, instance);
            case LookAtWallet look -> wallet(look.viewer()).shown(now, rules);
            case LookAtGifts look -> gifts(look);
            case LookAtPurchases look -> purchases(look);
        };
    }

    private Wallet wallet(String viewer) {
        return wallets.computeIfAbsent(viewer, Wallet::new);
    }

    static Facts done() {
        return new Facts("done").with("repeated", false);
    }

    private Facts grant(Grant grant) {
        if (grant.coins() < 1 || grant.coins() > 1_000_000_000) {
            return coinsOutOfRange(grant.coins(), 1, 1_000_000_000);
        }
        Wallet wallet = wallet(grant.viewer());
        Name name = journal.named("grant");
        return journal.append(
                grant,
                wallet,
                new Facts("coins-granted").with("grant", name).with("coins", grant.coins()),
                done().with("grant", name)
                        .with("viewer", grant.viewer())
                        .with("coins", grant.coins())
                        .with("position", journal.nextPosition()),
                () -> {
                    wallet.promoCoins += grant.coins();
                    return wallet.recover(journal, grant.coins());
                });
    }

    private static Facts coinsOutOfRange(long coins, long least, long most) {
        return new Facts("coins-out-of-range")
                .with("coins", coins)
                .with("least", least)
                .with("most", most);
    }

    private Facts send(Send send, int instance) {
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
        Wallet wallet = wallet(send.caller());
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
                done().with("gift", gift.name)
                        .with("coins", coins)
                        .with("spendable", wallet.spendable() - coins)
                        .with("combo", gift.combo.name())
                        .with("comboCount", gift.combo.count())
                        .with("comboEndsAt", gift.combo.endsAt())
                        .with("position", gift.position),
                () -> {
                    wallet.sent(gift);
                    gifts.put(gift.name, gift);
                    payroll.sent(gift);
                    return List.of();
                });
    }

    private Facts reverse(Reverse reverse) {
        SentGift gift = gifts.get(reverse.gift());
        if (gift == null) {
            return new Facts("unknown-gift-send");
        }
        if (gift.reversed) {
            return new Facts("already-reversed");
        }
        Wallet wallet = wallet(gift.viewer);
        return journal.append(
                reverse,
                wallet,
                gift.inLog("gift-reversed")
                        .with("diamonds", gift.coins * rules.creatorShareBps())
                        .with("sentAt", gift.sentAt)
                        .with("closedCoins", wallet.closedCoins(gift))
                        .with("debtLowered", wallet.debtLoweredBy(gift))
                        .with("sentPosition", gift.position)
                        .with("earningsReleased", payroll.isReleased(gift)),
                done().with("gift", gift.name)
                        .with("viewer", gift.viewer)
                        .with("coins", gift.coins)
                        .with("position", journal.nextPosition()),
                () -> {
                    payroll.reversed(gift);
                    wallet.reversed(gift);
                    return wallet.recover(journal, 0);
                });
    }

    /** Prices are no events: nothing is appended. */
    private Facts schedule(SchedulePrice schedule) {
        Instant now = journal.now();
        if (!rules.gifts().containsKey(schedule.giftId())) {
            return new Facts("unknown-gift");
        }
        if (schedule.coins() < 1 || schedule.coins() > 1_000_000) {
            return coinsOutOfRange(schedule.coins(), 1, 1_000_000);
        }
        Instant earliest = now.plus(rules.priceLead());
        Instant latest = now.plus(LONGEST_LEAD);
        if (schedule.effectiveAt().isBefore(earliest) || schedule.effectiveAt().isAfter(latest)) {
            return new Facts("effective-at-out-of-range")
                    .with("effectiveAt", schedule.effectiveAt())
                    .with("earliest", earliest)
                    .with("latest", latest);
        }
        prices.add(schedule.giftId(), schedule.coins(), schedule.effectiveAt());
        Facts answer =
                done().with("price", journal.named("price"))
                        .with("giftId", schedule.giftId())
                        .with("coins", schedule.coins())
                        .with("effectiveAt", schedule.effectiveAt())
                        .with("scheduledAt", now);
        journal.answered(schedule, answer);
        return answer;
    }

    private Facts block(String viewer, boolean blocked) {
        Wallet wallet = wallet(viewer);
        Facts answer = new Facts("done").with("viewer", viewer).with("blocked", blocked);
        if (wallet.blocked == blocked) {
            return answer;
        }
        return journal.append(
                null,
                wallet,
                new Facts(blocked ? "wallet-blocked" : "wallet-unblocked"),
                answer,
                () -> {
                    wallet.blocked = blocked;
                    return List.of();
                });
    }

    private Facts limit(Limit set) {
        Instant now = journal.now();
        Long wanted = set.coinsPerDay();
        if (wanted != null && (wanted < 0 || wanted > 100_000_000_000_000L)) {
            return coinsOutOfRange(wanted, 0, 100_000_000_000_000L);
        }
        Wallet wallet = wallet(set.viewer());
        Long chosen = wallet.chosenLimit();
        if (wanted == null ? chosen == null : wanted.equals(chosen)) {
            return wallet.shown(now, rules);
        }
        Long current = wallet.limitAt(now);
        boolean raised = current != null && (wanted == null || wanted > current);
        Instant effectiveAt = raised ? now.plus(rules.limitRaiseDelay()) : now;
        Facts noAnswer =
                journal.append(
                        null,
                        wallet,
                        new Facts("spending-limit-set")
                                .with("coinsPerDay", wanted)
                                .with("effectiveAt", effectiveAt),
                        new Facts("done"),
                        () -> {
                            wallet.choose(wanted, effectiveAt, now);
                            return List.of();
                        });
        return journal.isAnswered() ? wallet.shown(now, rules) : noAnswer;
    }

    private Facts create(CreateLive create) {
        Live live = new Live(journal.named("live"), create.creator());
        return journal.append(
                null,
                "live " + live.name,
                0,
                new Facts("live-created").with("live", live.name).with("creator", live.creator),
                new Facts("done").with("live", live.name),
                () -> {
                    lives.all.put(live.name, live);
                    return List.of();
                });
    }

    private Facts append(Live live, Facts event, Runnable then) {
        return journal.append(
                null,
                "live " + live.name,
                live.events,
                event.with("live", live.name).with("creator", live.creator),
                new Facts("accepted"),
                () -> {
                    live.events++;
                    then.run();
                    return List.of();
                });
    }

    private Facts start(StartLive start) {
        Live live = lives.find(start.live()).orElse(null);
        if (live == null) {
            return new Facts("unknown");
        }
        if (live.state.equals("ended")) {
            return new Facts("ended");
        }
        if (live.isOf(start.publisher())) {
            return new Facts("unchanged");
        }
        return append(
                live,
                new Facts("live-started").with("publisher", start.publisher()),
                () -> {
                    live.state = "active";
                    live.publisher = start.publisher();
                });
    }

    private Facts leave(LeaveLive leave) {
        Live live = lives.find(leave.live()).orElse(null);
        if (live == null || !live.isOf(leave.publisher())) {
            return new Facts("unchanged");
        }
        return append(
                live,
                new Facts("live-away").with("publisher", leave.publisher()),
                () -> live.state = "away");
    }

    private Facts end(EndLive end, int instance) {
        Facts answer = endedOf(end);
        if (!answer.equals(Facts.OUTCOME_UNKNOWN)) {
            lives.distrust(instance, end.live());
        }
        return answer;
    }

    private Facts endedOf(EndLive end) {
        Live live = lives.find(end.live()).orElse(null);
        if (live == null) {
            return new Facts("unknown");
        }
        boolean cameBack = !end.byCreator() && !live.state.equals("away");
        if (live.state.equals("ended") || cameBack) {
            return new Facts("unchanged");
        }
        return append(
                live,
                new Facts("live-ended").with("byCreator", end.byCreator()),
                () -> live.state = "ended");
    }

    private Facts gifts(LookAtGifts look) {
        List<SentGift> latestFirst = wallet(look.viewer()).gifts.reversed();
        Facts history = new Facts("gifts");
        for (int i = 0; i < Math.min(look.limit(), latestFirst.size()); i++) {
            history = latestFirst.get(i).inHistory(history, i);
        }
        return history.with("more", latestFirst.size() > look.limit());
    }

    private Facts purchases(LookAtPurchases look) {
        List<Purchase> latestFirst = wallet(look.viewer()).purchases.reversed();
        Facts history = new Facts("purchases");
        for (int i = 0; i < Math.min(look.limit(), latestFirst.size()); i++) {
            for (var each : latestFirst.get(i).inHistory().values().entrySet()) {
                history = history.with(i + "." + each.getKey(), each.getValue());
            }
        }
        return history.with("more", latestFirst.size() > look.limit());
    }

    /** All events, in the order of the log. */
    public List<Facts> log() {
        return journal.log();
    }

    /** Everybody who ever did anything. */
    public List<String> viewers() {
        return List.copyOf(wallets.keySet());
    }

    /** How many events a viewer's wallet has. */
    public long events(String viewer) {
        return wallet(viewer).events;
    }

    /** Whose wallet a gift was paid from. */
    public String viewerOf(Name gift) {
        SentGift sent = gifts.get(gift);
        return sent == null ? "" : sent.viewer;
    }

    /** Whose purchase it was. */
    public String buyerOf(Name purchase) {
        Purchase found = till.find(purchase);
        return found == null ? "" : found.wallet.viewer;
    }

    /** Purchases, oldest first. */
    public List<Name> purchases() {
        return till.purchases();
    }

    /** All lives, by their names' text. */
    public SortedMap<String, Name> livesByText() {
        SortedMap<String, Name> byText = new TreeMap<>();
        lives.all.keySet().forEach(name -> byText.put(name.text(), name));
        return byText;
    }

    /** The state of a live. */
    public String state(Name live) {
        return lives.find(live).map(found -> found.state).orElse("unknown");
    }

    /** Gifts that were sent, oldest first. */
    public List<Name> sentGifts() {
        return List.copyOf(gifts.keySet());
    }

    /** Coins of a viewer, by kind; a debt is below 0. */
    public Map<String, Long> coinsOf(String viewer) {
        Wallet wallet = wallet(viewer);
        return Map.of(
                "paid",
                wallet.paidCoins(),
                "promo",
                wallet.promoCoins,
                "frozen",
                wallet.frozen,
                "debt",
                -wallet.debt);
    }

    /** Payouts that were requested, oldest first. */
    public List<Name> payouts() {
        return payroll.payouts();
    }

    /** Diamonds of each creator in 0.0001, pending, available and reserved. */
    public SortedMap<String, List<Long>> diamonds() {
        return payroll.diamonds();
    }

    /** Coins of gifts that were not reversed, by what the rankings rank. */
    public SortedMap<List<Object>, Long> scores() {
        SortedMap<List<Object>, Long> scores =
                new TreeMap<>((a, b) -> a.toString().compareTo(b.toString()));
        for (SentGift gift : gifts.values()) {
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

package dev.confetti.simulation;

import dev.confetti.simulation.model.Command;
import dev.confetti.simulation.model.Command.Block;
import dev.confetti.simulation.model.Command.Buy;
import dev.confetti.simulation.model.Command.CloseDispute;
import dev.confetti.simulation.model.Command.CreateLive;
import dev.confetti.simulation.model.Command.EndLive;
import dev.confetti.simulation.model.Command.Forget;
import dev.confetti.simulation.model.Command.Grant;
import dev.confetti.simulation.model.Command.LeaveLive;
import dev.confetti.simulation.model.Command.Limit;
import dev.confetti.simulation.model.Command.LookAtGifts;
import dev.confetti.simulation.model.Command.LookAtPurchases;
import dev.confetti.simulation.model.Command.LookAtWallet;
import dev.confetti.simulation.model.Command.Once;
import dev.confetti.simulation.model.Command.OpenDispute;
import dev.confetti.simulation.model.Command.Refund;
import dev.confetti.simulation.model.Command.RequestAdjustment;
import dev.confetti.simulation.model.Command.RequestBreakage;
import dev.confetti.simulation.model.Command.RequestPayout;
import dev.confetti.simulation.model.Command.RequestRevaluation;
import dev.confetti.simulation.model.Command.Resolve;
import dev.confetti.simulation.model.Command.Reverse;
import dev.confetti.simulation.model.Command.SchedulePrice;
import dev.confetti.simulation.model.Command.Send;
import dev.confetti.simulation.model.Command.SendBatch;
import dev.confetti.simulation.model.Command.Settle;
import dev.confetti.simulation.model.Command.StartLive;
import dev.confetti.simulation.model.Command.Unblock;
import dev.confetti.simulation.model.Economy;
import dev.confetti.simulation.model.Name;
import dev.confetti.simulation.model.Rules;
import dev.confetti.simulation.world.Fault;
import dev.confetti.simulation.world.Names;
import dev.confetti.simulation.world.Time;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What happens in a run, drawn from its seed. */
final class Script {
    /** Clocks of instances may differ by so much while prices change: see Prices. */
    private static final Duration MOST_BACK_WITH_PRICES = Duration.ofSeconds(4);

    private static final List<String> VIEWERS = List.of("vic", "val", "vera", "vince");
    static final List<String> STAFF = List.of("sam", "sue", "vic");
    static final List<String> CREATORS = List.of("ada", "abe");
    private static final Name NO_LIVE = new Name("no-such-live");

    private final Random random;
    private final Rules rules;
    private final Economy economy;
    private final Names names;
    private final Time time;
    private final boolean pricesChange;
    private final FinanceScript finance;
    private final List<Once> before = new ArrayList<>();
    private int keys;

    Script(Random random, Rules rules, Economy economy, Names names, Time time) {
        this.random = random;
        this.rules = rules;
        this.economy = economy;
        this.names = names;
        this.time = time;
        this.pricesChange = random.nextBoolean();
        this.finance = new FinanceScript(random, economy, names, time, this::key);
    }

    /** The operator's numbers of a run. */
    static Rules rules(Random random) {
        return new Rules(
                one(random, List.of(1, 3, 20)),
                one(random, List.of(0L, 0L, 900L, 5_000L)),
                one(
                        random,
                        List.of(Duration.ZERO, Duration.ofMillis(1_500), Duration.ofSeconds(10))),
                one(random, List.of(Duration.ZERO, Duration.ofSeconds(20), Duration.ofDays(1))),
                Duration.ofSeconds(30),
                one(random, List.of(0, 3_333, 5_000, 10_000)),
                one(random, List.of(Duration.ZERO, Duration.ofSeconds(30), Duration.ofHours(2))),
                one(random, List.of(1L, 5L, 20L)),
                one(random, List.of(0L, 0L, 3L)),
                one(random, List.of(0, 0, 1_234)),
                random.nextBoolean(),
                Map.of(
                        "ant", new Rules.Article("Ant", 1, 1),
                        "bee", new Rules.Article("Bee", 7, 1),
                        "cat", new Rules.Article("Cat", 50, 2),
                        "dog", new Rules.Article("Dog", 333, 3)),
                Map.of(
                        "small", new Rules.Bundle(10, 0, 99),
                        "middle", new Rules.Bundle(100, 7, 999),
                        "large", new Rules.Bundle(900, 100, 8_999)));
    }

    /** What is needed before anything can be sent. */
    List<Command> opening() {
        return List.of(new CreateLive("ada"), new CreateLive("abe"));
    }

    Fault fault() {
        return random.nextInt(100) < 80
                ? Fault.NONE
                : one(
                        List.of(
                                Fault.IN_TRANSACTION,
                                Fault.BEFORE_COMMIT,
                                Fault.AFTER_COMMIT,
                                Fault.NO_CONNECTION));
    }

    boolean restarts() {
        return random.nextInt(100) < 4;
    }

    boolean repeatsAtOnce() {
        return random.nextBoolean();
    }

    int instance(int instances) {
        return random.nextInt(instances);
    }

    /** The time moves, as it does between any two commands; sometimes the clock steps. */
    void move() {
        int kind = random.nextInt(100);
        if (kind < 30) {
            return;
        }
        if (kind < 80) {
            time.pass(Duration.ofMillis(random.nextInt(300)));
        } else if (kind < 88) {
            time.pass(
                    one(
                            List.of(
                                    Duration.ofSeconds(1),
                                    rules.comboWindow(),
                                    rules.limitRaiseDelay(),
                                    Duration.ofSeconds(1).minus(1, ChronoUnit.MICROS))));
        } else if (kind < 94) {
            time.pass(Duration.ofMillis(random.nextInt(40_000)));
        } else if (kind < 96) {
            time.pass(toMidnight().plusMillis(random.nextInt(2_000) - 1_000L).abs());
        } else {
            back();
        }
    }

    private Duration toMidnight() {
        Instant now = time.instant();
        return Duration.between(now, now.truncatedTo(ChronoUnit.DAYS).plus(Duration.ofDays(1)));
    }

    private void back() {
        Instant to = time.instant().minusMillis(random.nextInt(3_000));
        if (!pricesChange && random.nextInt(8) == 0) {
            to = time.instant().minusSeconds(random.nextInt(100_000));
        }
        if (!pricesChange || !to.isBefore(time.latest().minus(MOST_BACK_WITH_PRICES))) {
            time.set(to);
        }
    }

    Command next() {
        int kind = random.nextInt(100);
        if (kind < 14 && !before.isEmpty()) {
            return earlier();
        }
        if (kind < 18 && !before.isEmpty()) {
            return changed(earlier());
        }
        Command fresh = fresh(random.nextInt(100));
        if (fresh instanceof Once once) {
            before.add(once);
        }
        return fresh;
    }

    /** One of the last few, or any. */
    private Once earlier() {
        int among = random.nextBoolean() ? Math.min(8, before.size()) : before.size();
        return before.get(before.size() - 1 - random.nextInt(among));
    }

    private Command fresh(int kind) {
        if (isNothingOn() && random.nextBoolean()) {
            return random.nextBoolean()
                    ? new CreateLive("ada")
                    : new StartLive(live(), publisher());
        }
        if (kind < 12) {
            return new Buy(
                    one(VIEWERS),
                    key(),
                    rarely("huge", one(List.of("small", "middle", "large"))),
                    rarely("bank", "sandbox"));
        }
        if (kind < 17) {
            return new Grant(
                    one(STAFF),
                    key(),
                    one(VIEWERS),
                    random.nextInt(12) == 0 ? 0 : 1 + random.nextInt(150),
                    one(List.of("thanks", "sorry")));
        }
        if (kind < 46) {
            return send();
        }
        if (kind < 54) {
            return new Reverse(one(STAFF), key(), gift(), one(List.of("fraud", "mistake")));
        }
        if (kind < 61) {
            return ofPurchase();
        }
        if (kind < 75) {
            return finance.ofPayout();
        }
        if (kind < 81) {
            return finance.ofBooks();
        }
        if (kind == 81) {
            return new Forget(
                    rarely("nobody", random.nextBoolean() ? one(VIEWERS) : one(CREATORS)),
                    one(STAFF));
        }
        return kind < 86 ? ofWallet() : kind < 90 ? ofLive() : look();
    }

    private Command ofPurchase() {
        Name purchase = purchase();
        String reference = dispute(random, purchase);
        return switch (random.nextInt(5)) {
            case 0, 1 -> new Refund(one(STAFF), key(), purchase, one(List.of("asked", "mistake")));
            case 2, 3 -> new OpenDispute(purchase, reference);
            default -> new CloseDispute(purchase, reference, random.nextBoolean());
        };
    }

    /** The provider's name of one of a purchase's disputes. */
    static String dispute(Random random, Name purchase) {
        return "dispute " + random.nextInt(2) + " of " + purchase.text();
    }

    private Name purchase() {
        List<Name> known =
                economy.purchases().stream().filter(each -> names.id(each).isPresent()).toList();
        if (random.nextInt(20) == 0 || known.isEmpty()) {
            return new Name(one(List.of("no-such-purchase", new UUID(1, 3).toString())));
        }
        return random.nextBoolean()
                ? known.get(known.size() - 1 - random.nextInt(Math.min(6, known.size())))
                : one(known);
    }

    private Command ofWallet() {
        return switch (random.nextInt(pricesChange ? 11 : 8)) {
            case 0 -> new Block(one(VIEWERS));
            case 1, 2, 3, 4 -> new Unblock(one(VIEWERS));
            case 5, 6, 7 -> new Limit(one(VIEWERS), limit());
            default ->
                    new SchedulePrice(
                            one(STAFF),
                            key(),
                            giftId(),
                            random.nextInt(12) == 0 ? 1_000_001 : 1 + random.nextInt(60),
                            time.instant().plusMillis(29_900 + random.nextInt(20_000)));
        };
    }

    private @Nullable Long limit() {
        int kind = random.nextInt(8);
        return kind == 0
                ? null
                : kind == 1 ? Long.valueOf(-1) : Long.valueOf(random.nextInt(6) * 400L);
    }

    private Command ofLive() {
        Name live = live();
        return switch (random.nextInt(8)) {
            case 0 -> new CreateLive(one(CREATORS));
            case 1, 2, 3, 4 -> new StartLive(live, publisher());
            case 5 -> new LeaveLive(live, publisher());
            case 6 -> new LeaveLive(live, publisher());
            default -> new EndLive(live, random.nextBoolean());
        };
    }

    private UUID publisher() {
        return new UUID(7, random.nextInt(2));
    }

    private Command look() {
        String viewer = one(VIEWERS);
        return switch (random.nextInt(5)) {
            case 4 -> new Settle();
            case 0 -> new LookAtGifts(viewer, 1 + random.nextInt(6));
            case 1 -> new LookAtPurchases(viewer, 1 + random.nextInt(6));
            default -> new LookAtWallet(viewer);
        };
    }

    private Send send() {
        return new Send(
                one(VIEWERS),
                key(),
                live(),
                giftId(),
                random.nextInt(25) == 0
                        ? one(List.of(0L, -1L, 9_999L, 10_000L))
                        : 1 + random.nextInt(random.nextInt(6) == 0 ? 60 : 4),
                random.nextInt(6) == 0 ? "mine" : null);
    }

    /** The same key with other content, mostly. */
    private Command changed(Once once) {
        return switch (once) {
            case Buy buy -> new Buy(buy.caller(), buy.key(), "middle", buy.provider());
            case Grant grant ->
                    new Grant(grant.caller(), grant.key(), one(VIEWERS), grant.coins(), "sorry");
            case Send sent ->
                    new Send(
                            sent.caller(),
                            sent.key(),
                            random.nextBoolean() ? sent.live() : live(),
                            random.nextBoolean() ? sent.giftId() : giftId(),
                            random.nextBoolean() ? sent.quantity() : 1 + random.nextInt(3),
                            random.nextBoolean() ? sent.comboId() : "other");
            case Reverse back -> new Reverse(back.caller(), back.key(), gift(), "mistake");
            case Refund refund -> new Refund(refund.caller(), refund.key(), purchase(), "mistake");
            case RequestPayout request ->
                    new RequestPayout(request.caller(), request.key(), request.diamonds() + 1);
            case SendBatch batch -> batch;
            case Resolve resolve ->
                    new Resolve(
                            resolve.caller(),
                            resolve.key(),
                            resolve.payout(),
                            resolve.outcome(),
                            resolve.chargesMinor(),
                            "by phone");
            case RequestAdjustment request ->
                    new RequestAdjustment(
                            request.caller(),
                            request.key(),
                            request.debit(),
                            request.credit(),
                            request.amountMicros() + random.nextInt(2),
                            "mistake");
            case RequestBreakage request ->
                    new RequestBreakage(
                            request.caller(),
                            request.key(),
                            request.period(),
                            request.amountMicros(),
                            "survey");
            case RequestRevaluation request ->
                    new RequestRevaluation(
                            request.caller(),
                            request.key(),
                            request.creator(),
                            request.currency(),
                            request.rateMicros() + 1,
                            request.reason());
            case SchedulePrice price ->
                    new SchedulePrice(
                            price.caller(),
                            price.key(),
                            price.giftId(),
                            price.coins() + 1,
                            price.effectiveAt());
        };
    }

    /** Mostly new, but the same for several callers. */
    private String key() {
        return "key-" + (random.nextInt(6) == 0 ? random.nextInt(20) : keys++ / 2);
    }

    private String giftId() {
        return rarely("elk", one(List.of("ant", "ant", "bee", "cat", "dog")));
    }

    private boolean isNothingOn() {
        return economy.livesByText().values().stream()
                .noneMatch(live -> economy.state(live).equals("active"));
    }

    private Name live() {
        List<Name> known =
                economy.livesByText().values().stream()
                        .filter(live -> names.id(live).isPresent())
                        .toList();
        List<Name> active =
                known.stream().filter(live -> economy.state(live).equals("active")).toList();
        if (random.nextInt(30) == 0 || known.isEmpty()) {
            return NO_LIVE;
        }
        return one(active.isEmpty() || random.nextInt(8) == 0 ? known : active);
    }

    private Name gift() {
        List<Name> known =
                economy.sentGifts().stream().filter(gift -> names.id(gift).isPresent()).toList();
        if (random.nextInt(12) == 0 || known.isEmpty()) {
            return new Name(one(List.of("no-such-gift", new UUID(1, 2).toString())));
        }
        // The latest mostly: their lots are still in use.
        return random.nextBoolean()
                ? known.get(known.size() - 1 - random.nextInt(Math.min(6, known.size())))
                : one(known);
    }

    private String rarely(String odd, String usual) {
        return random.nextInt(25) == 0 ? odd : usual;
    }

    private <T> T one(List<T> among) {
        return one(random, among);
    }

    static <T> T one(Random random, List<T> among) {
        return among.get(random.nextInt(among.size()));
    }
}

package dev.confetti.gift.wallet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confetti.events.CoinEvent;
import dev.confetti.events.CoinEvent.ChargebackOpened;
import dev.confetti.events.CoinEvent.CoinDebtRecovered;
import dev.confetti.events.CoinEvent.CoinsPurchased;
import dev.confetti.events.CoinEvent.SpendingLimitSet;
import dev.confetti.events.ConfettiEvent;
import dev.confetti.events.CreatorEvent;
import dev.confetti.events.EventIds;
import dev.confetti.events.FinanceEvent;
import dev.confetti.events.GiftEvent.GiftReversed;
import dev.confetti.events.GiftEvent.GiftSent;
import dev.confetti.events.LiveEvent;
import dev.confetti.events.LotShare;
import dev.confetti.events.PersonEvent;
import dev.confetti.gift.log.Seeded;
import dev.confetti.gift.wallet.WalletCommand.AddPurchase;
import dev.confetti.gift.wallet.WalletCommand.BlockWallet;
import dev.confetti.gift.wallet.WalletCommand.CloseChargeback;
import dev.confetti.gift.wallet.WalletCommand.Correction;
import dev.confetti.gift.wallet.WalletCommand.GrantCoins;
import dev.confetti.gift.wallet.WalletCommand.OpenChargeback;
import dev.confetti.gift.wallet.WalletCommand.RefundPurchase;
import dev.confetti.gift.wallet.WalletCommand.ReverseGift;
import dev.confetti.gift.wallet.WalletCommand.SendGift;
import dev.confetti.gift.wallet.WalletCommand.SetSpendingLimit;
import dev.confetti.gift.wallet.WalletCommand.UnblockWallet;
import dev.confetti.gift.wallet.WalletDecision.Accepted;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Random lives of a wallet, against a model that forgets nothing and so needs no cleverness. */
class WalletModelTest {
    private static final int RUNS = 200;
    private static final int STEPS = 300;
    private static final SpendingRules RULES =
            new SpendingRules(
                    5_000, 1, "USD", Duration.ofSeconds(10), 4, 300, Duration.ofHours(24));

    private record Send(GiftSent gift, Instant at) {}

    private record Choice(SpendingLimitSet set, Instant at) {}

    private static final class Sale {
        final CoinsPurchased event;
        long frozen;
        boolean refunded;
        boolean lost;
        @Nullable ChargebackOpened open;

        Sale(CoinsPurchased event) {
            this.event = event;
        }

        boolean isClosed() {
            return refunded || lost;
        }
    }

    /** Every lot, send and choice that ever was, in the order of the log. */
    private static final class Model {
        final Map<UUID, Long> lots = new LinkedHashMap<>();
        final List<Send> sends = new ArrayList<>();
        final List<Choice> choices = new ArrayList<>();
        final Set<UUID> reversed = new HashSet<>();
        final List<Sale> sales = new ArrayList<>();
        long promo;
        long debt;
        int corrections;
        boolean blocked;

        long paid() {
            return lots.values().stream().mapToLong(Long::longValue).sum();
        }

        List<Lot> fullLots() {
            return lots.entrySet().stream()
                    .filter(lot -> lot.getValue() > 0)
                    .map(lot -> new Lot(lot.getKey(), lot.getValue()))
                    .toList();
        }

        List<LotShare> firstInFirstOut(long coins) {
            List<LotShare> shares = new ArrayList<>();
            long missing = coins;
            for (Lot lot : fullLots()) {
                long share = Math.min(missing, lot.coins());
                if (share > 0) {
                    shares.add(new LotShare(lot.lotId(), share));
                    missing -= share;
                }
            }
            return shares;
        }

        Sale saleOf(UUID lotId) {
            return sales.stream()
                    .filter(sale -> sale.event.lotId().equals(lotId))
                    .findFirst()
                    .orElseThrow();
        }

        long spendable() {
            return Math.max(0, paid() + promo - debt);
        }

        Set<UUID> closedLots() {
            return sales.stream()
                    .filter(Sale::isClosed)
                    .map(sale -> sale.event.lotId())
                    .collect(Collectors.toSet());
        }

        List<Send> reversible() {
            return sends.stream()
                    .filter(send -> !reversed.contains(send.gift().giftSendId()))
                    .toList();
        }

        long sentOnTheDayOf(Instant at) {
            return reversible().stream()
                    .filter(send -> day(send.at()).equals(day(at)))
                    .mapToLong(send -> send.gift().coins())
                    .sum();
        }

        @Nullable Long chosenLast() {
            return choices.isEmpty() ? null : choices.getLast().set().coinsPerDay();
        }

        /** The last choice that counts by then and was not replaced before it did. */
        @Nullable Long ownLimit(Instant at) {
            Long limit = null;
            for (int i = 0; i < choices.size(); i++) {
                Instant effectiveAt = choices.get(i).set().effectiveAt();
                boolean replaced =
                        i + 1 < choices.size() && choices.get(i + 1).at().isBefore(effectiveAt);
                if (!replaced && !effectiveAt.isAfter(at)) {
                    limit = choices.get(i).set().coinsPerDay();
                }
            }
            return limit;
        }

        boolean isWithinLimits(SendGift send) {
            Long own = ownLimit(send.at());
            long limit = own == null ? RULES.coinsPerDay() : Math.min(own, RULES.coinsPerDay());
            return sentOnTheDayOf(send.at()) + send.unitCoins() * send.quantity() <= limit;
        }

        /** The latest send of the same gift in the same live, if another one joins its combo. */
        Optional<GiftSent> joined(GiftSent gift, Instant at) {
            return sends.reversed().stream()
                    .filter(
                            send ->
                                    send.gift().giftId().equals(gift.giftId())
                                            && send.gift().liveId().equals(gift.liveId()))
                    .findFirst()
                    .filter(send -> at.isBefore(send.at().plusSeconds(10)))
                    .map(Send::gift);
        }

        private static LocalDate day(Instant at) {
            return LocalDate.ofInstant(at, ZoneOffset.UTC);
        }
    }

    @Test
    void aWalletDoesWhatTheModelDoes() throws Exception {
        for (int run = 0; run < RUNS; run++) {
            Seeded.run(WalletModelTest::run);
        }
    }

    private static void run(Random random) {
        Model model = new Model();
        WalletState wallet = WalletState.EMPTY;
        Instant now = Instant.parse("2026-01-01T00:00:00Z");
        for (int step = 0; step < STEPS; step++) {
            now = now.plusMillis(random.nextInt(600));
            if (random.nextInt(20) == 0) {
                now = now.plus(Duration.ofMinutes(random.nextInt(600)));
            }
            WalletCommand command = command(random, new UUID(1, step), now, model);
            WalletDecision decision = WalletRules.decide(wallet, command, RULES);
            assertThat(decision instanceof Accepted)
                    .as("%s decided as %s", command, decision)
                    .isEqualTo(isAccepted(model, command));
            if (decision
                    instanceof
                    Accepted(ConfettiEvent event, Optional<CoinDebtRecovered> recovered)) {
                wallet = wallet.evolve(event, now);
                apply(model, event, now);
                assertThat(recovered.map(CoinDebtRecovered::coins).orElse(0L))
                        .isEqualTo(payable(model, event));
                if (recovered.isPresent()) {
                    wallet = wallet.evolve(recovered.get(), now);
                    apply(model, recovered.get(), now);
                }
            }
            if (random.nextInt(20) == 0) {
                wallet =
                        WalletSnapshots.decode(WalletSnapshots.encode("v", step, wallet))
                                .orElseThrow();
            }
            assertThat(wallet.lots()).isEqualTo(model.fullLots());
            assertThat(wallet.promoCoins()).isEqualTo(model.promo);
            assertThat(wallet.spendable()).isEqualTo(model.spendable());
            assertThat(wallet.debtCoins()).isEqualTo(model.debt);
            assertThat(wallet.frozenCoins())
                    .isEqualTo(model.sales.stream().mapToLong(sale -> sale.frozen).sum());
            assertThat(wallet.debtCoins() == 0 || wallet.paidCoins() == 0).isTrue();
            assertThat(wallet.blocked()).isEqualTo(model.blocked);
            assertThat(wallet.corrections()).isEqualTo(model.corrections);
            assertThat(wallet.coinsSentToday(now)).isEqualTo(model.sentOnTheDayOf(now));
            assertThat(wallet.ownLimit().at(now).coinsPerDay()).isEqualTo(model.ownLimit(now));
        }
    }

    private static WalletCommand command(Random random, UUID id, Instant at, Model model) {
        return switch (random.nextInt(16)) {
            case 0, 1 ->
                    new AddPurchase(
                            id,
                            at,
                            "v",
                            1 + random.nextInt(50),
                            random.nextInt(9),
                            99,
                            0,
                            33,
                            "USD",
                            "sandbox",
                            "r",
                            null);
            case 2 -> new GrantCoins(id, at, "v", 1 + random.nextInt(30));
            case 3 -> new BlockWallet(id, at, "v");
            case 4, 5 -> new UnblockWallet(id, at, "v");
            case 6, 7 ->
                    model.reversible().isEmpty() ? grant(id, at) : reversal(random, id, at, model);
            case 8 ->
                    new SetSpendingLimit(
                            id, at, "v", random.nextInt(4) == 0 ? null : 50L * random.nextInt(8));
            case 9, 10 -> model.sales.isEmpty() ? grant(id, at) : ofSale(random, id, at, model);
            default ->
                    new SendGift(
                            id,
                            at,
                            "v",
                            "live-" + random.nextInt(2),
                            "c",
                            "gift-" + random.nextInt(3),
                            "G",
                            1,
                            1 + random.nextInt(5),
                            1 + random.nextInt(15),
                            1);
        };
    }

    private static GrantCoins grant(UUID id, Instant at) {
        return new GrantCoins(id, at, "v", 1);
    }

    /** Of a gift that was not reversed; sometimes by staff who looked too early. */
    private static ReverseGift reversal(Random random, UUID id, Instant at, Model model) {
        Send send = model.reversible().get(random.nextInt(model.reversible().size()));
        return new ReverseGift(
                id, at, send.gift(), send.at(), 1, model.closedLots(), false, seen(random, model));
    }

    private static long seen(Random random, Model model) {
        return random.nextInt(5) == 0 ? model.corrections - 1 : model.corrections;
    }

    /** A refund, or the begin or the end of a chargeback, as far as the sale allows it. */
    private static WalletCommand ofSale(Random random, UUID id, Instant at, Model model) {
        Sale sale = model.sales.get(random.nextInt(model.sales.size()));
        CoinsPurchased purchase = sale.event;
        long seen = seen(random, model);
        if (sale.open != null && random.nextBoolean()) {
            return new CloseChargeback(
                    id,
                    at,
                    purchase,
                    sale.open,
                    random.nextBoolean(),
                    sale.frozen,
                    sale.refunded,
                    seen);
        }
        if (!sale.isClosed() && random.nextBoolean()) {
            return new RefundPurchase(id, at, purchase, sale.frozen, 99, 33, "re", seen);
        }
        return sale.open != null || sale.lost
                ? grant(id, at)
                : new OpenChargeback(id, at, purchase, 99, 1_500, "dp", seen);
    }

    /** Debt that paid coins, or promo coins just granted, are there to pay. */
    private static long payable(Model model, ConfettiEvent event) {
        if (event instanceof GiftSent) {
            return 0;
        }
        long granted = event instanceof CoinEvent.CoinsGranted g ? g.coins() : 0;
        return Math.min(model.debt, model.paid() + granted);
    }

    private static boolean isAccepted(Model model, WalletCommand command) {
        return switch (command) {
            case AddPurchase _, GrantCoins _ -> true;
            case BlockWallet _ -> !model.blocked;
            case UnblockWallet _ -> model.blocked;
            case SetSpendingLimit set -> !Objects.equals(set.coinsPerDay(), model.chosenLast());
            case Correction correction -> correction.correctionsSeen() == model.corrections;
            case SendGift send ->
                    !model.blocked
                            && model.isWithinLimits(send)
                            && model.sends.stream()
                                            .map(Send::at)
                                            .filter(at -> at.isAfter(send.at().minusSeconds(1)))
                                            .count()
                                    < RULES.sendsPerSecond()
                            && send.unitCoins() * send.quantity() <= model.spendable();
        };
    }

    private static void apply(Model model, ConfettiEvent event, Instant at) {
        switch (event) {
            case CoinsPurchased bought -> {
                model.lots.put(bought.lotId(), bought.lotCoins());
                model.sales.add(new Sale(bought));
            }
            case CoinEvent.PurchaseRefunded refunded -> {
                Sale sale = model.saleOf(refunded.lotId());
                long left = model.lots.getOrDefault(refunded.lotId(), 0L);
                assertThat(refunded.coinsTaken()).isEqualTo(left + sale.frozen);
                assertThat(refunded.coinsTaken() + refunded.coinsOwed())
                        .isEqualTo(sale.event.lotCoins());
                sale.refunded = true;
                close(model, sale, refunded.coinsOwed());
            }
            case CoinDebtRecovered recovered -> {
                assertThat(recovered.lots())
                        .isEqualTo(
                                model.firstInFirstOut(recovered.coins() - recovered.promoCoins()));
                recovered.lots().forEach(s -> model.lots.merge(s.lotId(), -s.coins(), Long::sum));
                model.promo -= recovered.promoCoins();
                model.debt -= recovered.coins();
            }
            case ChargebackOpened opened -> {
                Sale sale = model.saleOf(opened.lotId());
                assertThat(opened.frozenCoins())
                        .isEqualTo(model.lots.getOrDefault(opened.lotId(), 0L));
                sale.open = opened;
                sale.frozen = opened.frozenCoins();
                model.lots.put(opened.lotId(), 0L);
                model.corrections++;
            }
            case CoinEvent.ChargebackWon won -> {
                Sale sale = model.saleOf(won.lotId());
                assertThat(won.coins()).isEqualTo(sale.frozen);
                model.lots.merge(won.lotId(), sale.frozen, Long::sum);
                sale.frozen = 0;
                sale.open = null;
                model.corrections++;
            }
            case CoinEvent.ChargebackLost lost -> {
                Sale sale = model.saleOf(lost.lotId());
                long gone = lost.frozenCoins() + lost.coinsTaken();
                assertThat(gone).isEqualTo(sale.frozen + model.lots.getOrDefault(lost.lotId(), 0L));
                assertThat(lost.coinsOwed())
                        .isEqualTo(sale.refunded ? 0 : sale.event.lotCoins() - gone);
                sale.lost = true;
                sale.open = null;
                close(model, sale, lost.coinsOwed());
            }
            case CoinEvent.CoinsGranted granted -> model.promo += granted.coins();
            case CoinEvent.WalletBlocked _ -> model.blocked = true;
            case CoinEvent.WalletUnblocked _ -> model.blocked = false;
            case SpendingLimitSet set -> {
                Long own = model.ownLimit(at);
                boolean isRaise =
                        own != null && (set.coinsPerDay() == null || set.coinsPerDay() > own);
                assertThat(set.effectiveAt())
                        .isEqualTo(isRaise ? at.plus(Duration.ofHours(24)) : at);
                model.choices.add(new Choice(set, at));
            }
            case GiftSent sent -> {
                long coins = sent.unitCoins() * sent.quantity();
                assertThat(sent.coins()).isEqualTo(coins);
                assertThat(sent.promoCoins()).isEqualTo(Math.min(model.promo, coins));
                assertThat(sent.lots()).isEqualTo(model.firstInFirstOut(coins - sent.promoCoins()));
                sent.lots().forEach(s -> model.lots.merge(s.lotId(), -s.coins(), Long::sum));
                model.promo -= sent.promoCoins();
                Optional<GiftSent> joined = model.joined(sent, at);
                assertThat(sent.comboId())
                        .isEqualTo(
                                joined.map(GiftSent::comboId)
                                        .orElseGet(
                                                () ->
                                                        EventIds.derived(
                                                                sent.giftSendId(), "combo")));
                assertThat(sent.comboCount())
                        .isEqualTo(joined.map(GiftSent::comboCount).orElse(0) + sent.quantity());
                model.sends.add(new Send(sent, at));
            }
            case GiftReversed back -> {
                long closed = 0;
                for (LotShare share : back.lots()) {
                    if (model.saleOf(share.lotId()).isClosed()) {
                        closed += share.coins();
                    } else {
                        model.lots.merge(share.lotId(), share.coins(), Long::sum);
                    }
                }
                assertThat(back.closedCoins()).isEqualTo(closed);
                assertThat(back.debtLowered()).isEqualTo(Math.min(model.debt, closed));
                model.debt -= back.debtLowered();
                model.promo += back.promoCoins();
                model.reversed.add(back.giftSendId());
                model.corrections++;
            }
            case CreatorEvent _, FinanceEvent _, LiveEvent _, PersonEvent _ ->
                    throw new AssertionError(event.toString());
        }
    }

    private static void close(Model model, Sale sale, long owed) {
        model.lots.put(sale.event.lotId(), 0L);
        sale.frozen = 0;
        model.debt += owed;
        model.corrections++;
    }
}

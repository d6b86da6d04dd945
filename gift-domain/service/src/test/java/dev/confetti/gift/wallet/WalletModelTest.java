package dev.confetti.gift.wallet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confetti.events.CoinEvent;
import dev.confetti.events.CoinEvent.CoinsPurchased;
import dev.confetti.events.ConfettiEvent;
import dev.confetti.events.GiftEvent.GiftReversed;
import dev.confetti.events.GiftEvent.GiftSent;
import dev.confetti.events.LiveEvent;
import dev.confetti.events.LotShare;
import dev.confetti.gift.wallet.WalletCommand.AddPurchase;
import dev.confetti.gift.wallet.WalletCommand.BlockWallet;
import dev.confetti.gift.wallet.WalletCommand.GrantCoins;
import dev.confetti.gift.wallet.WalletCommand.ReverseGift;
import dev.confetti.gift.wallet.WalletCommand.SendGift;
import dev.confetti.gift.wallet.WalletCommand.UnblockWallet;
import dev.confetti.gift.wallet.WalletDecision.Accepted;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Random lives of a wallet, against a model that knows only sums. */
class WalletModelTest {
    private static final int RUNS = 200;
    private static final int STEPS = 300;
    private static final SpendingRules RULES =
            new SpendingRules(5_000, 1, "USD", Duration.ofSeconds(10), 4);

    /** Coins by lot and in all; who sent what and when. */
    private static final class Model {
        final Map<UUID, Long> lots = new HashMap<>();
        final List<GiftSent> gifts = new ArrayList<>();
        final Set<UUID> reversed = new HashSet<>();
        final List<Instant> sends = new ArrayList<>();
        long promo;
        boolean blocked;

        long paid() {
            return lots.values().stream().mapToLong(Long::longValue).sum();
        }
    }

    @Test
    void noCoinIsInventedOrLost() {
        long seed = System.nanoTime();
        for (int run = 0; run < RUNS; run++) {
            long runSeed = seed + run;
            try {
                run(new Random(runSeed));
            } catch (RuntimeException | AssertionError e) {
                throw new AssertionError("seed " + runSeed, e);
            }
        }
    }

    private static void run(Random random) {
        Model model = new Model();
        WalletState wallet = WalletState.EMPTY;
        Instant now = Instant.parse("2026-01-01T00:00:00Z");
        for (int step = 0; step < STEPS; step++) {
            now = now.plusMillis(random.nextInt(600));
            WalletCommand command = command(random, new UUID(1, step), now, model);
            WalletDecision decision = WalletRules.decide(wallet, command, RULES);
            assertThat(decision instanceof Accepted)
                    .as("%s decided as %s", command, decision)
                    .isEqualTo(isAccepted(model, command));
            if (decision instanceof Accepted(ConfettiEvent event)) {
                wallet = wallet.evolve(event, now);
                apply(model, event, now);
            }
            assertThat(wallet.paidCoins()).isEqualTo(model.paid());
            assertThat(wallet.promoCoins()).isEqualTo(model.promo);
            assertThat(wallet.spendable()).isEqualTo(model.paid() + model.promo);
            assertThat(wallet.blocked()).isEqualTo(model.blocked);
            for (Lot lot : wallet.lots()) {
                assertThat(lot.coins()).isEqualTo(model.lots.get(lot.lotId()));
            }
        }
    }

    private static WalletCommand command(Random random, UUID id, Instant at, Model model) {
        return switch (random.nextInt(12)) {
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
                            "r");
            case 2 -> new GrantCoins(id, at, "v", 1 + random.nextInt(30));
            case 3 -> new BlockWallet(id, at, "v");
            case 4, 5 -> new UnblockWallet(id, at, "v");
            case 6 ->
                    model.gifts.isEmpty()
                            ? new GrantCoins(id, at, "v", 1)
                            : new ReverseGift(
                                    id,
                                    at,
                                    model.gifts.get(random.nextInt(model.gifts.size())),
                                    at);
            default ->
                    new SendGift(
                            id,
                            at,
                            "v",
                            "live",
                            "c",
                            "gift-" + random.nextInt(3),
                            "G",
                            1,
                            1 + random.nextInt(5),
                            1 + random.nextInt(15),
                            1);
        };
    }

    private static boolean isAccepted(Model model, WalletCommand command) {
        return switch (command) {
            case AddPurchase _, GrantCoins _ -> true;
            case BlockWallet _ -> !model.blocked;
            case UnblockWallet _ -> model.blocked;
            case ReverseGift reverse -> !model.reversed.contains(reverse.gift().giftSendId());
            case SendGift send ->
                    !model.blocked
                            && model.sends.stream()
                                            .filter(at -> at.isAfter(send.at().minusSeconds(1)))
                                            .count()
                                    < RULES.sendsPerSecond()
                            && send.unitCoins() * send.quantity() <= model.paid() + model.promo;
        };
    }

    private static void apply(Model model, ConfettiEvent event, Instant at) {
        switch (event) {
            case CoinsPurchased bought -> model.lots.put(bought.lotId(), bought.lotCoins());
            case CoinEvent.CoinsGranted granted -> model.promo += granted.coins();
            case CoinEvent.WalletBlocked _ -> model.blocked = true;
            case CoinEvent.WalletUnblocked _ -> model.blocked = false;
            case GiftSent sent -> {
                long coins = sent.promoCoins();
                for (LotShare share : sent.lots()) {
                    coins += share.coins();
                    model.lots.merge(share.lotId(), -share.coins(), Long::sum);
                }
                assertThat(coins).isEqualTo(sent.coins());
                assertThat(sent.coins()).isEqualTo(sent.unitCoins() * sent.quantity());
                assertThat(model.lots.values()).allMatch(left -> left >= 0);
                model.promo -= sent.promoCoins();
                // Promo goes first: paid coins are touched only when none is left.
                assertThat(sent.lots().isEmpty() || model.promo == 0).isTrue();
                model.gifts.add(sent);
                model.sends.add(at);
            }
            case GiftReversed back -> {
                back.lots().forEach(s -> model.lots.merge(s.lotId(), s.coins(), Long::sum));
                model.promo += back.promoCoins();
                model.reversed.add(back.giftSendId());
            }
            case LiveEvent live -> throw new AssertionError(live.toString());
        }
    }
}

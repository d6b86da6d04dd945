package dev.confetti.simulation.model;

import dev.confetti.simulation.model.Command.Grant;
import dev.confetti.simulation.model.Command.Limit;
import dev.confetti.simulation.model.Command.LookAtGifts;
import dev.confetti.simulation.model.Command.LookAtPurchases;
import dev.confetti.simulation.model.Command.LookAtWallet;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Everybody's wallet: what is in it, who may spend it, and its history. */
final class Wallets {
    private final Rules rules;
    private final Journal journal;
    private final Map<String, Wallet> all = new TreeMap<>();

    Wallets(Rules rules, Journal journal) {
        this.rules = rules;
        this.journal = journal;
    }

    /** One that nobody has seen is empty. */
    Wallet of(String viewer) {
        return all.computeIfAbsent(viewer, Wallet::new);
    }

    /** Everybody who ever did anything. */
    List<String> viewers() {
        return List.copyOf(all.keySet());
    }

    Facts look(LookAtWallet look) {
        return of(look.viewer()).shown(journal.now(), rules);
    }

    Facts grant(Grant grant) {
        if (grant.coins() < 1 || grant.coins() > 1_000_000_000) {
            return Economy.coinsOutOfRange(grant.coins(), 1, 1_000_000_000);
        }
        Wallet wallet = of(grant.viewer());
        Name name = journal.named("grant");
        return journal.append(
                grant,
                wallet,
                new Facts("coins-granted").with("grant", name).with("coins", grant.coins()),
                Economy.done()
                        .with("grant", name)
                        .with("viewer", grant.viewer())
                        .with("coins", grant.coins())
                        .with("position", journal.nextPosition()),
                () -> {
                    wallet.promoCoins += grant.coins();
                    return wallet.recover(journal, grant.coins());
                });
    }

    Facts block(String viewer, boolean blocked) {
        Wallet wallet = of(viewer);
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

    Facts limit(Limit set) {
        Instant now = journal.now();
        Long wanted = set.coinsPerDay();
        if (wanted != null && (wanted < 0 || wanted > 100_000_000_000_000L)) {
            return Economy.coinsOutOfRange(wanted, 0, 100_000_000_000_000L);
        }
        Wallet wallet = of(set.viewer());
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

    Facts gifts(LookAtGifts look) {
        List<SentGift> latestFirst = of(look.viewer()).gifts.reversed();
        Facts history = new Facts("gifts");
        for (int i = 0; i < Math.min(look.limit(), latestFirst.size()); i++) {
            history = latestFirst.get(i).inHistory(history, i);
        }
        return history.with("more", latestFirst.size() > look.limit());
    }

    Facts purchases(LookAtPurchases look) {
        List<Purchase> latestFirst = of(look.viewer()).purchases.reversed();
        Facts history = new Facts("purchases");
        for (int i = 0; i < Math.min(look.limit(), latestFirst.size()); i++) {
            for (var each : latestFirst.get(i).inHistory().values().entrySet()) {
                history = history.with(i + "." + each.getKey(), each.getValue());
            }
        }
        return history.with("more", latestFirst.size() > look.limit());
    }

    /** Coins of a viewer, by kind; a debt is below 0. */
    Map<String, Long> coinsOf(String viewer) {
        Wallet wallet = of(viewer);
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
}

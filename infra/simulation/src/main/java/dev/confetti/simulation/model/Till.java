package dev.confetti.simulation.model;

import dev.confetti.simulation.model.Command.Buy;
import dev.confetti.simulation.model.Command.CloseDispute;
import dev.confetti.simulation.model.Command.OpenDispute;
import dev.confetti.simulation.model.Command.Refund;
import dev.confetti.simulation.model.Purchase.Dispute;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Coins for money, and the money back. */
final class Till {
    private static final long DISPUTE_FEE_MINOR = 1_500;

    private final Rules rules;
    private final Journal journal;
    private final Wallets wallets;
    private final Receivable receivable;
    private final Map<Name, Purchase> purchases = new LinkedHashMap<>();

    Till(Rules rules, Journal journal, Wallets wallets, Receivable receivable) {
        this.rules = rules;
        this.journal = journal;
        this.wallets = wallets;
        this.receivable = receivable;
    }

    List<Name> purchases() {
        return List.copyOf(purchases.keySet());
    }

    @Nullable Purchase find(Name name) {
        return purchases.get(name);
    }

    /** How many of a viewer's purchases are disputed. */
    long openDisputes(String viewer) {
        return purchases.values().stream()
                .filter(each -> each.wallet.viewer.equals(viewer) && each.open != null)
                .count();
    }

    Facts buy(Buy buy) {
        Rules.Bundle bought = rules.packages().get(buy.packageId());
        if (bought == null) {
            return new Facts("unknown-package");
        }
        if (!buy.provider().equals("sandbox")) {
            return new Facts("unknown-provider");
        }
        Wallet wallet = wallets.of(buy.caller());
        Purchase purchase =
                new Purchase(
                        journal.named("purchase"),
                        wallet,
                        wallet.purchasesMade + 1,
                        buy.packageId(),
                        bought,
                        journal.nextPosition());
        return journal.append(
                buy,
                wallet,
                purchase.about("coins-purchased")
                        .with("coins", bought.coins())
                        .with("bonusCoins", bought.bonusCoins())
                        .with("priceMinor", bought.priceMinor()),
                Economy.done().with("purchase", purchase.name).with("status", "completed"),
                () -> {
                    purchases.put(purchase.name, purchase);
                    wallet.purchases.add(purchase);
                    receivable.paid(purchase);
                    wallet.purchasesMade = purchase.number;
                    wallet.lots.put(purchase.number, purchase.coins());
                    return wallet.recover(journal, 0);
                });
    }

    Facts refund(Refund refund) {
        Purchase purchase = purchases.get(refund.purchase());
        if (purchase == null) {
            return new Facts("unknown-purchase");
        }
        if (purchase.refunded) {
            return new Facts("already-refunded");
        }
        if (purchase.isLost()) {
            return new Facts("already-charged-back");
        }
        if (purchase.open != null) {
            return new Facts("chargeback-open");
        }
        long taken = purchase.left() + purchase.frozen;
        long owed = purchase.coins() - taken;
        Name name = journal.named("refund");
        Wallet wallet = purchase.wallet;
        return journal.append(
                refund,
                wallet,
                purchase.about("purchase-refunded")
                        .with("refund", name)
                        .with("coinsTaken", taken)
                        .with("frozenCoins", purchase.frozen)
                        .with("coinsOwed", owed)
                        .with("amountMinor", purchase.bundle.priceMinor()),
                Economy.done()
                        .with("refund", name)
                        .with("purchase", purchase.name)
                        .with("coinsTaken", taken)
                        .with("coinsOwed", owed)
                        .with("position", journal.nextPosition()),
                () -> {
                    purchase.refunded = true;
                    receivable.refunded(purchase);
                    return close(purchase, owed);
                });
    }

    /** The purchase's coins are gone, those that were spent are owed. */
    private List<Facts> close(Purchase purchase, long owed) {
        Wallet wallet = purchase.wallet;
        wallet.lots.remove(purchase.number);
        wallet.frozen -= purchase.frozen;
        purchase.frozen = 0;
        wallet.debt += owed;
        wallet.corrections++;
        return wallet.recover(journal, 0);
    }

    Facts open(OpenDispute notice) {
        Purchase purchase = purchases.get(notice.purchase());
        return purchase == null
                ? new Facts("unknown-purchase")
                : open(purchase, notice.reference());
    }

    private Facts open(Purchase purchase, String reference) {
        if (purchase.disputes.containsKey(reference)) {
            return new Facts("repeated");
        }
        if (purchase.open != null || purchase.isLost()) {
            return new Facts("contradicted");
        }
        Dispute dispute = new Dispute(journal.named("chargeback"));
        Wallet wallet = purchase.wallet;
        return journal.append(
                null,
                wallet,
                purchase.about("chargeback-opened")
                        .with("chargeback", dispute.name)
                        .with("frozenCoins", purchase.left())
                        .with("amountMinor", purchase.bundle.priceMinor())
                        .with("feeMinor", DISPUTE_FEE_MINOR),
                new Facts("recorded"),
                () -> {
                    purchase.disputes.put(reference, dispute);
                    receivable.disputed(reference, purchase.bundle.priceMinor(), DISPUTE_FEE_MINOR);
                    purchase.open = dispute;
                    purchase.last = dispute;
                    purchase.frozen = purchase.left();
                    wallet.frozen += purchase.frozen;
                    wallet.lots.remove(purchase.number);
                    wallet.corrections++;
                    return List.of();
                });
    }

    Facts close(CloseDispute notice) {
        Purchase purchase = purchases.get(notice.purchase());
        if (purchase == null) {
            return new Facts("unknown-purchase");
        }
        Facts opened = open(purchase, notice.reference());
        Dispute dispute = purchase.disputes.get(notice.reference());
        if (opened.equals(Facts.OUTCOME_UNKNOWN) || dispute == null) {
            return opened;
        }
        String end = notice.won() ? "won" : "lost";
        if (!dispute.state.equals("open")) {
            return new Facts(dispute.state.equals(end) ? "repeated" : "contradicted");
        }
        return notice.won() ? win(purchase, dispute, notice.reference()) : lose(purchase, dispute);
    }

    private Facts win(Purchase purchase, Dispute dispute, String reference) {
        Wallet wallet = purchase.wallet;
        return journal.append(
                null,
                wallet,
                purchase.about("chargeback-won")
                        .with("chargeback", dispute.name)
                        .with("coins", purchase.frozen),
                new Facts("recorded"),
                () -> {
                    end(purchase, dispute, "won");
                    receivable.won(reference, purchase.bundle.priceMinor());
                    if (purchase.frozen > 0) {
                        wallet.lots.merge(purchase.number, purchase.frozen, Long::sum);
                    }
                    wallet.frozen -= purchase.frozen;
                    purchase.frozen = 0;
                    wallet.corrections++;
                    return wallet.recover(journal, 0);
                });
    }

    private Facts lose(Purchase purchase, Dispute dispute) {
        long left = purchase.left();
        long owed = purchase.refunded ? 0 : purchase.coins() - purchase.frozen - left;
        return journal.append(
                null,
                purchase.wallet,
                purchase.about("chargeback-lost")
                        .with("chargeback", dispute.name)
                        .with("frozenCoins", purchase.frozen)
                        .with("coinsTaken", left)
                        .with("coinsOwed", owed),
                new Facts("recorded"),
                () -> {
                    end(purchase, dispute, "lost");
                    receivable.lost(purchase.bundle.priceMinor());
                    return close(purchase, owed);
                });
    }

    private static void end(Purchase purchase, Dispute dispute, String state) {
        dispute.state = state;
        purchase.open = null;
    }
}

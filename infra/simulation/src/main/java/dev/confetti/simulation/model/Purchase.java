package dev.confetti.simulation.model;

import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Coins that were bought, and what became of the money. */
final class Purchase {
    final Name name;
    final Wallet wallet;
    final int number;
    final String packageId;
    final Rules.Bundle bundle;
    final long position;

    /** Disputes by the provider's name. */
    final TreeMap<String, Dispute> disputes = new TreeMap<>();

    long frozen;
    boolean refunded;

    /** The dispute that is open. */
    @Nullable Dispute open;

    @Nullable Dispute last;

    Purchase(
            Name name,
            Wallet wallet,
            int number,
            String packageId,
            Rules.Bundle bundle,
            long position) {
        this.name = name;
        this.wallet = wallet;
        this.number = number;
        this.packageId = packageId;
        this.bundle = bundle;
        this.position = position;
    }

    /** A bank's dispute: open, won or lost. */
    static final class Dispute {
        final Name name;
        String state = "open";

        Dispute(Name name) {
            this.name = name;
        }
    }

    boolean isLost() {
        return disputes.values().stream().anyMatch(dispute -> dispute.state.equals("lost"));
    }

    boolean isClosed() {
        return refunded || isLost();
    }

    long coins() {
        return bundle.coins() + bundle.bonusCoins();
    }

    /** What the provider keeps: 2.9 % and 30 cents, no more than the price. */
    long commissionMinor() {
        return Math.min(bundle.priceMinor(), (bundle.priceMinor() * 29 + 500) / 1_000 + 30);
    }

    long left() {
        return wallet.lots.getOrDefault(number, 0L);
    }

    Facts about(String type) {
        return new Facts(type)
                .with("purchase", name)
                .with("lot", Wallet.lotName(wallet.viewer, number));
    }

    Facts inHistory() {
        return new Facts("purchase")
                .with("purchase", name)
                .with("package", packageId)
                .with("coins", bundle.coins())
                .with("status", isLost() ? "charged-back" : refunded ? "refunded" : "completed")
                .with("chargeback", last == null ? null : last.state)
                .with("position", position);
    }
}

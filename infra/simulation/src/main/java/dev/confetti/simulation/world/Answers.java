package dev.confetti.simulation.world;

import dev.confetti.gift.catalogue.PriceChange;
import dev.confetti.gift.command.OnceOnly.Answer;
import dev.confetti.gift.http.Page;
import dev.confetti.gift.live.LiveDecision;
import dev.confetti.gift.purchase.Chargebacks.Effect;
import dev.confetti.gift.purchase.Purchase;
import dev.confetti.gift.purchase.Purchases.Bought;
import dev.confetti.gift.purchase.Refunds.Refunded;
import dev.confetti.gift.sending.GiftSends.Sent;
import dev.confetti.gift.sending.GiftSends.SentGift;
import dev.confetti.gift.sending.Reversals.Reversed;
import dev.confetti.gift.sending.WalletDesk.BlockState;
import dev.confetti.gift.sending.WalletDesk.Granted;
import dev.confetti.gift.wallet.Lot;
import dev.confetti.gift.wallet.OwnLimit;
import dev.confetti.gift.wallet.SpendingRules;
import dev.confetti.gift.wallet.WalletState;
import dev.confetti.simulation.model.Facts;
import java.time.Instant;
import java.util.Locale;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** What the service answers, in the model's words. */
final class Answers {
    private Answers() {}

    static Facts done(Answer<?> answer) {
        return new Facts("done").with("repeated", answer.repeated());
    }

    static Facts bought(Answer<Bought> answer) {
        return done(answer)
                .with("purchase", answer.body().purchaseId())
                .with("status", answer.body().status());
    }

    static Facts granted(Answer<Granted> answer) {
        return done(answer)
                .with("grant", answer.body().grantId())
                .with("viewer", answer.body().viewerId())
                .with("coins", answer.body().coins())
                .with("position", answer.body().position());
    }

    static Facts sent(Answer<Sent> answer) {
        Sent sent = answer.body();
        return done(answer)
                .with("gift", sent.giftSendId())
                .with("coins", sent.coins())
                .with("spendable", sent.spendable())
                .with("combo", sent.comboId())
                .with("comboCount", sent.comboCount())
                .with("comboEndsAt", sent.comboEndsAt())
                .with("position", sent.position());
    }

    static Facts reversed(Answer<Reversed> answer) {
        return done(answer)
                .with("gift", answer.body().giftSendId())
                .with("viewer", answer.body().viewerId())
                .with("coins", answer.body().coins())
                .with("position", answer.body().position());
    }

    static Facts refunded(Answer<Refunded> answer) {
        return done(answer)
                .with("refund", answer.body().refundId())
                .with("purchase", answer.body().purchaseId())
                .with("coinsTaken", answer.body().coinsTaken())
                .with("coinsOwed", answer.body().coinsOwed())
                .with("position", answer.body().position());
    }

    static Facts effect(Effect effect) {
        return new Facts(effect.name().toLowerCase(Locale.ROOT).replace('_', '-'));
    }

    static Facts scheduled(Answer<PriceChange> answer) {
        PriceChange change = answer.body();
        return done(answer)
                .with("price", change.priceId())
                .with("giftId", change.giftId())
                .with("coins", change.coins())
                .with("effectiveAt", change.effectiveAt())
                .with("scheduledAt", change.scheduledAt());
    }

    static Facts blocked(BlockState state) {
        return new Facts("done").with("viewer", state.viewerId()).with("blocked", state.blocked());
    }

    static Facts decided(LiveDecision decision) {
        return switch (decision) {
            case LiveDecision.Accepted _ -> new Facts("accepted");
            case LiveDecision.Unchanged _ -> new Facts("unchanged");
            case LiveDecision.Unknown _ -> new Facts("unknown");
            case LiveDecision.Ended _ -> new Facts("ended");
        };
    }

    static Facts wallet(WalletState wallet, Instant now, SpendingRules rules) {
        OwnLimit own = wallet.ownLimit().at(now);
        OptionalLong most = wallet.coinsPerDay(now, rules);
        return new Facts("wallet")
                .with("promo", wallet.promoCoins())
                .with("paid", wallet.paidCoins())
                .with("lots", wallet.lots().stream().map(Lot::coins).toList())
                .with("spendable", wallet.spendable())
                .with("blocked", wallet.blocked())
                .with("sentToday", wallet.coinsSentToday(now))
                .with("limit", most.isPresent() ? most.getAsLong() : null)
                .with("ownLimit", own.coinsPerDay())
                .with("pendingLimit", pendingLimit(own))
                .with("pendingAt", own.pending() == null ? null : own.pending().effectiveAt())
                .with("frozen", wallet.frozenCoins())
                .with("debt", wallet.debtCoins())
                .with("corrections", wallet.corrections());
    }

    private static @Nullable String pendingLimit(OwnLimit own) {
        return own.pending() == null ? null : String.valueOf(own.pending().coinsPerDay());
    }

    static Facts gifts(Page<SentGift> page) {
        Facts history = new Facts("gifts");
        for (int i = 0; i < page.items().size(); i++) {
            SentGift gift = page.items().get(i);
            String at = i + ".";
            history =
                    history.with(at + "gift", gift.giftSendId())
                            .with(at + "live", gift.liveId())
                            .with(at + "creator", gift.creatorId())
                            .with(at + "giftId", gift.giftId())
                            .with(at + "giftName", gift.giftName())
                            .with(at + "tier", gift.tier())
                            .with(at + "quantity", gift.quantity())
                            .with(at + "coins", gift.coins())
                            .with(at + "combo", gift.comboId())
                            .with(at + "comboCount", gift.comboCount())
                            .with(at + "sentAt", gift.sentAt())
                            .with(at + "reversed", gift.reversed())
                            .with(at + "position", gift.position());
        }
        return history.with("more", page.nextCursor() != null);
    }

    static Facts purchases(Page<Purchase> page) {
        Facts history = new Facts("purchases");
        for (int i = 0; i < page.items().size(); i++) {
            Purchase purchase = page.items().get(i);
            history =
                    history.with(i + ".purchase", purchase.purchaseId())
                            .with(i + ".package", purchase.packageId())
                            .with(i + ".coins", purchase.coins())
                            .with(i + ".status", purchase.status())
                            .with(i + ".chargeback", purchase.chargeback())
                            .with(i + ".position", purchase.position());
        }
        return history.with("more", page.nextCursor() != null);
    }
}

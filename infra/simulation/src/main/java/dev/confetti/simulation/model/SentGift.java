package dev.confetti.simulation.model;

import java.time.Instant;
import java.util.SortedMap;
import java.util.TreeMap;

/** A gift that was sent. */
final class SentGift {
    final Name name;
    final String viewer;
    final Name live;
    final String creator;
    final String giftId;
    final Rules.Article article;
    final int quantity;
    final long coins;
    final long promoCoins;
    final Combo combo;
    final Instant sentAt;
    final long position;

    /** Paid coins by the number of the lot that they came from. */
    final SortedMap<Integer, Long> lots;

    boolean reversed;

    /** In 0.0001. */
    final long diamonds;

    SentGift(
            Name name,
            String viewer,
            Name live,
            String creator,
            String giftId,
            Rules.Article article,
            int quantity,
            long coins,
            long promoCoins,
            SortedMap<Integer, Long> lots,
            Combo combo,
            Instant sentAt,
            long diamonds,
            long position) {
        this.name = name;
        this.viewer = viewer;
        this.live = live;
        this.creator = creator;
        this.giftId = giftId;
        this.article = article;
        this.quantity = quantity;
        this.coins = coins;
        this.promoCoins = promoCoins;
        this.lots = new TreeMap<>(lots);
        this.combo = combo;
        this.sentAt = sentAt;
        this.diamonds = diamonds;
        this.position = position;
    }

    /** A run of one gift in one live. */
    record Combo(Name name, long count, Instant endsAt) {}

    /** In its sender's history. */
    Facts inHistory(Facts history, int place) {
        String at = place + ".";
        return history.with(at + "gift", name)
                .with(at + "live", live)
                .with(at + "creator", creator)
                .with(at + "giftId", giftId)
                .with(at + "giftName", article.name())
                .with(at + "tier", article.tier())
                .with(at + "quantity", quantity)
                .with(at + "coins", coins)
                .with(at + "combo", combo.name())
                .with(at + "comboCount", combo.count())
                .with(at + "sentAt", sentAt)
                .with(at + "reversed", reversed)
                .with(at + "position", position);
    }

    /** As an event, with what a reversal repeats of it. */
    Facts inLog(String type) {
        Facts facts =
                new Facts(type)
                        .with("gift", name)
                        .with("viewer", viewer)
                        .with("live", live)
                        .with("creator", creator)
                        .with("giftId", giftId)
                        .with("coins", coins)
                        .with("promoCoins", promoCoins);
        int place = 0;
        for (var share : lots.entrySet()) {
            facts =
                    facts.with("lot " + place, Wallet.lotName(viewer, share.getKey()))
                            .with("lot " + place + " coins", share.getValue());
            place++;
        }
        return facts;
    }
}

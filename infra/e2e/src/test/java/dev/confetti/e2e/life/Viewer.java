package dev.confetti.e2e.life;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confetti.gift.Http.Response;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Somebody who buys coins and sends gifts. */
final class Viewer {
    /** A gift of one coin, so that a send's quantity is what it costs. */
    static final String ONE_COIN = "ant";

    private final LifeStage stage;
    private final String id;
    private final String token;

    Viewer(LifeStage stage, String id) {
        this.stage = stage;
        this.id = id;
        this.token = stage.token(id, "viewer");
    }

    String id() {
        return id;
    }

    String token() {
        return token;
    }

    /** Where the viewer gets coins for money. */
    CoinShop shop() {
        return new CoinShop(stage, token);
    }

    /** Sends gifts for so many coins, in one send; the send's id. */
    String sent(String liveId, int coins) {
        return stage.done("/v1/gift-sends", token, gifts(liveId, coins)).text("giftSendId");
    }

    /** The same where it may be refused. */
    Response sends(String key, String liveId, int coins) {
        return stage.http().post("/v1/gift-sends", token, key, gifts(liveId, coins));
    }

    private static Map<String, Object> gifts(String liveId, int coins) {
        return Map.of("liveId", liveId, "giftId", ONE_COIN, "quantity", coins);
    }

    /** What the service says of the wallet. */
    JsonNode wallet() {
        return stage.http().get("/v1/wallet", token).json();
    }

    /** Service and ledger say the same of the coins. */
    void assertCoins(BookedEntries ledger, long paid, long promo, long frozen, long debt) {
        JsonNode wallet = wallet();
        assertThat(wallet.path("coins"))
                .hasToString(
                        "{\"paid\":%d,\"promo\":%d,\"frozen\":%d,\"debt\":%d}"
                                .formatted(paid, promo, frozen, debt));
        assertThat(wallet.path("spendable").asLong()).isEqualTo(Math.max(0, paid + promo - debt));
        ledger.awaitAll();
        Map<String, String> booked = ledger.balances("viewer:" + id + ":coin:");
        Map.of("paid", paid, "promo", promo, "frozen", frozen, "debt", -debt)
                .forEach(
                        (kind, coins) ->
                                assertThat(booked.getOrDefault(kind, "0"))
                                        .as(kind)
                                        .isEqualTo(coins.toString()));
    }
}

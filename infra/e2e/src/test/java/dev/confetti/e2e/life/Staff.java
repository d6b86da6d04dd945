package dev.confetti.e2e.life;

import dev.confetti.gift.Http.Response;
import java.util.Map;
import java.util.UUID;

/** Those who work for the platform: an admin, and two of finance. */
final class Staff {
    private final LifeStage stage;
    private final String admin;
    private final String maker;
    private final String checker;

    Staff(LifeStage stage) {
        this.stage = stage;
        this.admin = stage.token("admin", "admin");
        this.maker = stage.token("fin-1", "finance");
        this.checker = stage.token("fin-2", "finance");
    }

    /** Whoever of finance begins something. */
    String maker() {
        return maker;
    }

    /** Another person of finance. */
    String checker() {
        return checker;
    }

    /** Gives promo coins. */
    void grant(String viewerId, int coins) {
        stage.done(
                "/v1/wallets/" + viewerId + "/grants",
                admin,
                Map.of("coins", coins, "reason", "goodwill"));
    }

    /** Takes a gift back. */
    void reverse(String giftSendId) {
        stage.done("/v1/gift-sends/" + giftSendId + "/reverse", maker, Map.of("reason", "fraud"));
    }

    /**
     * Asks for a refund, which may be refused.
     *
     * @param token whose of finance
     */
    Response refund(String token, String key, UUID purchase, String reason) {
        return stage.http()
                .post(
                        "/v1/coin-purchases/" + purchase + "/refund",
                        token,
                        key,
                        Map.of("reason", reason));
    }

    /** One asks, the other approves. */
    void byTwo(String path, String idField, Map<String, String> asked) {
        String id = stage.done(path, maker, asked).text(idField);
        stage.done(path + "/" + id + "/approve", checker, Map.of());
    }
}

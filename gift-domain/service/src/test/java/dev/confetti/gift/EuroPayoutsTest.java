package dev.confetti.gift;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confetti.gift.EarningsStage.Star;
import dev.confetti.gift.Http.Response;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Payouts in euro, which go by SEPA credit transfer. */
class EuroPayoutsTest {
    private static final SetClock clock = SetClock.nearNow();

    @Test
    void anAccountOutsideOfSepaIsRefusedAndOneInsideIsTaken() {
        try (EarningsStage stage =
                new EarningsStage(
                        clock,
                        "confetti.policy.earningsHold=PT0S",
                        "confetti.policy.payoutCurrency=EUR",
                        "confetti.policy.payoutMinimumDiamonds=100")) {
            Star star = stage.freshStar();
            stage.send(star.liveId(), "ant", 400);
            clock.set(clock.instant().plusSeconds(2));
            stage.work();
            Response brazil = request(stage, star, "BR1800360305000010009795493C1");
            assertThat(brazil.status()).as(brazil.toString()).isEqualTo(400);
            assertThat(brazil.text("detail")).contains("a SEPA country").endsWith("one in BR");
            assertThat(request(stage, star, "DE89370400440532013000").status()).isEqualTo(201);
        }
    }

    private static Response request(EarningsStage stage, Star star, String iban) {
        return stage.service()
                .http()
                .post(
                        "/v1/payouts",
                        star.token(),
                        stage.next("p"),
                        Map.of(
                                "diamonds",
                                "100",
                                "destination",
                                Map.of("iban", iban, "name", "Ada")));
    }
}

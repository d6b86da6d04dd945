package dev.confetti.e2e.life;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confetti.gift.Http.Response;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What providers and the bank say they owe or have, beside the books. */
class SettlementsTest extends LifeCases {
    /**
     * Stripe pays 0.01 less for one movement than was booked, and 3.00 that nobody knows; a payout
     * is with the bank.
     */
    @Test
    void whatProvidersOweAndWhatIsWithTheBankIsWhatTheBooksSay() {
        beginOn("2026-12-01");
        Viewer viewer = new Viewer(stage, "v-11");
        bought(viewer);
        bought(viewer);
        ledger.awaitAll();
        JsonNode owed = reconciliation.owed("stripe").getFirst();
        long grossMinor = owed.path("grossMinor").asLong();
        long feeMinor = owed.path("feeMinor").asLong() + 1;
        Response settled =
                stage.http()
                        .call(
                                "POST",
                                "/v1/provider-settlements/stripe",
                                staff.maker(),
                                null,
                                "text/csv",
                                """
                                reference,date,kind,providerReference,currency,gross,fee,net
                                po_11,2026-12-01,%s,%s,USD,%s,%s,%s
                                po_11,2026-12-01,purchase,pi_nobody,USD,3.00,0.00,3.00
                                """
                                        .formatted(
                                                owed.path("kind").asString(),
                                                owed.path("reference").asString(),
                                                decimal(grossMinor),
                                                decimal(feeMinor),
                                                decimal(grossMinor - feeMinor)));
        assertThat(settled.status()).as(settled.toString()).isEqualTo(201);
        reconciliation.assertAsBooked(0);
        assertThat(reconciliation.odd().stream().map(each -> each.path("finding").asString()))
                .containsExactlyInAnyOrder("other-fee", "unknown-reference");
        assertThat(reconciliation.owed("stripe"))
                .hasSize(1)
                .noneMatch(each -> each.path("reference").equals(owed.path("reference")));

        Creator creator = new Creator(stage, "c-11");
        earn(viewer, creator.live(), 400);
        stage.at("2026-12-10T12:00");
        creator.awaitAvailable("200.0000");
        creator.payouts(staff).sent("200");
        reconciliation.assertAsBooked(0);
        // 2.00 less 10% and 0.25.
        assertThat(ledger.balances("1030:payouts-in-transit")).containsEntry("", "-1.550000");
    }

    private static String decimal(long minor) {
        return BigDecimal.valueOf(minor, 2).toPlainString();
    }
}

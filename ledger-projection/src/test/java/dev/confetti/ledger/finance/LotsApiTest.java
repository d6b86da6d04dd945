package dev.confetti.ledger.finance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confetti.ledger.Samples;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** Lots of the hand-worked example. */
@ExtendWith(OneFinanceService.class)
class LotsApiTest {
    private final FinanceService service;

    LotsApiTest(FinanceService service) {
        this.service = service;
    }

    @Test
    void lotsShowHowMuchOfEachIsSpent() throws Exception {
        JsonNode lots = service.read("/lots?viewer=42");
        assertThat(lots.path("lots")).hasSize(2);
        JsonNode spent = lots.at("/lots/0");
        assertThat(spent.path("purchaseId").asString()).isEqualTo(Samples.id(1).toString());
        assertThat(spent.path("recordedAt").asString()).isEqualTo("2026-01-01T00:00:01Z");
        assertThat(spent.path("used").asLong()).isEqualTo(1_050);
        assertThat(spent.path("left").asLong()).isZero();
        assertThat(spent.path("price").asString()).isEqualTo("10.000000");
        assertThat(spent.path("recognised").asString()).isEqualTo("10.000000");
        JsonNode spentOnes = service.read("/lots?viewer=42&state=spent").path("lots");
        assertThat(spentOnes).hasSize(1);
        assertThat(spentOnes.at("/0/lotId").asString()).isEqualTo(Samples.id(1).toString());
        JsonNode openOnes = service.read("/lots?viewer=42&state=open").path("lots");
        assertThat(openOnes).hasSize(1);
        assertThat(openOnes.at("/0/lotId").asString()).isEqualTo(Samples.id(2).toString());
        // 2,100 coins for 20 dollars; 649 of them are spent: 20 × 649 / 2,100.
        JsonNode open = service.read("/lots/" + Samples.id(2));
        assertThat(open.path("left").asLong()).isEqualTo(1_451);
        assertThat(open.path("recognised").asString()).isEqualTo("6.180952");
        assertThat(open.path("uses")).hasSize(3);
        assertThat(open.at("/uses/0/entryId").asLong()).isEqualTo(5);
        assertThat(open.at("/uses/1/coins").asLong()).isEqualTo(100);
        assertThat(open.at("/uses/2/coins").asLong()).isEqualTo(-100);
        assertThat(open.at("/uses/2/type").asString()).isEqualTo("confetti.gift-reversed.v1");
        JsonNode page = service.read("/lots?limit=1&to=position:2");
        assertThat(page.at("/lots/0/lotId").asString()).isEqualTo(Samples.id(1).toString());
        JsonNode next =
                service.read(
                        "/lots?limit=1&to=position:2&cursor=" + page.path("nextCursor").asString());
        assertThat(next.at("/lots/0/lotId").asString()).isEqualTo(Samples.id(2).toString());
        assertThat(next.path("nextCursor").isNull()).isTrue();
        JsonNode uses = service.read("/lots/" + Samples.id(2) + "?limit=2");
        JsonNode rest =
                service.read(
                        "/lots/"
                                + Samples.id(2)
                                + "?limit=2&cursor="
                                + uses.path("nextCursor").asString());
        assertThat(rest.path("uses")).hasSize(1);
        assertThat(rest.at("/uses/0/coins").asLong()).isEqualTo(-100);
        assertThat(rest.path("nextCursor").isNull()).isTrue();
        assertThat(service.read("/lots?viewer=42&currency=USD").path("lots")).hasSize(2);
        assertThat(service.read("/lots?viewer=42&currency=EUR").path("lots")).isEmpty();
    }
}

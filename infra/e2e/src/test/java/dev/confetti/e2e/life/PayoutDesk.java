package dev.confetti.e2e.life;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confetti.gift.Eventually;
import dev.confetti.gift.Http.Response;
import dev.confetti.gift.bank.FakeBank;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Set;

/** What a creator earned, on its way to the bank and back. */
final class PayoutDesk {
    private final LifeStage stage;
    private final String creatorId;
    private final String creator;
    private final String finance;

    PayoutDesk(LifeStage stage, String creatorId, String creatorToken, String financeToken) {
        this.stage = stage;
        this.creatorId = creatorId;
        this.creator = creatorToken;
        this.finance = financeToken;
    }

    /** Waits until that many diamonds can be paid out. */
    void awaitAvailable(String diamonds) {
        Eventually.until(
                diamonds + " diamonds to be released",
                () ->
                        stage.http()
                                .get("/v1/creators/" + creatorId + "/earnings", creator)
                                .json()
                                .at("/diamonds/available")
                                .asString()
                                .equals(diamonds));
    }

    /** A payout that the bank has got. */
    record Sent(String payoutId, FakeBank bank) {}

    /** The creator asks, finance agrees and sends it, alone in its file. */
    Sent sent(String diamonds) {
        String id =
                stage.done(
                                "/v1/payouts",
                                creator,
                                Map.of(
                                        "diamonds",
                                        diamonds,
                                        "destination",
                                        Map.of(
                                                "iban",
                                                "DE89370400440532013000",
                                                "name",
                                                "Ada Lovelace")))
                        .text("payoutId");
        stage.done("/v1/payouts/" + id + "/approve", finance, Map.of());
        Response batch = stage.done("/v1/payout-batches", finance, null);
        assertStatus(id, "sent");
        Response file = stage.http().get(batch.text("file"), finance);
        assertThat(file.status()).as(file.toString()).isEqualTo(200);
        return new Sent(id, FakeBank.given(file.body().getBytes(StandardCharsets.UTF_8)));
    }

    /** The bank paid: a debit in its statement, camt.053. */
    void settled(Sent payout) {
        tell(payout.bank().settles(today()));
        assertStatus(payout.payoutId(), "settled");
    }

    /** The bank refused: pain.002. */
    void rejected(Sent payout) {
        tell(payout.bank().rejects(Map.of(onlyTransfer(payout), "AC04")));
        assertStatus(payout.payoutId(), "failed");
    }

    /** It came back, less the bank's charges: a credit in its statement, camt.053. */
    void returned(Sent payout, long chargesMinor) {
        tell(payout.bank().returns(Set.of(onlyTransfer(payout)), "AC01", chargesMinor, today()));
        assertStatus(payout.payoutId(), "returned");
    }

    private static String onlyTransfer(Sent payout) {
        assertThat(payout.bank().endToEndIds()).hasSize(1);
        return payout.bank().endToEndIds().getFirst();
    }

    private LocalDate today() {
        return LocalDate.ofInstant(stage.now(), ZoneOffset.UTC);
    }

    private void tell(byte[] message) {
        Response answer =
                stage.http()
                        .call(
                                "POST",
                                "/v1/bank-messages",
                                finance,
                                null,
                                "application/xml",
                                new String(message, StandardCharsets.UTF_8));
        assertThat(answer.status()).as(answer.toString()).isEqualTo(201);
    }

    private void assertStatus(String payoutId, String status) {
        Response payout = stage.http().get("/v1/payouts/" + payoutId, finance);
        assertThat(payout.text("status")).as(payout.toString()).isEqualTo(status);
    }
}

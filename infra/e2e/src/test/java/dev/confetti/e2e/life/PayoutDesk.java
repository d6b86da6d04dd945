package dev.confetti.e2e.life;

import static org.assertj.core.api.Assertions.assertThat;

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
    private final String creator;
    private final String finance;

    PayoutDesk(LifeStage stage, String creatorToken, String financeToken) {
        this.stage = stage;
        this.creator = creatorToken;
        this.finance = financeToken;
    }

    /** A payout that the bank has got. */
    record Sent(String payoutId, FakeBank bank) {}

    /** The creator asks, finance agrees and sends it, alone in its file. */
    Sent sent(String diamonds) {
        String id = approved(diamonds);
        FakeBank bank = bankWith(stage.done("/v1/payout-batches", finance, null));
        assertStatus(id, "sent");
        return new Sent(id, bank);
    }

    /** The creator asks, finance agrees; the payout's id. */
    String approved(String diamonds) {
        String id = stage.done("/v1/payouts", creator, asked(diamonds)).text("payoutId");
        stage.done("/v1/payouts/" + id + "/approve", finance, Map.of());
        return id;
    }

    /** The creator asks, which may be refused. */
    Response asks(String key, String diamonds) {
        return stage.http().post("/v1/payouts", creator, key, asked(diamonds));
    }

    private static Map<String, Object> asked(String diamonds) {
        return Map.of(
                "diamonds",
                diamonds,
                "destination",
                Map.of("iban", "DE89370400440532013000", "name", "Ada Lovelace"));
    }

    /** The bank that got a batch's file. */
    FakeBank bankWith(Response batch) {
        Response file = stage.http().get(batch.text("file"), finance);
        assertThat(file.status()).as(file.toString()).isEqualTo(200);
        return FakeBank.given(file.body().getBytes(StandardCharsets.UTF_8));
    }

    /** The bank paid: a debit in its statement, camt.053. */
    void settled(Sent payout) {
        settled(payout.bank());
        assertStatus(payout.payoutId(), "settled");
    }

    /** The bank paid all of its file. */
    void settled(FakeBank bank) {
        assertTold(bank.settles(today()));
    }

    /** The bank refused: pain.002. */
    void rejected(Sent payout) {
        assertTold(rejection(payout));
        assertStatus(payout.payoutId(), "failed");
    }

    /** What the bank says when it refuses, in a message of its own each time. */
    byte[] rejection(Sent payout) {
        return payout.bank().rejects(Map.of(onlyTransfer(payout), "AC04"));
    }

    /** It came back, less the bank's charges: a credit in its statement, camt.053. */
    void returned(Sent payout, long chargesMinor) {
        assertTold(
                payout.bank().returns(Set.of(onlyTransfer(payout)), "AC01", chargesMinor, today()));
        assertStatus(payout.payoutId(), "returned");
    }

    private static String onlyTransfer(Sent payout) {
        assertThat(payout.bank().endToEndIds()).hasSize(1);
        return payout.bank().endToEndIds().getFirst();
    }

    /** The day that it is on the service's clock. */
    LocalDate today() {
        return LocalDate.ofInstant(stage.now(), ZoneOffset.UTC);
    }

    /** Hands in what the bank says. */
    Response tell(byte[] message) {
        return stage.http()
                .call(
                        "POST",
                        "/v1/bank-messages",
                        finance,
                        null,
                        "application/xml",
                        new String(message, StandardCharsets.UTF_8));
    }

    private void assertTold(byte[] message) {
        Response answer = tell(message);
        assertThat(answer.status()).as(answer.toString()).isEqualTo(201);
    }

    /** A payout as finance sees it. */
    Response payout(String payoutId) {
        return stage.http().get("/v1/payouts/" + payoutId, finance);
    }

    void assertStatus(String payoutId, String status) {
        Response payout = payout(payoutId);
        assertThat(payout.text("status")).as(payout.toString()).isEqualTo(status);
    }
}

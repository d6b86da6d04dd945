package dev.confetti.e2e.life;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confetti.e2e.ControlIdentities;
import dev.confetti.gift.Http.Response;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * The stage of cases that broke other ledgers, from the request to the books. Each has a month and
 * persons of its own, and worked-out entries; in the journals here, as in hledger, minus is credit.
 *
 * <p>1,000 coins cost 10.00, 1,050 at Apple as well. A gift of n coins is n/2 diamonds, worth
 * n/200; a payout has 10% tax and a fee of 0.25; Stripe keeps 0.59 of a card payment.
 */
abstract class LifeCases {
    static final long PRICE_MINOR = 1_000;
    static final long TAX_MINOR = 200;
    static final long GROSS_MINOR = 1_200;
    static final long FEE_MINOR = 59;

    static LifeStage stage;
    static BookedEntries ledger;
    static Staff staff;
    static Reconciliation reconciliation;

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        stage = new LifeStage(folder);
        staff = new Staff(stage);
        ledger = new BookedEntries(stage, stage.token("auditor", "finance"));
        reconciliation = new Reconciliation(stage, ledger, staff.maker());
    }

    @AfterAll
    static void stop() {
        stage.close();
    }

    @AfterEach
    void theLedgerHolds() {
        ledger.awaitAll();
        JsonNode verification = ledger.verification();
        assertThat(verification.path("holds").asBoolean()).as("%s", verification).isTrue();
        reconciliation.assertAsBooked(adjustedBankMinor());
        ControlIdentities.hold(stage.database());
    }

    /** What people have put on the bank's account, which no bank knows. */
    long adjustedBankMinor() {
        return 0;
    }

    /** What earlier cases earned is released, so that all that follows is of this case. */
    static void beginOn(String day) {
        stage.at(day + "T12:00");
        ledger.awaitNothingPending();
    }

    /** 1,000 coins by card at 10.00 and 2.00 tax. */
    static UUID bought(Viewer viewer) {
        return viewer.shop().paidByCard(LifeStage.THOUSAND, PRICE_MINOR, TAX_MINOR, FEE_MINOR);
    }

    /** A gift of coins that nobody paid for. */
    static void earn(Viewer viewer, String liveId, int coins) {
        staff.grant(viewer.id(), coins);
        viewer.sent(liveId, coins);
    }

    static void assertRefused(Response answer, int status, String problem) {
        assertThat(answer.status()).as(answer.toString()).isEqualTo(status);
        assertThat(answer.problem()).isEqualTo(problem);
    }

    static void assertPurchase(Viewer viewer, UUID purchase, String status) {
        assertThat(
                        stage.http()
                                .get("/v1/coin-purchases/" + purchase, viewer.token())
                                .text("status"))
                .isEqualTo(status);
    }
}

package dev.confetti.e2e.life;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confetti.e2e.ControlIdentities;
import dev.confetti.ledger.journal.HledgerJournal;
import dev.confetti.ledger.journal.HledgerJournal.Assertion;
import dev.confetti.ledger.journal.HledgerJournal.Transaction;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * The ledger's hand-worked example as its persons, providers and bank would live it: every step is
 * a request over HTTP, every entry comes by log, Kafka and projection.
 */
class ExampleLifeTest {
    private static final HledgerJournal EXAMPLE = HledgerJournal.example();

    @TempDir private static Path folder;
    private static LifeStage stage;
    private static BookedEntries ledger;

    @BeforeAll
    static void live() throws Exception {
        stage = new LifeStage(folder);
        new ExampleLife(stage).live();
        ledger = new BookedEntries(stage, stage.token("auditor", "finance"));
        ledger.awaitAll();
    }

    @AfterAll
    static void stop() {
        stage.close();
    }

    @Test
    void theExampleIsReproducedEntryByEntryFromCommands() {
        List<Transaction> expected = inTheOrderOfCommands();
        List<Transaction> booked = ledger.shown();
        assertThat(expected).hasSize(34);
        assertThat(booked).hasSize(34);
        for (int i = 0; i < expected.size(); i++) {
            Transaction entry = booked.get(i);
            String what = expected.get(i).description() + ": " + entry.description();
            assertThat(entry.postings())
                    .as(what)
                    .containsExactlyInAnyOrderElementsOf(expected.get(i).postings());
            assertThat(entry.date()).as(what).isEqualTo(expected.get(i).date());
        }
    }

    /**
     * The example as commands can say it. It pays two gifts with bought coins while there are promo
     * coins; but a wallet spends promo coins first, so here they are granted right after those two.
     * And it recovers a debt on the day after the refund; but that is recovered in the same append.
     */
    private static List<Transaction> inTheOrderOfCommands() {
        List<Transaction> entries = new ArrayList<>(EXAMPLE.transactions());
        Transaction grant = removed(entries, 3, "E2 promo coins granted");
        entries.add(4, on(entries.get(3).date(), grant));
        Transaction recovery = removed(entries, 28, "E15b coin debt recovered at once");
        entries.add(27, on(entries.get(26).date(), recovery));
        return entries;
    }

    private static Transaction removed(List<Transaction> entries, int number, String what) {
        Transaction entry = entries.remove(number - 1);
        assertThat(entry.description()).startsWith(what);
        return entry;
    }

    private static Transaction on(LocalDate date, Transaction entry) {
        return new Transaction(date, entry.code(), entry.description(), entry.postings());
    }

    @Test
    void theBalancesAtTheEndAreThoseOfTheExample() {
        assertThat(EXAMPLE.assertions()).hasSize(6);
        for (Assertion expected : EXAMPLE.assertions()) {
            assertThat(ledger.balance(expected.account(), expected.asset()))
                    .as(expected.account())
                    .isEqualByComparingTo(expected.balance());
        }
    }

    @Test
    void theWalletAndTheCreatorSayTheSameAsTheLedger() {
        JsonNode wallet = new Viewer(stage, ExampleLife.VIEWER).wallet();
        assertThat(wallet.path("coins"))
                .hasToString("{\"paid\":401,\"promo\":10,\"frozen\":0,\"debt\":0}");
        JsonNode earnings = new Creator(stage, ExampleLife.CREATOR).earnings();
        assertThat(earnings.at("/diamonds/available").asString()).isEqualTo("499.5000");
        assertThat(earnings.at("/diamonds/redeemed").asString()).isEqualTo("400.0000");
    }

    @Test
    void theExportToHledgerHasTheSameEntries() {
        assertThat(ledger.exported()).isEqualTo(ledger.shown());
    }

    /** An adjustment took 0.03 off the bank. */
    @Test
    void whatProvidersOweAndWhatIsWithTheBankIsWhatTheBooksSay() {
        new Reconciliation(stage, ledger, stage.token("fin-1", "finance")).assertAsBooked(-3);
    }

    @Test
    void theLedgerHolds() {
        JsonNode verification = ledger.verification();
        assertThat(verification.path("holds").asBoolean()).as("%s", verification).isTrue();
        assertThat(verification.has("firstFault")).isFalse();
        ControlIdentities.hold(stage.database());
    }
}

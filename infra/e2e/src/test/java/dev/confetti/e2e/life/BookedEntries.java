package dev.confetti.e2e.life;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confetti.gift.Eventually;
import dev.confetti.gift.Http.Response;
import dev.confetti.gift.log.EventLog;
import dev.confetti.ledger.journal.HledgerJournal;
import dev.confetti.ledger.journal.HledgerJournal.Amount;
import dev.confetti.ledger.journal.HledgerJournal.Transaction;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** The ledger as finance reads it. */
final class BookedEntries {
    private static final int PAGE = 10;

    private final LifeStage stage;
    private final String finance;

    BookedEntries(LifeStage stage, String financeToken) {
        this.stage = stage;
        this.finance = financeToken;
    }

    /** Waits until the whole log is booked. */
    void awaitAll() {
        long head = stage.service.bean(EventLog.class).head();
        Eventually.until(
                "the ledger to have booked " + head + " events",
                () -> read("/trial-balance").json().at("/asOf/applied").asLong() == head);
    }

    /** All entries, page by page; their code is the position, their description the type. */
    List<Transaction> shown() {
        List<Transaction> shown = new ArrayList<>();
        String cursor = "";
        do {
            JsonNode page = read("/entries?limit=" + PAGE + cursor).json();
            page.path("entries").forEach(entry -> shown.add(transaction(entry)));
            JsonNode next = page.path("nextCursor");
            cursor = next.isString() ? "&cursor=" + next.asString() : "";
        } while (!cursor.isEmpty());
        return shown;
    }

    private static Transaction transaction(JsonNode entry) {
        List<Amount> postings = new ArrayList<>();
        entry.path("postings")
                .forEach(
                        each ->
                                postings.add(
                                        Amount.of(
                                                each.path("side").asString(),
                                                each.path("account").asString(),
                                                each.path("amount").asString(),
                                                each.path("asset").asString())));
        return new Transaction(
                LocalDate.ofInstant(
                        Instant.parse(entry.path("recordedAt").asString()), ZoneOffset.UTC),
                entry.path("entryId").asString(),
                entry.path("type").asString(),
                postings);
    }

    /** The same as hledger gets them. */
    List<Transaction> exported() {
        return HledgerJournal.parse(read("/export?format=hledger").body()).transactions();
    }

    /** An account's balance; above 0 is debit. */
    BigDecimal balance(String account, String asset) {
        JsonNode shown = read("/accounts/" + account).json();
        assertThat(shown.path("asset").asString()).isEqualTo(asset);
        BigDecimal balance = new BigDecimal(shown.path("balance").asString());
        return shown.path("normalSide").asString().equals("credit") ? balance.negate() : balance;
    }

    /** What the ledger says of itself. */
    JsonNode verification() {
        return read("/verify").json();
    }

    private Response read(String path) {
        Response answer = stage.http().get("/v1/ledger" + path, finance);
        assertThat(answer.status()).as(path + ": " + answer).isEqualTo(200);
        return answer;
    }
}

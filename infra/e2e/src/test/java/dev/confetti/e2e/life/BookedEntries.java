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
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
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

    /** Waits until the whole log is booked; its head. */
    long awaitAll() {
        long head = stage.service.bean(EventLog.class).head();
        Eventually.until(
                "the ledger to have booked " + head + " events",
                () -> read("/trial-balance").json().at("/asOf/applied").asLong() >= head);
        return head;
    }

    /** Waits until all earnings are released, and that is booked. */
    void awaitNothingPending() {
        Eventually.until(
                "all earnings to be released",
                () -> {
                    awaitAll();
                    return all("/trial-balance?limit=1000", "accounts").stream()
                            .filter(each -> each.path("code").asString().endsWith(":pending"))
                            .allMatch(
                                    each ->
                                            new BigDecimal(each.path("balance").asString()).signum()
                                                    == 0);
                });
    }

    /** All entries, page by page; their code is the position, their description the type. */
    List<Transaction> shown() {
        return transactions("/entries?limit=" + PAGE);
    }

    /** Those after a position. */
    List<Transaction> since(long position) {
        return transactions("/entries?from=position:" + (position + 1));
    }

    private List<Transaction> transactions(String path) {
        return all(path, "entries").stream().map(BookedEntries::transaction).toList();
    }

    /**
     * All that a list has, page by page.
     *
     * @param path with a question mark and a parameter
     */
    List<JsonNode> all(String path, String list) {
        List<JsonNode> all = new ArrayList<>();
        String cursor = "";
        do {
            JsonNode page = read(path + cursor).json();
            page.path(list).forEach(all::add);
            JsonNode next = page.path("nextCursor");
            cursor = next.isString() ? "&cursor=" + next.asString() : "";
        } while (!cursor.isEmpty());
        return all;
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

    /** What was booked after a position is just this, in this order. */
    void assertBooked(long after, String journal) {
        awaitAll();
        assertThat(since(after).stream().map(BookedEntries::plain).toList())
                .isEqualTo(
                        HledgerJournal.parse(journal).transactions().stream()
                                .map(BookedEntries::plain)
                                .toList());
    }

    /** Without its number, its postings by account. */
    private static Transaction plain(Transaction entry) {
        return new Transaction(
                entry.date(), "", entry.description(), sorted(entry.postings().stream()));
    }

    private static List<Amount> sorted(Stream<Amount> postings) {
        return postings.sorted(Comparator.comparing(Amount::account).thenComparing(Amount::amount))
                .toList();
    }

    /** What was booked after a position adds up to this entry. */
    void assertMoved(long after, String journal) {
        awaitAll();
        assertThat(sorted(movedSince(after).stream()))
                .isEqualTo(
                        sorted(
                                HledgerJournal.parse(journal)
                                        .transactions()
                                        .getFirst()
                                        .postings()
                                        .stream()));
    }

    private List<Amount> movedSince(long position) {
        Map<String, Amount> sums = new TreeMap<>();
        for (Transaction entry : since(position)) {
            for (Amount each : entry.postings()) {
                sums.merge(
                        each.account() + " " + each.asset(),
                        each,
                        (one, other) ->
                                new Amount(
                                        one.account(),
                                        one.amount().add(other.amount()),
                                        one.asset()));
            }
        }
        return sums.values().stream().filter(each -> each.amount().signum() != 0).toList();
    }

    /** The balances of somebody's accounts, each on its normal side, by what follows the prefix. */
    Map<String, String> balances(String prefix) {
        Map<String, String> balances = new TreeMap<>();
        for (JsonNode account : all("/accounts?prefix=" + prefix, "accounts")) {
            balances.put(
                    account.path("code").asString().substring(prefix.length()),
                    account.path("balance").asString());
        }
        return balances;
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

    /** Answers of the finance API, which must be given. */
    Response read(String path) {
        Response answer = stage.http().get("/v1/ledger" + path, finance);
        assertThat(answer.status()).as(path + ": " + answer).isEqualTo(200);
        return answer;
    }
}

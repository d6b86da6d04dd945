package dev.confetti.e2e.life;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confetti.gift.Http.Response;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/**
 * What the gift service says of providers and the bank, beside the accounts that the ledger keeps
 * for them; all in US dollars.
 */
final class Reconciliation {
    private static final List<String> ACCOUNTS =
            List.of(
                    "1010:bank",
                    "1020:receivable:psp",
                    "1021:receivable:apple",
                    "1022:receivable:google",
                    "1030:payouts-in-transit",
                    "2300:suspense");

    private final LifeStage stage;
    private final BookedEntries ledger;
    private final String finance;

    Reconciliation(LifeStage stage, BookedEntries ledger, String financeToken) {
        this.stage = stage;
        this.ledger = ledger;
        this.finance = financeToken;
    }

    /**
     * Each account holds what its counterpart says, to the cent.
     *
     * @param adjustedBankMinor what people have put on the bank's account, which no bank knows
     */
    void assertAsBooked(long adjustedBankMinor) {
        ledger.awaitAll();
        Map<String, Long> debits = new TreeMap<>();
        ACCOUNTS.forEach(account -> debits.put(account, 0L));
        debits.put("1010:bank", adjustedBankMinor);
        for (JsonNode each : read("/providers/summary").path("providers")) {
            assertUsd(each);
            add(debits, receivable(each), each.at("/owed/netMinor").asLong());
            add(debits, "1010:bank", each.at("/settled/bankMinor").asLong());
            add(debits, "2300:suspense", each.at("/settled/suspenseMinor").asLong());
        }
        for (JsonNode each : read("/payouts/summary").path("inTransit")) {
            assertUsd(each);
            add(debits, "1030:payouts-in-transit", -each.path("netMinor").asLong());
        }
        for (JsonNode line : all("/bank-lines?state=matched&limit=100", "lines")) {
            switch (line.path("kind").asString()) {
                case "debited" ->
                        add(
                                debits,
                                "1010:bank",
                                -line.path("amountMinor").asLong()
                                        - line.path("chargesMinor").asLong());
                case "credited" -> add(debits, "1010:bank", line.path("amountMinor").asLong());
                default -> assertThat(line.path("kind").asString()).isEqualTo("rejected");
            }
        }
        Map<String, BigDecimal> said = new TreeMap<>();
        Map<String, BigDecimal> booked = new TreeMap<>();
        debits.forEach(
                (account, minor) -> {
                    said.put(account, BigDecimal.valueOf(minor * 10_000, 6));
                    booked.put(account, booked(account));
                });
        assertThat(booked).isEqualTo(said);
    }

    /** Lines of reports that are not as booked, latest first. */
    List<JsonNode> odd() {
        return all("/providers?state=odd&limit=100", "movements");
    }

    /** What a provider owes, latest first. */
    List<JsonNode> owed(String provider) {
        return all("/providers?state=owed&limit=100&provider=" + provider, "movements");
    }

    private static String receivable(JsonNode summary) {
        return switch (summary.path("provider").asString()) {
            case "apple" -> "1021:receivable:apple";
            case "google" -> "1022:receivable:google";
            default -> "1020:receivable:psp";
        };
    }

    private static void assertUsd(JsonNode summary) {
        assertThat(summary.path("currency").asString()).isEqualTo("USD");
    }

    private static void add(Map<String, Long> debits, String account, long minor) {
        debits.merge(account, minor, Math::addExact);
    }

    /** Debits less credits; nothing where nothing was ever booked. */
    private BigDecimal booked(String account) {
        BigDecimal balance = new BigDecimal(ledger.balances(account).getOrDefault("", "0.000000"));
        return account.startsWith("2") ? balance.negate() : balance;
    }

    private List<JsonNode> all(String path, String list) {
        List<JsonNode> all = new ArrayList<>();
        String cursor = "";
        do {
            JsonNode page = read(path + cursor);
            page.path(list).forEach(all::add);
            JsonNode next = page.path("nextCursor");
            cursor = next.isString() ? "&cursor=" + next.asString() : "";
        } while (!cursor.isEmpty());
        return all;
    }

    private JsonNode read(String path) {
        Response answer = stage.http().get("/v1/reconciliation" + path, finance);
        assertThat(answer.status()).as(path + ": " + answer).isEqualTo(200);
        return answer.json();
    }
}

package dev.confetti.ledger;

import dev.confetti.events.ConfettiEvent;
import dev.confetti.events.FinanceEvent.AdjustmentApproved;
import dev.confetti.events.FinanceEvent.AdjustmentRequested;
import dev.confetti.events.FinanceEvent.BankMessageReceived;
import dev.confetti.events.FinanceEvent.BreakageRecognised;
import dev.confetti.events.FinanceEvent.ProviderSettled;
import java.util.List;
import java.util.Random;

/** What finance staff do: settlements of providers, adjustments, breakage. */
final class RandomFinance {
    private static final List<String> PROVIDERS = List.of("apple", "google", "stripe");
    private static final List<String> CURRENCIES = List.of("USD", "EUR");
    private static final List<String> ADJUSTABLE =
            List.of(
                    "1010:bank",
                    "1020:receivable:psp",
                    "1030:payouts-in-transit",
                    "1040:disputes-receivable",
                    "2210:vat-payable",
                    "2300:suspense",
                    "5060:bank-charges",
                    "5090:adjustments");

    private final Random random;
    private long breakageMicros;

    RandomFinance(Random random) {
        this.random = random;
    }

    ConfettiEvent next(long id) {
        return switch (random.nextInt(6)) {
            case 0, 1 -> settlement(id);
            case 2 -> adjustment(id);
            case 3 -> breakage(id);
            case 4 ->
                    new AdjustmentRequested(
                            Samples.id(id), "1010:bank", "2300:suspense", 1, "USD", "fin", null);
            default -> new BankMessageReceived(Samples.id(id), "camt.053", "S" + id, 1, "fin");
        };
    }

    private ConfettiEvent settlement(long id) {
        String provider = one(PROVIDERS);
        long receivableMinor = 1L + random.nextInt(5_000);
        long commissionMinor = random.nextInt(3) == 0 ? random.nextInt(41) - 20L : 0;
        long suspenseMinor = random.nextInt(3) == 0 ? random.nextInt(101) - 50L : 0;
        return new ProviderSettled(
                Samples.id(id),
                switch (provider) {
                    case "apple" -> "1021:receivable:apple";
                    case "google" -> "1022:receivable:google";
                    default -> "1020:receivable:psp";
                },
                provider,
                "settlement-" + id,
                one(CURRENCIES),
                receivableMinor - commissionMinor - suspenseMinor,
                receivableMinor,
                commissionMinor,
                suspenseMinor,
                1,
                "ab".repeat(32),
                "fin");
    }

    /** To the last micro-unit, which the bank does not know. */
    private ConfettiEvent adjustment(long id) {
        int debit = random.nextInt(ADJUSTABLE.size());
        int credit = (debit + 1 + random.nextInt(ADJUSTABLE.size() - 1)) % ADJUSTABLE.size();
        return new AdjustmentApproved(
                Samples.id(id),
                ADJUSTABLE.get(debit),
                ADJUSTABLE.get(credit),
                1L + random.nextInt(5_000_000),
                one(CURRENCIES),
                "fin-2");
    }

    /** The total is never below 0. */
    private ConfettiEvent breakage(long id) {
        long micros =
                breakageMicros > 0 && random.nextInt(3) == 0
                        ? -1 - random.nextLong(breakageMicros)
                        : 1L + random.nextInt(4_000_000);
        breakageMicros += micros;
        return new BreakageRecognised(
                Samples.id(id), "2026-01", "USD", micros, "fin", "fin-2", null);
    }

    private <T> T one(List<T> among) {
        return among.get(random.nextInt(among.size()));
    }
}

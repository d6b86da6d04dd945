package dev.confetti.ledger.statement;

import dev.confetti.ledger.journal.CreatorDay;
import dev.confetti.ledger.posting.Asset;
import java.time.Instant;
import java.time.YearMonth;
import java.util.List;
import java.util.UUID;

/**
 * What a creator had, earned and was paid in one month in UTC, by recording. Amounts are in their
 * asset's smallest unit.
 *
 * @param complete whether the month is over
 * @param through everything up to this position is in it
 * @param months the month added up, in diamonds and each currency
 * @param days the same for each day on which something was
 * @param payouts those that were asked for, or moved, in the month, oldest first
 * @param morePayouts whether there are more than these
 */
public record Statement(
        String creatorId,
        YearMonth month,
        boolean complete,
        long through,
        Holdings opening,
        Holdings closing,
        List<CreatorDay> months,
        List<CreatorDay> days,
        List<Payout> payouts,
        boolean morePayouts) {
    public Statement {
        months = List.copyOf(months);
        days = List.copyOf(days);
        payouts = List.copyOf(payouts);
    }

    /**
     * What a creator has at an instant.
     *
     * @param pending diamonds that are held
     * @param available diamonds that can be paid, below 0 after a reversal of what was paid
     * @param reserved diamonds of payouts that are not yet sent
     * @param money what the pending and the available ones are worth
     */
    public record Holdings(long pending, long available, long reserved, List<Money> money) {
        public Holdings {
            money = List.copyOf(money);
        }
    }

    /** What diamonds are worth in one currency. */
    public record Money(Asset currency, long pending, long available) {}

    /**
     * One payout, as it stood at the end of the month.
     *
     * @param state requested, approved, rejected, withdrawn, sent, settled, failed or returned
     * @param diamonds that it takes
     * @param amount what they are worth
     * @param fee of that, what it costs the creator; 0 until it is approved, as is withholding
     * @param withholding of that, tax that is kept back
     * @param steps its entries
     */
    public record Payout(
            UUID payoutId,
            String state,
            long diamonds,
            Asset currency,
            long amount,
            long fee,
            long withholding,
            List<Step> steps) {
        public Payout {
            steps = List.copyOf(steps);
        }

        /** What is for the creator's bank. */
        public long net() {
            return amount - fee - withholding;
        }
    }

    /** One entry of a payout. */
    public record Step(long entryId, String type, Instant recordedAt) {}

    /** The month in one asset; nothing when nothing was. */
    public CreatorDay monthIn(Asset asset) {
        return months.stream()
                .filter(sum -> sum.asset().equals(asset))
                .findFirst()
                .orElse(CreatorDay.empty(month.atDay(1), asset));
    }

    /** The currencies of which there is anything to say, by code. */
    public List<Asset> currencies() {
        return closing.money().stream().map(Money::currency).toList();
    }
}

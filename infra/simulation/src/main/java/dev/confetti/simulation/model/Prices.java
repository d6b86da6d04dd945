package dev.confetti.simulation.model;

import dev.confetti.simulation.model.Command.SchedulePrice;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Prices that were scheduled, in the order in which they were. */
final class Prices {
    private static final Duration LONGEST_LEAD = Duration.ofDays(365);

    private final Rules rules;
    private final Journal journal;
    private final List<Change> changes = new ArrayList<>();

    private record Change(String giftId, long coins, Instant effectiveAt) {}

    Prices(Rules rules, Journal journal) {
        this.rules = rules;
        this.journal = journal;
    }

    /** Prices are no events: nothing is appended. */
    Facts schedule(SchedulePrice schedule) {
        Instant now = journal.now();
        if (!rules.gifts().containsKey(schedule.giftId())) {
            return new Facts("unknown-gift");
        }
        if (schedule.coins() < 1 || schedule.coins() > 1_000_000) {
            return Economy.coinsOutOfRange(schedule.coins(), 1, 1_000_000);
        }
        Instant earliest = now.plus(rules.priceLead());
        Instant latest = now.plus(LONGEST_LEAD);
        if (schedule.effectiveAt().isBefore(earliest) || schedule.effectiveAt().isAfter(latest)) {
            return new Facts("effective-at-out-of-range")
                    .with("effectiveAt", schedule.effectiveAt())
                    .with("earliest", earliest)
                    .with("latest", latest);
        }
        changes.add(new Change(schedule.giftId(), schedule.coins(), schedule.effectiveAt()));
        Facts answer =
                Economy.done()
                        .with("price", journal.named("price"))
                        .with("giftId", schedule.giftId())
                        .with("coins", schedule.coins())
                        .with("effectiveAt", schedule.effectiveAt())
                        .with("scheduledAt", now);
        journal.answered(schedule, answer);
        return answer;
    }

    /** The price that took effect last; of two at one instant, the one that was scheduled later. */
    long coins(String giftId, long firstCoins, Instant at) {
        long coins = firstCoins;
        Instant since = Instant.MIN;
        for (Change change : changes) {
            if (change.giftId.equals(giftId)
                    && !change.effectiveAt.isAfter(at)
                    && !change.effectiveAt.isBefore(since)) {
                coins = change.coins;
                since = change.effectiveAt;
            }
        }
        return coins;
    }

    long version(Instant at) {
        return 1 + changes.stream().filter(change -> !change.effectiveAt.isAfter(at)).count();
    }
}

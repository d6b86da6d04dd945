package dev.confetti.gift.finance;

import dev.confetti.events.EventIds;
import dev.confetti.gift.aggregate.Together;
import dev.confetti.gift.earning.CreatorCommand.RevalueEarnings;
import dev.confetti.gift.earning.Creators;
import dev.confetti.gift.earning.EarningsBook;
import dev.confetti.gift.earning.Valuation;
import dev.confetti.gift.earning.Valuations;
import dev.confetti.gift.finance.RevaluationTable.UnderWay;
import dev.confetti.gift.log.LogUnavailableException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Carries out revaluations that two persons agreed to, one after the other, each creator by an
 * event of its own; whoever breaks off leaves the rest to the next. Thread-safe, and does no harm
 * when several instances do it at once.
 */
public final class RevaluationWork {
    /** Few, so that what the events are made of is still so when they are appended. */
    private static final int CREATORS_AT_ONCE = 200;

    /** The book is added up by another instance meanwhile. */
    private static final int MOST_LOOKS = 200;

    private static final long PAUSE_NANOS = 20_000_000;

    private final RevaluationTable table;
    private final EarningsBook book;
    private final Valuations valuations;
    private final Creators creators;
    private final Together together;
    private final InstantSource clock;

    /**
     * @param together how many creators' events are under way at a time
     */
    public RevaluationWork(
            RevaluationTable table,
            EarningsBook book,
            Valuations valuations,
            Creators creators,
            Together together,
            InstantSource clock) {
        this.table = table;
        this.book = book;
        this.valuations = valuations;
        this.creators = creators;
        this.together = together;
        this.clock = clock;
    }

    /** Goes on until nothing is left to do. */
    public void goOn() {
        goOn(Integer.MAX_VALUE);
    }

    /**
     * Goes on.
     *
     * @param mostPages of two hundred creators
     */
    void goOn(int mostPages) {
        for (int pages = 0; pages < mostPages; pages++) {
            Optional<UnderWay> next = table.underWay();
            if (next.isEmpty()) {
                return;
            }
            goOn(next.get());
        }
    }

    private void goOn(UnderWay revaluation) {
        List<Valuation> page = page(revaluation);
        AtomicLong revalued = new AtomicLong();
        together.run(
                page.stream()
                        .<Runnable>map(
                                each ->
                                        () -> {
                                            if (revalue(revaluation, each)) {
                                                revalued.incrementAndGet();
                                            }
                                        })
                        .toList());
        if (!page.isEmpty()) {
            table.advance(revaluation, page.getLast().creatorId(), revalued.get());
        }
        if (page.size() < CREATORS_AT_ONCE) {
            table.done(revaluation);
        }
    }

    /** Some creators, as they were after the approval or later. */
    private List<Valuation> page(UnderWay revaluation) {
        for (int look = 1; look <= MOST_LOOKS; look++) {
            book.catchUp();
            Valuations.Some some =
                    valuations.some(
                            revaluation.doneThrough(), revaluation.creatorId(), CREATORS_AT_ONCE);
            if (some.position() >= revaluation.head()) {
                return some.valuations();
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
        throw notAddedUp();
    }

    /** Whether the creator has the new rate by this revaluation. */
    private boolean revalue(UnderWay revaluation, Valuation seen) {
        Valuation valuation = seen;
        for (int look = 1; look <= MOST_LOOKS; look++) {
            if (revaluation.revaluationId().equals(valuation.lastRevaluation())) {
                return true;
            }
            if (!valuation.isChangedBy(revaluation.currency(), revaluation.rateMicros())) {
                return false;
            }
            if (creators.revalue(command(revaluation, valuation))) {
                return true;
            }
            // A payout, a release or a reversal came between.
            book.catchUp();
            valuation = valuations.of(seen.creatorId()).orElse(valuation);
        }
        throw notAddedUp();
    }

    private RevalueEarnings command(UnderWay revaluation, Valuation valuation) {
        return new RevalueEarnings(
                EventIds.of(
                        "confetti",
                        "revalue-earnings",
                        revaluation.revaluationId() + "/" + valuation.creatorId()),
                clock.instant(),
                revaluation.revaluationId(),
                valuation,
                revaluation.currency(),
                revaluation.rateMicros(),
                revaluation.requestedBy(),
                revaluation.approvedBy());
    }

    private static LogUnavailableException notAddedUp() {
        return new LogUnavailableException("earnings are not added up yet", false, null);
    }
}

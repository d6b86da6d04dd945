package dev.confetti.bench.gifts;

import dev.confetti.bench.report.Measure;
import dev.confetti.bench.report.Report;
import dev.confetti.demo.api.SentGift;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.LongFunction;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** Puts clicks and arrivals together once the sending is over. */
final class GiftFindings {
    private final List<Click> all = new ArrayList<>();
    private final List<Click> measured;
    private final long unitCoins;
    private final LongFunction<String> viewerId;

    /**
     * @param warmup so many clicks at the beginning count for the boards' sums only
     */
    GiftFindings(
            AtomicReferenceArray<Click> clicks,
            int warmup,
            long unitCoins,
            LongFunction<String> viewerId) {
        for (int i = 0; i < clicks.length(); i++) {
            all.add(Objects.requireNonNull(clicks.get(i)));
        }
        this.measured = all.subList(warmup, all.size());
        this.unitCoins = unitCoins;
        this.viewerId = viewerId;
    }

    /**
     * Whether every gift that was accepted has arrived.
     *
     * @param arrived when a gift was first seen; {@link Long#MIN_VALUE} when it was not
     */
    boolean allIn(ToLongFunction<SentGift> arrived) {
        return measured.stream()
                .allMatch(c -> c.gift() == null || arrived.applyAsLong(c.gift()) != Long.MIN_VALUE);
    }

    void report(
            Report report,
            Arrivals inMedia,
            Arrivals asEvent,
            @Nullable BoardWatch board,
            @Nullable LedgerWatch ledger) {
        Answers.report(report, measured, "answer", "failed: ");
        report.add(until("click to cue", inMedia::nanosOf));
        report.add(until("click to event", asEvent::nanosOf));
        if (board != null) {
            report.add(untilOnBoard(board));
        }
        if (ledger != null) {
            report.add(until("click to ledger", gift -> ledger.nanosOf(gift.position())));
        }
    }

    private Measure until(String name, ToLongFunction<SentGift> arrived) {
        Measure measure = new Measure(name);
        for (Click click : measured) {
            if (click.gift() != null) {
                add(measure, click, arrived.applyAsLong(click.gift()));
            }
        }
        return measure;
    }

    private Measure untilOnBoard(BoardWatch board) {
        Measure measure = new Measure("click to board");
        Map<Click, Long> sums = sums();
        for (Click click : measured) {
            if (click.gift() != null) {
                long sum = Objects.requireNonNull(sums.get(click));
                add(measure, click, board.nanosOfSum(viewerId.apply(click.viewer()), sum));
            }
        }
        return measure;
    }

    /** For each accepted gift, what its viewer had sent by then, itself included. */
    private Map<Click, Long> sums() {
        List<Click> inOrder =
                all.stream()
                        .filter(c -> c.gift() != null)
                        .sorted(Comparator.comparingLong(c -> position(c.gift())))
                        .toList();
        Map<Integer, Long> sumByViewer = new HashMap<>();
        Map<Click, Long> sums = new HashMap<>();
        for (Click click : inOrder) {
            sums.put(click, sumByViewer.merge(click.viewer(), unitCoins, Math::addExact));
        }
        return sums;
    }

    private static long position(@Nullable SentGift gift) {
        return Objects.requireNonNull(gift).position();
    }

    private static void add(Measure measure, Click click, long arrivedNanos) {
        if (arrivedNanos == Long.MIN_VALUE) {
            measure.miss();
        } else {
            measure.record(arrivedNanos - click.intendedNanos());
        }
    }
}

package dev.confetti.bench.ledger;

import dev.confetti.bench.load.AnsweredReads;
import dev.confetti.bench.report.Report;
import dev.confetti.demo.pace.Pace;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.SplittableRandom;

/** What finance staff ask, one question after the other, over HTTP. */
final class Questions {
    /** Slow ones are asked less often. */
    private static final int TRIAL_BALANCES_LESS = 20;

    private static final List<String> BUSY =
            List.of(
                    "coin:consumed:paid",
                    "diamond:issued",
                    "1060:deferred-commission",
                    "2010:contract-liability",
                    "2110:creator-payable:pending",
                    "4010:gift-revenue",
                    "5010:creator-share");

    private final LedgerService ledger;
    private final int times;
    private final List<String> viewerIds;
    private final List<String> creatorIds;
    private final long head;
    private final Pace pace;
    private final SplittableRandom random = new SplittableRandom(7);

    /**
     * @param times how often each is asked
     * @param viewerIds those who have sent something
     * @param creatorIds those who have got something
     */
    Questions(
            LedgerService ledger,
            int times,
            Collection<String> viewerIds,
            Collection<String> creatorIds,
            long head,
            Pace pace) {
        this.ledger = ledger;
        this.times = times;
        this.viewerIds = List.copyOf(viewerIds);
        this.creatorIds = List.copyOf(creatorIds);
        this.head = head;
        this.pace = pace;
    }

    void ask(Report report) throws IOException {
        int fewer = Math.max(1, times / TRIAL_BALANCES_LESS);
        AnsweredReads reads = new AnsweredReads(ledger.url(), ledger.token(), pace);
        reads.ask("postings of a viewer", times, () -> postings(viewer()), report);
        reads.ask("postings of a creator", times, () -> postings(creator()), report);
        reads.ask("postings of a busy one", times, () -> postings(busy()), report);
        reads.ask("balance of a viewer", times, () -> balance(viewer()), report);
        reads.ask("balance of a creator", times, () -> balance(creator()), report);
        reads.ask("balance of a busy one", times, () -> balance(busy()), report);
        reads.ask(
                "trial balance", fewer, () -> "/v1/ledger/trial-balance?asOf=" + moment(), report);
    }

    private static String postings(String code) {
        return "/v1/ledger/accounts/"
                + LedgerService.encoded(code)
                + "/postings?order=desc&limit=50";
    }

    private String balance(String code) {
        return "/v1/ledger/accounts/" + LedgerService.encoded(code) + "?asOf=" + moment();
    }

    private String moment() {
        return "position:" + random.nextLong(1, head + 1);
    }

    private String viewer() {
        return "viewer:" + viewerIds.get(random.nextInt(viewerIds.size())) + ":coin:paid";
    }

    private String creator() {
        return "creator:" + creatorIds.get(random.nextInt(creatorIds.size())) + ":diamond:pending";
    }

    private String busy() {
        return BUSY.get(random.nextInt(BUSY.size()));
    }
}

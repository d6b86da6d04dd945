package dev.confetti.bench.ledger;

import dev.confetti.bench.events.SyntheticGifts;
import dev.confetti.bench.load.AnsweredReads;
import dev.confetti.bench.report.Report;
import dev.confetti.demo.pace.Pace;
import java.io.IOException;
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
    private final LedgerOptions options;
    private final long head;
    private final Pace pace;
    private final SplittableRandom random = new SplittableRandom(7);

    Questions(LedgerService ledger, LedgerOptions options, long head, Pace pace) {
        this.ledger = ledger;
        this.options = options;
        this.head = head;
        this.pace = pace;
    }

    void ask(Report report) throws IOException, InterruptedException {
        int times = options.queries();
        int fewer = Math.max(1, times / TRIAL_BALANCES_LESS);
        try (AnsweredReads reads = new AnsweredReads(ledger.url(), ledger.token(), pace)) {
            reads.ask("postings of a viewer", times, () -> postings(viewer()), report);
            reads.ask("postings of a creator", times, () -> postings(creator()), report);
            reads.ask("postings of a busy one", times, () -> postings(busy()), report);
            reads.ask("balance of a viewer", times, () -> balance(viewer()), report);
            reads.ask("balance of a creator", times, () -> balance(creator()), report);
            reads.ask("balance of a busy one", times, () -> balance(busy()), report);
            reads.ask(
                    "trial balance",
                    fewer,
                    () -> "/v1/ledger/trial-balance?asOf=" + moment(),
                    report);
        }
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
        return "viewer:"
                + SyntheticGifts.viewerId(random.nextInt(options.viewers()))
                + ":coin:paid";
    }

    private String creator() {
        return "creator:"
                + SyntheticGifts.creatorId(random.nextInt(options.creators()))
                + ":diamond:pending";
    }

    private String busy() {
        return BUSY.get(random.nextInt(BUSY.size()));
    }
}

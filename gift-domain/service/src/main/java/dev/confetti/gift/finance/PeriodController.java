package dev.confetti.gift.finance;

import dev.confetti.gift.finance.PeriodTable.Closed;
import dev.confetti.gift.http.Page;
import dev.confetti.gift.http.PageRequest;
import dev.confetti.gift.problem.ProblemType;
import dev.confetti.gift.problem.Refuses;
import dev.confetti.gift.signin.Caller;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The close of months over HTTP, for finance. */
@RestController
public class PeriodController {
    private final Periods periods;

    public PeriodController(Periods periods) {
        this.periods = periods;
    }

    /** Closed months, latest first. */
    public record PeriodList(List<Closed> periods, @Nullable String nextCursor) {}

    @GetMapping("/v1/ledger/periods")
    @Refuses(ProblemType.MALFORMED_REQUEST)
    public PeriodList periods(
            Caller caller,
            @RequestParam(required = false) @Nullable String limit,
            @RequestParam(required = false) @Nullable String cursor) {
        Page<Closed> page = periods.page(PageRequest.of(limit, cursor));
        return new PeriodList(page.items(), page.nextCursor());
    }

    /**
     * Closes a month that is over; again has no effect.
     *
     * @param period {@code YYYY-MM}
     */
    @PostMapping("/v1/ledger/periods/{period}/close")
    @Refuses({
        ProblemType.MALFORMED_REQUEST,
        ProblemType.PERIOD_NOT_OVER,
        ProblemType.EARLIER_PERIOD_OPEN,
        ProblemType.PERIOD_CLOSED
    })
    public Closed close(Caller caller, @PathVariable String period) {
        return periods.close(caller.id(), period);
    }
}

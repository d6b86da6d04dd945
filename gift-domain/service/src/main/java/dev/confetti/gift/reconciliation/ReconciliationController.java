package dev.confetti.gift.reconciliation;

import dev.confetti.gift.http.Page;
import dev.confetti.gift.http.PageRequest;
import dev.confetti.gift.problem.ProblemType;
import dev.confetti.gift.problem.Refuses;
import dev.confetti.gift.signin.Caller;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What providers and the bank say beside what is booked, over HTTP, for finance. */
@RestController
@RequestMapping("/v1/reconciliation")
public class ReconciliationController {
    private final Movements movements;
    private final BankSide bank;

    public ReconciliationController(Movements movements, BankSide bank) {
        this.movements = movements;
        this.bank = bank;
    }

    /** Movements, latest first. */
    public record MovementList(List<ReconciledMovement> movements, @Nullable String nextCursor) {}

    /** How it stands with each provider in each currency. */
    public record ProviderSummaries(List<ProviderSummary> providers) {}

    /** Payouts, those that were requested last first. */
    public record PayoutList(List<ReconciledPayout> payouts, @Nullable String nextCursor) {}

    /** What is in transit, by currency. */
    public record TransitSummary(List<BankSide.InTransit> inTransit) {}

    /** Lines of the bank, latest first. */
    public record LineList(List<ReconciledLine> lines, @Nullable String nextCursor) {}

    /**
     * Money at payment providers.
     *
     * @param state {@code owed}, {@code settled}, or {@code odd}: lines of reports that are not as
     *     booked; none: all that was booked
     */
    @GetMapping("/providers")
    @Refuses(ProblemType.MALFORMED_REQUEST)
    public MovementList providers(
            Caller caller,
            @RequestParam(required = false) @Nullable String provider,
            @RequestParam(required = false) @Nullable String state,
            @RequestParam(required = false) @Nullable String currency,
            @RequestParam(required = false) @Nullable String limit,
            @RequestParam(required = false) @Nullable String cursor) {
        Page<ReconciledMovement> page =
                movements.page(
                        Filters.state(Movements.State.class, state),
                        Filters.provider(provider),
                        Filters.currency(currency),
                        PageRequest.of(limit, cursor));
        return new MovementList(page.items(), page.nextCursor());
    }

    @GetMapping("/providers/summary")
    public ProviderSummaries summary(Caller caller) {
        return new ProviderSummaries(movements.summary());
    }

    /**
     * Payouts that were sent to the bank, each with what the bank told of it.
     *
     * @param state {@code in-transit}, {@code settled}, {@code failed} or {@code returned}
     */
    @GetMapping("/payouts")
    @Refuses(ProblemType.MALFORMED_REQUEST)
    public PayoutList payouts(
            Caller caller,
            @RequestParam(required = false) @Nullable String state,
            @RequestParam(required = false) @Nullable String currency,
            @RequestParam(required = false) @Nullable String limit,
            @RequestParam(required = false) @Nullable String cursor) {
        Page<ReconciledPayout> page =
                bank.payouts(
                        Filters.state(BankSide.PayoutState.class, state),
                        Filters.currency(currency),
                        PageRequest.of(limit, cursor));
        return new PayoutList(page.items(), page.nextCursor());
    }

    @GetMapping("/payouts/summary")
    public TransitSummary inTransit(Caller caller) {
        return new TransitSummary(bank.inTransit());
    }

    /**
     * Lines of the bank.
     *
     * @param state {@code unmatched}, {@code contradicted}, {@code waiting} or {@code matched}
     */
    @GetMapping("/bank-lines")
    @Refuses(ProblemType.MALFORMED_REQUEST)
    public LineList lines(
            Caller caller,
            @RequestParam(required = false) @Nullable String state,
            @RequestParam(required = false) @Nullable String currency,
            @RequestParam(required = false) @Nullable String limit,
            @RequestParam(required = false) @Nullable String cursor) {
        Page<ReconciledLine> page =
                bank.lines(
                        Filters.state(BankSide.LineState.class, state),
                        Filters.currency(currency),
                        PageRequest.of(limit, cursor));
        return new LineList(page.items(), page.nextCursor());
    }
}

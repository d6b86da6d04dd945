package dev.confetti.gift.settlement;

import dev.confetti.gift.http.Creates;
import dev.confetti.gift.http.Page;
import dev.confetti.gift.http.PageRequest;
import dev.confetti.gift.problem.ProblemType;
import dev.confetti.gift.problem.RefusedException;
import dev.confetti.gift.problem.Refuses;
import dev.confetti.gift.settlement.Settlements.Recorded;
import dev.confetti.gift.signin.Caller;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Providers' settlement reports over HTTP, for finance. */
@RestController
@RequestMapping("/v1/provider-settlements")
public class SettlementController {
    /** A million lines of Stripe's widest report; they are read as they come, never kept. */
    private static final long MOST_BODY_BYTES = 640L << 20;

    private final Settlements settlements;

    public SettlementController(Settlements settlements) {
        this.settlements = settlements;
    }

    /** Settlements, latest first. */
    public record SettlementList(List<Settlement> settlements, @Nullable String nextCursor) {}

    /** What a report led to: its lines that are not as booked stand at {@code …/{id}/lines}. */
    public record SettlementsRecorded(List<Settlement> settlements) {}

    /** Lines of a report, in their order. */
    public record LineList(List<ShownLine> lines, @Nullable String nextCursor) {}

    /** Records a report; the same again has no effect. */
    @PostMapping(path = "/{provider}", consumes = "text/csv")
    @Creates
    @RequestBody(
            required = true,
            description =
                    "Our own columns (reference, date, kind, providerReference, currency, gross,"
                            + " fee, net), or Stripe's itemised payout reconciliation report; in one"
                            + " currency its lines move at most 1000000000000, gross and fees without"
                            + " their signs",
            content = @Content(mediaType = "text/csv", schema = @Schema(type = "string")))
    @Refuses({
        ProblemType.UNKNOWN_PROVIDER,
        ProblemType.MALFORMED_REQUEST,
        ProblemType.CONTENT_TOO_LARGE,
        ProblemType.UNSUPPORTED_MEDIA_TYPE,
        ProblemType.SETTLEMENT_DIFFERS,
        ProblemType.SETTLEMENT_OUT_OF_RANGE
    })
    public ResponseEntity<SettlementsRecorded> record(
            Caller caller,
            @PathVariable String provider,
            @Parameter(hidden = true) HttpServletRequest request)
            throws IOException {
        ReportBody csv = new ReportBody(request.getInputStream(), MOST_BODY_BYTES);
        Recorded recorded;
        try {
            recorded = settlements.record(caller.id(), provider, csv);
        } catch (RefusedException e) {
            csv.drain();
            throw e;
        }
        return ResponseEntity.status(recorded.isNew() ? HttpStatus.CREATED : HttpStatus.OK)
                .body(new SettlementsRecorded(recorded.settlements()));
    }

    /**
     * Settlements, latest first.
     *
     * @param provider only of this one
     */
    @GetMapping
    @Refuses(ProblemType.MALFORMED_REQUEST)
    public SettlementList settlements(
            Caller caller,
            @RequestParam(required = false) @Nullable String provider,
            @RequestParam(required = false) @Nullable String limit,
            @RequestParam(required = false) @Nullable String cursor) {
        Page<Settlement> page = settlements.page(provider, PageRequest.of(limit, cursor));
        return new SettlementList(page.items(), page.nextCursor());
    }

    @GetMapping("/{id}")
    @Refuses(ProblemType.UNKNOWN_SETTLEMENT)
    public Settlement settlement(Caller caller, @PathVariable String id) {
        return settlements.require(id);
    }

    /**
     * Lines of a settlement's report.
     *
     * @param odd {@code true}: only those that are not as booked
     */
    @GetMapping("/{id}/lines")
    @Refuses({ProblemType.UNKNOWN_SETTLEMENT, ProblemType.MALFORMED_REQUEST})
    public LineList lines(
            Caller caller,
            @PathVariable String id,
            @RequestParam(required = false) @Nullable String odd,
            @RequestParam(required = false) @Nullable String limit,
            @RequestParam(required = false) @Nullable String cursor) {
        if (odd != null && !odd.equals("true") && !odd.equals("false")) {
            throw new RefusedException(
                    ProblemType.MALFORMED_REQUEST, "odd \"" + odd + "\": expected true or false");
        }
        Page<ShownLine> page =
                settlements.lines(id, "true".equals(odd), PageRequest.of(limit, cursor));
        return new LineList(page.items(), page.nextCursor());
    }
}

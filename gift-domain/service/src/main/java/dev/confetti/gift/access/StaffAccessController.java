package dev.confetti.gift.access;

import dev.confetti.gift.http.Page;
import dev.confetti.gift.problem.ProblemType;
import dev.confetti.gift.problem.Refuses;
import dev.confetti.gift.signin.Caller;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Requests of staff over HTTP, for finance and administrators. */
@RestController
public class StaffAccessController {
    private final StaffAccesses accesses;

    public StaffAccessController(StaffAccesses accesses) {
        this.accesses = accesses;
    }

    /** Requests in the order of time. */
    public record AccessList(List<StaffAccess> accesses, @Nullable String nextCursor) {}

    @GetMapping("/v1/staff-accesses")
    @Operation(
            summary = "What finance and administrators asked for, refused requests as well",
            description =
                    "Every request of theirs to this service is here before it is answered; those"
                            + " to the ledger are at /v1/ledger/accesses.")
    @Parameter(in = ParameterIn.QUERY, name = "from", description = "instant or day, within")
    @Parameter(
            in = ParameterIn.QUERY,
            name = "to",
            description = "instant or day, no longer within")
    @Parameter(in = ParameterIn.QUERY, name = "person", description = "id of who asked")
    @Parameter(in = ParameterIn.QUERY, name = "order", description = "asc (default) or desc")
    @Parameter(in = ParameterIn.QUERY, name = "limit", description = "1 to 1000, default 100")
    @Parameter(in = ParameterIn.QUERY, name = "cursor", description = "nextCursor of a page")
    @Refuses(ProblemType.MALFORMED_REQUEST)
    public AccessList accesses(
            Caller caller, @Parameter(hidden = true) HttpServletRequest request) {
        Page<StaffAccess> page = accesses.page(AccessQuery.of(request.getParameterMap()));
        return new AccessList(page.items(), page.nextCursor());
    }
}

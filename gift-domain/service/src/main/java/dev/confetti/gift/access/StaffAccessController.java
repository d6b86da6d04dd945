package dev.confetti.gift.access;

import dev.confetti.gift.http.Page;
import dev.confetti.gift.http.PageRequest;
import dev.confetti.gift.http.PathIds;
import dev.confetti.gift.problem.ProblemType;
import dev.confetti.gift.problem.RefusedException;
import dev.confetti.gift.problem.Refuses;
import dev.confetti.gift.signin.Caller;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Requests of staff over HTTP, for finance and administrators. */
@RestController
public class StaffAccessController {
    private static final Instant EARLIEST = Instant.parse("2000-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("2200-01-01T00:00:00Z");

    private final StaffAccesses accesses;

    public StaffAccessController(StaffAccesses accesses) {
        this.accesses = accesses;
    }

    /** Requests, latest first. */
    public record AccessList(List<StaffAccess> accesses, @Nullable String nextCursor) {}

    /**
     * Requests of staff to this service; those to the ledger stand at {@code /v1/ledger/accesses}.
     *
     * @param from the first instant; none: all before {@code to}
     * @param to not included; none: all from {@code from} on
     * @param person the id of whose
     */
    @GetMapping("/v1/staff-accesses")
    @Refuses(ProblemType.MALFORMED_REQUEST)
    public AccessList accesses(
            Caller caller,
            @RequestParam(required = false) @Nullable String from,
            @RequestParam(required = false) @Nullable String to,
            @RequestParam(required = false) @Nullable String person,
            @RequestParam(required = false) @Nullable String limit,
            @RequestParam(required = false) @Nullable String cursor) {
        Instant begin = from == null ? EARLIEST : instant("from", from);
        Instant end = to == null ? LATEST : instant("to", to);
        if (begin.isAfter(end)) {
            throw malformed("from", begin.toString(), "an instant not after to, " + end);
        }
        Page<StaffAccess> page =
                accesses.page(
                        begin,
                        end,
                        person == null ? null : PathIds.person("person", person),
                        PageRequest.of(limit, cursor));
        return new AccessList(page.items(), page.nextCursor());
    }

    private static Instant instant(String name, String text) {
        try {
            Instant instant = Instant.parse(text);
            if (!instant.isBefore(EARLIEST) && !instant.isAfter(LATEST)) {
                return instant;
            }
        } catch (DateTimeException e) {
            // falls through to the refusal
        }
        throw malformed(name, text, "an RFC 3339 instant, such as 2026-11-22T12:00:00Z");
    }

    private static RefusedException malformed(String name, String got, String expected) {
        return new RefusedException(
                ProblemType.MALFORMED_REQUEST, name + " \"" + got + "\": expected " + expected);
    }
}

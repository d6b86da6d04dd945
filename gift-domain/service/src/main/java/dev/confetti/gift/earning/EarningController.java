package dev.confetti.gift.earning;

import dev.confetti.gift.earning.Earnings.Bucket;
import dev.confetti.gift.earning.Earnings.Earned;
import dev.confetti.gift.earning.Earnings.Shown;
import dev.confetti.gift.http.Page;
import dev.confetti.gift.http.PageRequest;
import dev.confetti.gift.http.PathIds;
import dev.confetti.gift.problem.ProblemType;
import dev.confetti.gift.problem.RefusedException;
import dev.confetti.gift.problem.Refuses;
import dev.confetti.gift.signin.Caller;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Shows creators, and finance, what they earned. */
@RestController
public class EarningController {
    private static final Duration DEFAULT_SPAN = Duration.ofDays(7);
    private static final Instant EARLIEST = Instant.parse("1970-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

    private final Earnings earnings;
    private final InstantSource clock;

    public EarningController(Earnings earnings, InstantSource clock) {
        this.earnings = earnings;
        this.clock = clock;
    }

    /** Earnings per gift and bucket, latest first. */
    public record Series(List<Earned> series, @Nullable String nextCursor) {}

    @GetMapping("/v1/creators/{id}/earnings")
    @Refuses({ProblemType.FORBIDDEN, ProblemType.MALFORMED_REQUEST})
    public Shown earnings(Caller caller, @PathVariable String id) {
        return earnings.of(own(caller, id));
    }

    /**
     * Earnings over time.
     *
     * @param from RFC 3339; a week before {@code to} when left out
     * @param to RFC 3339, not included; now when left out
     * @param bucket {@code hour} or {@code day}, in UTC; {@code day} when left out
     */
    @GetMapping("/v1/creators/{id}/earnings/series")
    @Refuses({ProblemType.FORBIDDEN, ProblemType.MALFORMED_REQUEST})
    public Series series(
            Caller caller,
            @PathVariable String id,
            @RequestParam(required = false) @Nullable String from,
            @RequestParam(required = false) @Nullable String to,
            @RequestParam(required = false) @Nullable String bucket,
            @RequestParam(required = false) @Nullable String limit,
            @RequestParam(required = false) @Nullable String cursor) {
        String creatorId = own(caller, id);
        Instant end = to == null ? clock.instant() : instant("to", to);
        Instant begin = from == null ? end.minus(DEFAULT_SPAN) : instant("from", from);
        if (begin.isAfter(end)) {
            throw malformed("from", begin.toString(), "an instant not after to, " + end);
        }
        Page<Earned> page =
                earnings.series(
                        creatorId, begin, end, bucket(bucket), PageRequest.of(limit, cursor));
        return new Series(page.items(), page.nextCursor());
    }

    private static String own(Caller caller, String id) {
        if (!id.equals(caller.id()) && !caller.isFinance()) {
            throw new RefusedException(
                    ProblemType.FORBIDDEN,
                    "creator \"" + id + "\": expected your own id, or the role finance");
        }
        return PathIds.person("id", id);
    }

    private static Bucket bucket(@Nullable String text) {
        return switch (text) {
            case null -> Bucket.DAY;
            case "hour" -> Bucket.HOUR;
            case "day" -> Bucket.DAY;
            default -> throw malformed("bucket", text, "hour or day");
        };
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

package dev.confetti.ledger.finance;

import java.time.YearMonth;
import java.util.Map;
import org.springframework.http.HttpStatus;

/** A request that gets no answer, as the problem document will say. */
final class Refusal extends RuntimeException {
    private final HttpStatus status;
    private final String name;
    private final Map<String, Object> numbers;

    private Refusal(HttpStatus status, String name, String detail, Map<String, Object> numbers) {
        super(detail);
        this.status = status;
        this.name = name;
        this.numbers = Map.copyOf(numbers);
    }

    static Refusal malformed(String detail) {
        return new Refusal(HttpStatus.BAD_REQUEST, "malformed-request", detail, Map.of());
    }

    static Refusal notFound(String detail) {
        return new Refusal(HttpStatus.NOT_FOUND, "not-found", detail, Map.of());
    }

    static Refusal notApplied(long wanted, long applied) {
        return new Refusal(
                HttpStatus.CONFLICT,
                "position-not-applied",
                "position "
                        + wanted
                        + ": expected one that the ledger has applied, up to "
                        + applied,
                Map.of("position", wanted, "applied", applied));
    }

    /** Lives of old entries are not in the ledger until it is built anew. */
    static Refusal livesUnknown(long from, long start) {
        return new Refusal(
                HttpStatus.CONFLICT,
                "lives-not-indexed",
                "live, from position "
                        + from
                        + ": expected a range after position "
                        + start
                        + ", since the ledger does not know the lives of older entries; a rebuild"
                        + " of the ledger will",
                Map.of("from", from, "indexedAfter", start));
    }

    static Refusal monthNotBegun(YearMonth month) {
        return new Refusal(
                HttpStatus.CONFLICT,
                "month-not-begun",
                "month " + month + ": expected one that has begun in UTC",
                Map.of("month", month.toString()));
    }

    HttpStatus status() {
        return status;
    }

    /** Last part of the problem's type. */
    String name() {
        return name;
    }

    Map<String, Object> numbers() {
        return numbers;
    }
}

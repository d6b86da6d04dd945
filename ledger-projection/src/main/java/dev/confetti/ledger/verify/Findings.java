package dev.confetti.ledger.verify;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Collects what checks examine and find; the first fault is kept whole, the others are counted. */
final class Findings {
    private final Map<String, long[]> counts = new LinkedHashMap<>();
    private Verification.@Nullable Fault first;

    Findings(List<String> checks) {
        checks.forEach(check -> counts.put(check, new long[2]));
    }

    void examined(String check) {
        of(check)[0]++;
    }

    void fault(String check, String where, String detail) {
        of(check)[1]++;
        if (first == null) {
            first = new Verification.Fault(check, where, detail);
        }
    }

    /** A fault unless two numbers are the same. */
    void expect(String check, String where, String what, long expected, long found) {
        if (expected != found) {
            fault(check, where, what + " " + found + ": expected " + expected);
        }
    }

    /** A fault unless a row says what is expected; null is no row. */
    void same(String check, String where, @Nullable Record expected, @Nullable Record found) {
        if (!Objects.equals(expected, found)) {
            fault(
                    check,
                    where,
                    (found == null ? "no row" : found)
                            + ": expected "
                            + (expected == null ? "none" : expected));
        }
    }

    Verification.@Nullable Fault first() {
        return first;
    }

    List<Verification.Check> checks() {
        List<Verification.Check> checks = new ArrayList<>();
        counts.forEach(
                (name, count) ->
                        checks.add(
                                new Verification.Check(name, count[1] == 0, count[0], count[1])));
        return checks;
    }

    private long[] of(String check) {
        long[] count = counts.get(check);
        if (count == null) {
            throw new IllegalArgumentException("check " + check + ": expected a declared one");
        }
        return count;
    }
}

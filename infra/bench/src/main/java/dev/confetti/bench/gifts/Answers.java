package dev.confetti.bench.gifts;

import dev.confetti.bench.report.Measure;
import dev.confetti.bench.report.Report;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Reports what became of clicks. */
final class Answers {
    private Answers() {}

    /**
     * Adds the times from when each click was meant to its answer, and how many failed for which
     * reason.
     *
     * @param name of the measure
     * @param failed what stands before each reason
     */
    static void report(Report report, List<Click> clicks, String name, String failed) {
        Measure answers = new Measure(name);
        Map<String, Integer> failures = new TreeMap<>();
        for (Click click : clicks) {
            if (click.gift() == null) {
                answers.miss();
                failures.merge(String.valueOf(click.failure()), 1, Integer::sum);
            } else {
                answers.record(click.answeredNanos() - click.intendedNanos());
            }
        }
        report.add(answers);
        failures.forEach((why, count) -> report.count(failed + why, count));
    }
}

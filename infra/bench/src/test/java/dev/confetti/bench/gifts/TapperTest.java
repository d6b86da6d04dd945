package dev.confetti.bench.gifts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confetti.bench.report.Environment;
import dev.confetti.bench.report.Report;
import dev.confetti.demo.api.SentGift;
import dev.confetti.demo.pace.Pace;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.LongFunction;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class TapperTest {
    private static final long TAP = 100_000_000;
    private static final long ANSWER = 7_000_000;
    private static final SentGift GIFT = new SentGift("g", "c", 1, 1, 1);

    @Test
    void countsAnswersSinceATimeAndSaysWhyOtherTapsFailed() {
        Report report = new Report("test", Environment.here(Instant.EPOCH, List.of()), Map.of());
        tapFourTimes(
                intended ->
                        intended == TAP
                                ? new Click(0, intended, intended, null, "insufficient-coins")
                                : new Click(0, intended, intended + ANSWER, GIFT, null),
                report);

        JsonNode json = JsonMapper.shared().readTree(report.json());
        JsonNode answers = json.path("measures").path(0);
        assertThat(answers.path("name").stringValue()).isEqualTo("tapper's answer");
        assertThat(answers.path("count").longValue()).isEqualTo(2);
        assertThat(answers.path("missing").longValue()).isEqualTo(1);
        assertThat(json.path("counts").path("tapper failed: insufficient-coins").longValue())
                .isEqualTo(1);
    }

    /** At 0, 100, 200 and 300 ms; reports what was meant from 100 ms on. */
    private static void tapFourTimes(LongFunction<Click> click, Report report) {
        List<Tapper> tappers = new ArrayList<>();
        Pace pace =
                new Pace() {
                    @Override
                    public long nanoTime() {
                        return 0;
                    }

                    @Override
                    public void sleepUntil(long nanos) {
                        if (nanos == 3 * TAP) {
                            tappers.getFirst().stop();
                        }
                    }
                };
        Tapper tapper = new Tapper(pace, 10, click);
        tappers.add(tapper);
        tapper.run();
        tapper.report(report, TAP);
    }
}

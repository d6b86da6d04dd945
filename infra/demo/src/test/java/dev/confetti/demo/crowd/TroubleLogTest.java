package dev.confetti.demo.crowd;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TroubleLogTest {
    @Test
    void gathersTroubleIntoOneLineEachHalfMinute() {
        TroubleLog log = new TroubleLog();
        assertThat(log.line(0)).isEmpty();
        log.add("no-answer", "connection refused");
        assertThat(log.line(0))
                .hasValue("simulated viewers met 1× no-answer, the last: connection refused");
        log.add("no-answer", "connection refused");
        log.add("too-fast", "slower, please");
        log.add("no-answer", "reset");
        assertThat(log.line(29_999)).isEmpty();
        assertThat(log.line(30_000))
                .hasValue("simulated viewers met 2× no-answer, 1× too-fast, the last: reset");
        assertThat(log.line(90_000)).isEmpty();
    }
}

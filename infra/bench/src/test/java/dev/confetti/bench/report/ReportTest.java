package dev.confetti.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReportTest {
    private static Report report() {
        Map<String, Object> options = new LinkedHashMap<>();
        options.put("rate", 50.0);
        options.put("viewers", 3);
        Environment environment =
                new Environment(
                        Instant.parse("2026-11-22T10:00:00Z"),
                        2,
                        512,
                        "OpenJDK 64-Bit Server VM 25.0.1+8",
                        "Linux 6.1 amd64",
                        List.of("-Xmx512m"),
                        List.of("bench", "gifts", "--rate", "50"));
        Report report = new Report("gifts", environment, options);
        Measure answer = new Measure("answer");
        // 1 ms to 100 ms, once each; in such a histogram each value below 2048 µs is exact.
        for (int ms = 1; ms <= 100; ms++) {
            answer.record(ms * 10_000L);
        }
        report.add(answer);
        Measure cue = new Measure("click to cue");
        cue.record(1_500_000);
        cue.miss();
        cue.miss();
        report.add(cue);
        report.add(new Measure("click to board"));
        report.count("failed: sending-too-fast", 4);
        report.remark("the board did not answer");
        return report;
    }

    @Test
    void printsATable() {
        assertThat(report().table())
                .isEqualTo(
                        """
                        ms                         count  missing        p50        p90        p99        max
                        answer                       100        0      0.500      0.900      0.990      1.000
                        click to cue                   1        2      1.500      1.500      1.500      1.500
                        click to board                 0        0          -          -          -          -
                        failed: sending-too-fast         4
                        note: the board did not answer
                        2 CPUs, OpenJDK 64-Bit Server VM 25.0.1+8, heap up to 512 MiB
                        """);
    }

    @Test
    void writesJson() {
        assertThat(report().json().replace("\r\n", "\n"))
                .isEqualTo(
                        """
                        {
                          "bench" : "gifts",
                          "environment" : {
                            "startedAt" : "2026-11-22T10:00:00Z",
                            "cpus" : 2,
                            "maxHeapMiB" : 512,
                            "jvm" : "OpenJDK 64-Bit Server VM 25.0.1+8",
                            "os" : "Linux 6.1 amd64",
                            "jvmFlags" : [ "-Xmx512m" ],
                            "command" : [ "bench", "gifts", "--rate", "50" ]
                          },
                          "options" : {
                            "rate" : 50.0,
                            "viewers" : 3
                          },
                          "measures" : [ {
                            "name" : "answer",
                            "count" : 100,
                            "missing" : 0,
                            "p50Ms" : 0.500,
                            "p90Ms" : 0.900,
                            "p99Ms" : 0.990,
                            "maxMs" : 1.000
                          }, {
                            "name" : "click to cue",
                            "count" : 1,
                            "missing" : 2,
                            "p50Ms" : 1.500,
                            "p90Ms" : 1.500,
                            "p99Ms" : 1.500,
                            "maxMs" : 1.500
                          }, {
                            "name" : "click to board",
                            "count" : 0,
                            "missing" : 0
                          } ],
                          "counts" : {
                            "failed: sending-too-fast" : 4
                          },
                          "notes" : [ "the board did not answer" ]
                        }\
                        """);
    }

    @Test
    void takesTimesThatCrossedAsNone() {
        Measure measure = new Measure("m");
        measure.record(-5_000);
        assertThat(measure.count()).isEqualTo(1);
        assertThat(measure.maxMicros()).isZero();
    }
}

package dev.confetti.bench.report;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** A bench's result: measured times, counts and remarks; as a table to read and as JSON to keep. */
public final class Report {
    private static final double[] PERCENTS = {50, 90, 99};
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final String bench;
    private final Environment environment;
    private final Map<String, Object> options;
    private final List<Measure> measures = new ArrayList<>();
    private final Map<String, Object> counts = new LinkedHashMap<>();
    private final List<String> remarks = new ArrayList<>();

    /**
     * @param options what the bench was asked for, defaults included
     */
    public Report(String bench, Environment environment, Map<String, Object> options) {
        this.bench = bench;
        this.environment = environment;
        this.options = new LinkedHashMap<>(options);
    }

    public void add(Measure measure) {
        measures.add(measure);
    }

    public void count(String name, Object value) {
        counts.put(name, value);
    }

    public void remark(String text) {
        remarks.add(text);
    }

    /** Lines for a screen, times in milliseconds. */
    public String table() {
        StringBuilder text = new StringBuilder();
        row(text, "ms", "count", "missing", "p50", "p90", "p99", "max");
        for (Measure m : measures) {
            row(
                    text,
                    m.name(),
                    Long.toString(m.count()),
                    Long.toString(m.missing()),
                    cell(m, m.microsAt(50)),
                    cell(m, m.microsAt(90)),
                    cell(m, m.microsAt(99)),
                    cell(m, m.maxMicros()));
        }
        counts.forEach(
                (name, value) ->
                        text.append(String.format(Locale.ROOT, "%-22s %9s\n", name, value)));
        remarks.forEach(remark -> text.append("note: ").append(remark).append('\n'));
        text.append(environment.cpus()).append(" CPUs, ").append(environment.jvm());
        text.append(", heap up to ").append(environment.maxHeapMiB()).append(" MiB\n");
        return text.toString();
    }

    private static void row(
            StringBuilder text, String name, String count, String missing, String... times) {
        text.append(String.format(Locale.ROOT, "%-22s %9s %8s", name, count, missing));
        for (String time : times) {
            text.append(String.format(Locale.ROOT, " %10s", time));
        }
        text.append('\n');
    }

    private static String cell(Measure measure, long micros) {
        return measure.count() == 0 ? "-" : milliseconds(micros).toPlainString();
    }

    private static BigDecimal milliseconds(long micros) {
        return BigDecimal.valueOf(micros, 3);
    }

    /** The whole as one JSON document. */
    public String json() {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("bench", bench);
        Map<String, Object> where = new LinkedHashMap<>();
        where.put("startedAt", environment.startedAt().toString());
        where.put("cpus", environment.cpus());
        where.put("maxHeapMiB", environment.maxHeapMiB());
        where.put("jvm", environment.jvm());
        where.put("os", environment.os());
        where.put("jvmFlags", environment.jvmFlags());
        where.put("command", environment.command());
        document.put("environment", where);
        document.put("options", options);
        document.put("measures", measures.stream().map(Report::asMap).toList());
        document.put("counts", counts);
        document.put("notes", remarks);
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(document);
    }

    private static Map<String, Object> asMap(Measure m) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("name", m.name());
        row.put("count", m.count());
        row.put("missing", m.missing());
        if (m.count() > 0) {
            for (double percent : PERCENTS) {
                row.put("p" + (int) percent + "Ms", milliseconds(m.microsAt(percent)));
            }
            row.put("maxMs", milliseconds(m.maxMicros()));
        }
        return row;
    }
}

package dev.confetti.bench.load;

import dev.confetti.bench.report.Measure;
import dev.confetti.bench.report.Report;
import dev.confetti.bench.stage.BenchFailure;
import dev.confetti.demo.pace.Pace;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Asks a service one question after the other over HTTP and times each answer. For one thread. */
public final class AnsweredReads implements AutoCloseable {
    private static final Duration ANSWER = Duration.ofMinutes(2);

    /** One of so many is asked before, for the compiler. */
    private static final int WARMUP = 5;

    private final HttpClient http = HttpClient.newHttpClient();
    private final String url;
    private final @Nullable String token;
    private final Pace pace;

    /**
     * For a service.
     *
     * @param url without a path
     * @param token of whoever asks; null for nobody
     */
    public AnsweredReads(String url, @Nullable String token, Pace pace) {
        this.url = url;
        this.token = token;
        this.pace = pace;
    }

    /** Asks so often and adds the times to the report. */
    public void ask(String name, int times, Supplier<String> question, Report report)
            throws IOException, InterruptedException {
        for (int i = 0; i < times / WARMUP; i++) {
            get(question.get());
        }
        Measure measure = new Measure(name);
        for (int i = 0; i < times; i++) {
            String path = question.get();
            long start = pace.nanoTime();
            get(path);
            measure.record(pace.nanoTime() - start);
        }
        report.add(measure);
    }

    /** Reads the whole answer. */
    private void get(String path) throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(url + path)).timeout(ANSWER);
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        HttpResponse<String> answer =
                http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new BenchFailure(
                    path + ": expected 200, got " + answer.statusCode() + " " + answer.body());
        }
    }

    @Override
    public void close() {
        http.close();
    }
}

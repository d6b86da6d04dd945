package dev.confetti.bench.load;

import dev.confetti.bench.report.Measure;
import dev.confetti.bench.report.Report;
import dev.confetti.bench.stage.BenchFailure;
import dev.confetti.demo.pace.Pace;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Asks a service one question after the other over one kept connection and times each answer, to
 * its last byte. The asking thread itself writes and reads, so that no handing over between the
 * client's threads is measured. For one thread.
 */
public final class AnsweredReads {
    private static final int OK = HttpURLConnection.HTTP_OK;
    private static final int ANSWER_MS = 120_000;

    /** One of so many is asked before, for the compiler. */
    private static final int WARMUP = 5;

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
            throws IOException {
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

    /** Reads the whole answer, without which the connection would not be kept. */
    private void get(String path) throws IOException {
        HttpURLConnection request =
                (HttpURLConnection) URI.create(url + path).toURL().openConnection(Proxy.NO_PROXY);
        request.setConnectTimeout(ANSWER_MS);
        request.setReadTimeout(ANSWER_MS);
        if (token != null) {
            request.setRequestProperty("Authorization", "Bearer " + token);
        }
        int status = request.getResponseCode();
        InputStream body = status == OK ? request.getInputStream() : request.getErrorStream();
        byte[] answer = body == null ? new byte[0] : body.readAllBytes();
        if (status != OK) {
            throw new BenchFailure(
                    path
                            + ": expected 200, got "
                            + status
                            + " "
                            + new String(answer, StandardCharsets.UTF_8));
        }
    }
}

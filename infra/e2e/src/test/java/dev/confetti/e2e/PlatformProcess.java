package dev.confetti.e2e;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A whole platform in a JVM of its own, started as {@code ./confetti} starts it. */
final class PlatformProcess implements Server, AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

    private final Process process;
    private final Ports ports;
    private final Path output;

    private PlatformProcess(Process process, Ports ports, Path output) {
        this.process = process;
        this.ports = ports;
        this.output = output;
    }

    /** Starts {@code confetti up} and waits until its health is UP. */
    static PlatformProcess up(Path data, Ports ports, String... options) throws IOException {
        return up(data, ports, Map.of(), options);
    }

    /** The same with variables of the environment. */
    static PlatformProcess up(
            Path data, Ports ports, Map<String, String> variables, String... options)
            throws IOException {
        List<String> arguments = new ArrayList<>(List.of("up", "--dev-auth"));
        arguments.addAll(List.of(options));
        Path output = data.resolveSibling(data.getFileName() + "-up.txt");
        PlatformProcess platform =
                new PlatformProcess(
                        command(data, ports, output, variables, arguments), ports, output);
        platform.awaitHealthy();
        return platform;
    }

    /** Runs {@code confetti COMMAND} to its end. */
    static Ended run(Path data, Ports ports, String... arguments)
            throws IOException, InterruptedException {
        return run(data, ports, Map.of(), arguments);
    }

    /** The same with variables of the environment. */
    static Ended run(Path data, Ports ports, Map<String, String> variables, String... arguments)
            throws IOException, InterruptedException {
        Path output = data.resolveSibling(data.getFileName() + "-" + arguments[0] + ".txt");
        Process process = command(data, ports, output, variables, List.of(arguments));
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IllegalStateException(
                    arguments[0] + " did not end: " + Files.readString(output));
        }
        return new Ended(process.exitValue(), Files.readString(output));
    }

    record Ended(int exitCode, String output) {}

    Ports ports() {
        return ports;
    }

    @Override
    public URI http(String path) {
        return URI.create("http://127.0.0.1:" + ports.http() + path);
    }

    URI media(String path) {
        return URI.create("http://127.0.0.1:" + ports.media() + path);
    }

    String output() throws IOException {
        return Files.readString(output);
    }

    /** What {@code kill -9} does. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor();
    }

    /** What Ctrl-C does; returns the exit code. */
    int interrupt() throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IllegalStateException("did not stop on SIGINT: " + output());
        }
        return process.exitValue();
    }

    @Override
    public void close() throws IOException {
        try {
            if (process.isAlive()) {
                interrupt();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private void awaitHealthy() throws IOException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < deadline) {
            if (!process.isAlive()) {
                throw new IllegalStateException(
                        "the platform ended with " + process.exitValue() + ": " + output());
            }
            if (status(http("/actuator/health")) == 200) {
                return;
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
        }
        process.destroyForcibly();
        throw new IllegalStateException("the platform did not become healthy: " + output());
    }

    private static int status(URI uri) {
        try {
            return HTTP.send(
                            HttpRequest.newBuilder(uri).build(),
                            HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        } catch (IOException e) {
            return 0;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Process command(
            Path data,
            Ports ports,
            Path output,
            Map<String, String> variables,
            List<String> arguments)
            throws IOException {
        List<String> line = new ArrayList<>();
        // Whoever runs the tests in the background ignores SIGINT, and children inherit that.
        line.addAll(List.of("env", "--default-signal=INT"));
        line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        line.addAll(List.of(System.getProperty("confetti.jvm.flags").split(" ")));
        line.add("dev.confetti.platform.Confetti");
        line.addAll(arguments);
        line.addAll(
                List.of(
                        "--data",
                        data.toString(),
                        "--port-offset",
                        Integer.toString(ports.offset())));
        ProcessBuilder builder =
                new ProcessBuilder(line)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()));
        Map<String, String> environment = builder.environment();
        environment.keySet().removeIf(name -> name.startsWith("CONFETTI_"));
        environment.putAll(variables);
        environment.put("CLASSPATH", System.getProperty("java.class.path"));
        return builder.start();
    }
}

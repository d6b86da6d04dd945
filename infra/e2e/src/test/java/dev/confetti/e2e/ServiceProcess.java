package dev.confetti.e2e;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * One module as a process of its own: its jar, started with nothing but environment variables. Any
 * number of the same module may run at once, each under a name of its own.
 */
final class ServiceProcess implements Server, AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

    /** The modules that run alone. */
    enum Service {
        GIFTS("CONFETTI_HTTP_PORT"),
        LEDGER("CONFETTI_HTTP_PORT"),
        BOARDS("CONFETTI_HTTP_PORT"),
        GATEWAY("CONFETTI_MEDIA_PORT");

        /** The variable that says where it answers over HTTP. */
        private final String portVariable;

        Service(String portVariable) {
            this.portVariable = portVariable;
        }

        private Path jar() {
            Path jar =
                    Path.of(
                            System.getProperty(
                                    "confetti.jar." + name().toLowerCase(Locale.ROOT), ""));
            if (!Files.isRegularFile(jar)) {
                throw new IllegalStateException(
                        jar + " is not there: expected the jar of " + this + ", from mvnw package");
            }
            return jar;
        }
    }

    private final String name;
    private final Process process;
    private final int port;
    private final Path stdout;
    private final Path stderr;

    private ServiceProcess(String name, Process process, int port, Path stdout, Path stderr) {
        this.name = name;
        this.process = process;
        this.port = port;
        this.stdout = stdout;
        this.stderr = stderr;
    }

    /**
     * Starts a service; {@link #awaitHealthy} waits for it.
     *
     * @param name of this process, for its files in the folder and for messages
     * @param environment the variables that it gets; without one for its HTTP port it gets a free
     *     one
     */
    static ServiceProcess start(
            Service service, String name, Path folder, Map<String, String> environment)
            throws IOException {
        Path stdout = folder.resolve(name + ".out.txt");
        Path stderr = folder.resolve(name + ".err.txt");
        ProcessBuilder builder =
                new ProcessBuilder(
                                List.of(
                                        Path.of(System.getProperty("java.home"), "bin", "java")
                                                .toString(),
                                        // Many start, few run for long.
                                        "-XX:TieredStopAtLevel=1",
                                        "-Xmx512m",
                                        "-jar",
                                        service.jar().toString()))
                        .redirectOutput(stdout.toFile())
                        .redirectError(stderr.toFile());
        Map<String, String> variables = builder.environment();
        variables.keySet().removeIf(variable -> variable.matches("(CONFETTI|SPRING|SERVER)_.*"));
        variables.putAll(environment);
        String port =
                variables.computeIfAbsent(
                        service.portVariable,
                        _ -> Integer.toString(dev.confetti.engines.Ports.free()));
        return new ServiceProcess(name, builder.start(), Integer.parseInt(port), stdout, stderr);
    }

    @Override
    public URI http(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    /** Waits until its health is UP; fails with all that it said where it ends before. */
    ServiceProcess awaitHealthy() throws IOException, InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < deadline) {
            if (!process.isAlive()) {
                throw new IllegalStateException(
                        name + " ended with " + process.waitFor() + ": " + said());
            }
            if (isHealthy()) {
                return this;
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
        }
        kill();
        throw new IllegalStateException(name + " did not become healthy: " + said());
    }

    /** What {@code kill -9} does. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** What SIGSTOP does: it stands still wherever it is. */
    void pause() throws IOException, InterruptedException {
        signal("STOP");
    }

    /** What SIGCONT does. */
    void goOn() throws IOException, InterruptedException {
        signal("CONT");
    }

    private void signal(String signal) throws IOException, InterruptedException {
        int exit =
                new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid()))
                        .start()
                        .waitFor();
        if (exit != 0) {
            throw new IllegalStateException("kill -" + signal + " " + this + " gave " + exit);
        }
    }

    /** What SIGTERM does; returns the exit code. */
    int terminate() throws IOException, InterruptedException {
        process.destroy();
        return awaitEnd();
    }

    /** Waits until it has ended by itself; returns the exit code. */
    int awaitEnd() throws IOException, InterruptedException {
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            kill();
            throw new IllegalStateException(name + " did not end: " + said());
        }
        return process.exitValue();
    }

    List<String> stdout() throws IOException {
        return Files.readAllLines(stdout);
    }

    List<String> stderr() throws IOException {
        return Files.readAllLines(stderr);
    }

    /** All that it has said, for the message of a failure. */
    String said() throws IOException {
        return Files.readString(stderr) + Files.readString(stdout);
    }

    @Override
    public String toString() {
        return name + " at " + http("/");
    }

    /** Stops it where it still runs. */
    @Override
    public void close() throws IOException {
        try {
            if (process.isAlive()) {
                terminate();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private boolean isHealthy() throws InterruptedException {
        try {
            return HTTP.send(
                                    HttpRequest.newBuilder(http("/actuator/health"))
                                            .timeout(Duration.ofSeconds(10))
                                            .build(),
                                    HttpResponse.BodyHandlers.discarding())
                            .statusCode()
                    == 200;
        } catch (IOException e) {
            return false;
        }
    }
}

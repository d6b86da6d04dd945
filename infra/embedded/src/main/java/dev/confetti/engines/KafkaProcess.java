package dev.confetti.engines;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A broker in a JVM of its own, which a test can kill and start again on its data and port. It ends
 * with this JVM. Used by one thread.
 */
public final class KafkaProcess implements AutoCloseable {
    private static final String READY = "broker is ready";

    private final Path folder;
    private final int port;
    private Process process;

    private KafkaProcess(Path folder, int port) throws IOException {
        this.folder = folder;
        this.port = port;
        this.process = launch();
    }

    /**
     * Starts one on a free port.
     *
     * @param folder its own, absolute
     */
    public static KafkaProcess start(Path folder) throws IOException {
        return new KafkaProcess(folder, Ports.free());
    }

    public String bootstrap() {
        return "127.0.0.1:" + port;
    }

    /** What {@code kill -9} does. */
    public void kill() {
        process.destroyForcibly().onExit().join();
    }

    /** Starts it on what it has on disk. */
    public void startAgain() throws IOException {
        process = launch();
    }

    private Process launch() throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder(
                                List.of(
                                        Path.of(System.getProperty("java.home"), "bin", "java")
                                                .toString(),
                                        "-Xmx512m",
                                        KafkaProcess.class.getName(),
                                        folder.toString(),
                                        Integer.toString(port)))
                        .redirectError(folder.resolveSibling("broker.err.txt").toFile());
        Map<String, String> environment = builder.environment();
        environment.put("CLASSPATH", System.getProperty("java.class.path"));
        Process started = builder.start();
        BufferedReader output = started.inputReader(StandardCharsets.UTF_8);
        String line = output.readLine();
        while (line != null && !line.equals(READY)) {
            line = output.readLine();
        }
        if (line == null) {
            throw new IllegalStateException("the broker ended before it was ready");
        }
        Thread.ofVirtual().start(() -> output.lines().forEach(more -> {}));
        return started;
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }

    /** The broker's own process: runs until its standard input ends, with whoever started it. */
    public static void main(String[] folderAndPort) throws IOException {
        try (EmbeddedKafka broker =
                EmbeddedKafka.start(
                        Path.of(folderAndPort[0]), Integer.parseInt(folderAndPort[1]))) {
            System.out.println(READY);
            if (System.in.read() >= 0) {
                throw new IllegalStateException(
                        broker.bootstrap() + ": expected nothing on standard input");
            }
        }
    }
}

package dev.confetti.engines;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.common.utils.internals.Exit;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A real Kafka broker and controller inside this JVM, on the loopback address. Its data stays in
 * the folder; a next start goes on with it, also after a kill.
 */
public final class EmbeddedKafka implements AutoCloseable {
    /** Any fixed id will do: the folder never meets another cluster. */
    private static final String CLUSTER_ID = "Y29uZmV0dGktb25lLW5vZA";

    private static final long START_TIMEOUT_MS = 120_000;
    private static final long STOP_PATIENCE_MS = 20_000;

    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedKafka.class);

    static {
        // A broker that is alone in its JVM ends it on a fatal fault; this one has company.
        Exit.setExitProcedure(EmbeddedKafka::refuseToExit);
        Exit.setHaltProcedure(EmbeddedKafka::refuseToExit);
    }

    private final KafkaRaftServer server;
    private final String bootstrap;

    private EmbeddedKafka(KafkaRaftServer server, String bootstrap) {
        this.server = server;
        this.bootstrap = bootstrap;
    }

    /**
     * Starts the broker.
     *
     * @param folder its own folder, absolute; nobody else may be using it
     * @param port 0 for a free one; the controller always takes a free one
     */
    public static EmbeddedKafka start(Path folder, int port) {
        return Ports.startOn("Kafka", port, chosen -> run(folder, chosen));
    }

    private static EmbeddedKafka run(Path folder, int port) {
        String bootstrap = "127.0.0.1:" + port;
        KafkaRaftServer server = create(folder, bootstrap);
        FutureTask<EmbeddedKafka> start =
                new FutureTask<>(
                        () -> {
                            server.startup();
                            return new EmbeddedKafka(server, bootstrap);
                        });
        Thread starter = Thread.ofPlatform().daemon().name("kafka-start").start(start);
        try {
            return start.get(START_TIMEOUT_MS, TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            stop(server);
            throw new EngineException(
                    "Kafka did not start on port " + port + " in " + folder + ": " + rootOf(e), e);
        } catch (TimeoutException e) {
            stop(server);
            throw new EngineException(
                    "Kafka did not start on port "
                            + port
                            + " in "
                            + folder
                            + " within "
                            + START_TIMEOUT_MS / 1000
                            + " s: is the machine overloaded?",
                    e);
        } catch (InterruptedException e) {
            // Kafka cannot be stopped while it starts, so let it come up first.
            joinQuietly(starter);
            stop(server);
            throw Interruption.of(e);
        }
    }

    /** {@code host:port} for clients. */
    public String bootstrap() {
        return bootstrap;
    }

    /** Flushes and stops. */
    @Override
    public void close() {
        stop(server);
    }

    private static void stop(KafkaRaftServer server) {
        joinQuietly(
                Thread.ofPlatform()
                        .daemon()
                        .name("kafka-stop")
                        .start(
                                () -> {
                                    server.shutdown();
                                    server.awaitShutdown();
                                }));
    }

    /**
     * Waits however often the waiting thread is interrupted, but not for ever: this is the way out,
     * and Kafka that is stopped while it starts ends in a fatal fault.
     */
    private static void joinQuietly(Thread thread) {
        long deadlineNanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(STOP_PATIENCE_MS);
        boolean interrupted = false;
        boolean waiting = true;
        while (waiting) {
            try {
                long leftMs = TimeUnit.NANOSECONDS.toMillis(deadlineNanos - System.nanoTime());
                waiting = leftMs > 0 && !thread.join(Duration.ofMillis(leftMs));
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static KafkaRaftServer create(Path folder, String bootstrap) {
        try {
            Files.createDirectories(folder);
            new Formatter()
                    .setClusterId(CLUSTER_ID)
                    .setNodeId(1)
                    .setControllerListenerName("CONTROLLER")
                    .setMetadataLogDirectory(folder.toString())
                    .addDirectory(folder.toString())
                    .setReleaseVersion(MetadataVersion.latestProduction())
                    .setIgnoreFormatted(true)
                    .setPrintStream(
                            new PrintStream(
                                    OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
                    .run();
            KafkaConfig config = new KafkaConfig(settings(folder, bootstrap, Ports.free()));
            return new KafkaRaftServer(config, Time.SYSTEM);
        } catch (Exception e) {
            throw new EngineException("Kafka cannot use " + folder + ": " + e.getMessage(), e);
        }
    }

    private static Map<String, Object> settings(Path folder, String bootstrap, int controller) {
        Map<String, Object> settings = new HashMap<>();
        settings.put("process.roles", "broker,controller");
        settings.put("node.id", "1");
        settings.put("controller.quorum.voters", "1@127.0.0.1:" + controller);
        settings.put(
                "listeners", "PLAINTEXT://" + bootstrap + ",CONTROLLER://127.0.0.1:" + controller);
        settings.put("advertised.listeners", "PLAINTEXT://" + bootstrap);
        settings.put("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
        settings.put("controller.listener.names", "CONTROLLER");
        settings.put("inter.broker.listener.name", "PLAINTEXT");
        settings.put("log.dirs", folder.toString());
        settings.put("auto.create.topics.enable", "false");
        // One node: there is nobody to replicate to.
        for (String name :
                List.of(
                        "offsets.topic.replication.factor",
                        "offsets.topic.num.partitions",
                        "transaction.state.log.replication.factor",
                        "transaction.state.log.min.isr",
                        "transaction.state.log.num.partitions",
                        "share.coordinator.state.topic.replication.factor",
                        "share.coordinator.state.topic.min.isr",
                        "share.coordinator.state.topic.num.partitions",
                        "default.replication.factor",
                        "min.insync.replicas")) {
            settings.put(name, "1");
        }
        settings.put("group.initial.rebalance.delay.ms", "0");
        // A restart waits until the controller has forgotten the last broker: 9 s by default.
        settings.put("broker.session.timeout.ms", "3000");
        settings.put("broker.heartbeat.interval.ms", "500");
        settings.put("controlled.shutdown.enable", "true");
        settings.put("initial.broker.registration.timeout.ms", "110000");
        // Small: many brokers may run in one test JVM, and the platform shares its JVM with it.
        settings.put("num.network.threads", "1");
        settings.put("num.io.threads", "2");
        settings.put("background.threads", "2");
        settings.put("num.recovery.threads.per.data.dir", "2");
        settings.put("log.cleaner.threads", "1");
        settings.put("log.cleaner.dedupe.buffer.size", "2097152");
        settings.put("log.segment.bytes", Integer.toString(128 << 20));
        settings.put("log.index.size.max.bytes", Integer.toString(1 << 20));
        settings.put("log.retention.ms", Long.toString(TimeUnit.DAYS.toMillis(30)));
        return settings;
    }

    private static void refuseToExit(int status, @Nullable String message) {
        String fault =
                "Kafka met a fatal fault and is of no more use (status "
                        + status
                        + ")"
                        + (message == null ? "" : ": " + message);
        LOG.error(fault);
        throw new EngineException(fault, null);
    }

    private static String rootOf(Throwable thrown) {
        Throwable cause = thrown;
        for (Throwable next = cause; next != null; next = next.getCause()) {
            cause = next;
        }
        return String.valueOf(cause.getMessage());
    }
}

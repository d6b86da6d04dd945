package dev.confetti.platform;

import dev.confetti.engines.Engines;
import dev.confetti.engines.Ports;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HexFormat;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The parts of the platform: started in order, closed in reverse. Used by one thread. */
final class Platform implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Platform.class);

    private final PlatformConfig config;
    private final Deque<Part> started = new ArrayDeque<>();

    Platform(PlatformConfig config) {
        this.config = config;
    }

    /** Starts every part; after a failure {@link #close} stops those that had been started. */
    void start() throws Exception {
        requireFreePorts();
        String serviceToken = config.serviceToken() == null ? randomToken() : config.serviceToken();

        // This is where parts are plugged in. Each needs those before it.
        LOG.info("starting the engines in {}", config.engines().dataDir());
        Engines engines = opened("engines", Engines.start(config.engines()));
        // Not before: only now is the folder ours.
        LogFile.attach(config.engines().dataDir().resolve("confetti.log"));
        LOG.info("starting the services");
        Services services = opened("services", Services.start(config, engines, serviceToken));
        services.awaitHealthy();
    }

    /** Stops the parts, the last one first; one that fails does not keep the others. */
    @Override
    public void close() {
        while (!started.isEmpty()) {
            Part part = started.pop();
            try {
                part.closeable().close();
            } catch (Exception e) {
                LOG.warn("{} did not stop well", part.name(), e);
            }
        }
    }

    private record Part(String name, AutoCloseable closeable) {}

    private <T extends AutoCloseable> T opened(String name, T part) throws InterruptedException {
        started.push(new Part(name, part));
        if (Thread.interrupted()) {
            throw new InterruptedException("called off after " + name);
        }
        return part;
    }

    private void requireFreePorts() {
        String address = config.bind().getHostAddress();
        Ports.requireFree("HTTP API", address, config.httpPort());
        Ports.requireFree("media over HTTP", address, config.mediaPort());
        Ports.requireFree("RTMP", address, config.rtmpPort());
    }

    private static String randomToken() {
        byte[] bytes = new byte[32];
        new java.security.SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}

package dev.confetti.platform;

import dev.confetti.demo.Demo;
import dev.confetti.demo.DemoConfig;
import dev.confetti.engines.Engines;
import dev.confetti.engines.Ports;
import dev.confetti.gateway.GatewayConfig;
import dev.confetti.gateway.StreamGateway;
import dev.confetti.gateway.TlsConfig;
import java.util.ArrayDeque;
import java.util.Deque;
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
    Engines start() throws Exception {
        requireFreePorts();
        requireCertificate();

        // This is where parts are plugged in. Each needs those before it.
        LOG.info("starting the engines in {}", config.engines().dataDir());
        Engines engines = opened("engines", Engines.start(config.engines()));
        // Not before: only now is the folder ours.
        LogFile.attach(config.engines().dataDir().resolve("confetti.log"));
        LOG.info("starting the services");
        MediaHealth media = new MediaHealth();
        Services services = opened("services", Services.start(config, engines, media));
        media.of(opened("gateway", gateway(engines, services)));
        services.awaitHealthy();
        if (config.demo()) {
            opened("demo", demo());
        }
        return engines;
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

    private StreamGateway gateway(Engines engines, Services services) throws InterruptedException {
        return StreamGateway.start(
                config.gateway().draft().kafkaBootstrap(engines.kafkaBootstrap()).config(),
                services.meters());
    }

    private Demo demo() {
        return Demo.start(
                DemoConfig.of(
                        config.gateway().serviceUrl(),
                        "rtmp://"
                                + config.reachable()
                                + ":"
                                + config.gateway().rtmpPort()
                                + "/live",
                        config.engines().dataDir()));
    }

    private void requireFreePorts() {
        String address = config.bind().getHostAddress();
        GatewayConfig gateway = config.gateway();
        TlsConfig tls = gateway.tls();
        Ports.requireFree("HTTP API", address, config.httpPort());
        Ports.requireFree("media over HTTP", address, gateway.mediaPort());
        Ports.requireFree("RTMP", address, gateway.rtmpPort());
        if (tls != null && tls.mediaTlsPort() != null) {
            Ports.requireFree("media over HTTPS", address, tls.mediaTlsPort());
        }
        if (tls != null && tls.rtmpsPort() != null) {
            Ports.requireFree("RTMPS", address, tls.rtmpsPort());
        }
    }

    private void requireCertificate() {
        TlsConfig tls = config.gateway().tls();
        if (tls == null) {
            return;
        }
        try {
            tls.requireUsable();
        } catch (IllegalArgumentException e) {
            throw new PlatformException(String.valueOf(e.getMessage()), e);
        }
    }
}

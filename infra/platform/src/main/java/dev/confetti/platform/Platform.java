package dev.confetti.platform;

import dev.confetti.demo.Demo;
import dev.confetti.demo.DemoConfig;
import dev.confetti.engines.Engines;
import dev.confetti.engines.Ports;
import dev.confetti.gateway.GatewayConfig;
import dev.confetti.gateway.StreamGateway;
import dev.confetti.gateway.limits.Limits;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.URI;
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
    Engines start() throws Exception {
        requireFreePorts();
        String serviceToken = config.serviceToken() == null ? randomToken() : config.serviceToken();

        // This is where parts are plugged in. Each needs those before it.
        LOG.info("starting the engines in {}", config.engines().dataDir());
        Engines engines = opened("engines", Engines.start(config.engines()));
        // Not before: only now is the folder ours.
        LogFile.attach(config.engines().dataDir().resolve("confetti.log"));
        LOG.info("starting the services");
        MediaHealth media = new MediaHealth();
        Services services =
                opened("services", Services.start(config, engines, serviceToken, media));
        media.of(opened("gateway", gateway(engines, services, serviceToken)));
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

    private StreamGateway gateway(Engines engines, Services services, String serviceToken)
            throws InterruptedException {
        return StreamGateway.start(
                new GatewayConfig(
                        config.bind().getHostAddress(),
                        config.mediaPort(),
                        config.rtmpPort(),
                        0,
                        config.publicUrl(),
                        URI.create("http://" + reachable() + ":" + config.httpPort()),
                        serviceToken,
                        engines.kafkaBootstrap(),
                        Limits.defaults()),
                services.meters());
    }

    private Demo demo() {
        return Demo.start(
                DemoConfig.of(
                        URI.create("http://" + reachable() + ":" + config.httpPort()),
                        "rtmp://" + reachable() + ":" + config.rtmpPort() + "/live",
                        config.engines().dataDir()));
    }

    /** The address at which this process reaches itself, fit for a URL. */
    private String reachable() {
        InetAddress address =
                config.bind().isAnyLocalAddress()
                        ? InetAddress.getLoopbackAddress()
                        : config.bind();
        String text = address.getHostAddress();
        return address instanceof Inet6Address ? "[" + text + "]" : text;
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

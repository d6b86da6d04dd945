package dev.confetti.board;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Environment;
import org.springframework.core.env.MapPropertySource;

/**
 * How this module runs as a process of its own: where it listens, what it logs, and that it says in
 * one line why it cannot start. The other modules have the same, since modules share no code.
 */
final class OwnProcess {
    private static final int FAILED = 1;
    private static final String BIND = "confetti.bind";
    private static final String HTTP_PORT = "confetti.http-port";
    private static final String LOOPBACK = "127.0.0.1";
    private static final Duration LONGEST_START = Duration.ofHours(1);

    /** What holds unless the operator says otherwise. */
    static final Map<String, Object> DEFAULTS =
            Map.ofEntries(
                    Map.entry("server.address", "${" + BIND + ":" + LOOPBACK + "}"),
                    Map.entry("server.port", "${" + HTTP_PORT + ":8080}"),
                    Map.entry("server.shutdown", "graceful"),
                    Map.entry("spring.lifecycle.timeout-per-shutdown-phase", "10s"),
                    Map.entry("spring.threads.virtual.enabled", "true"),
                    // As many listeners as the boards let in, and room for who only asks.
                    Map.entry("server.tomcat.max-connections", "25000"),
                    Map.entry("server.tomcat.accept-count", "1000"),
                    // A sorted set of all requests under way would be kept for it.
                    Map.entry("management.metrics.observations.ignored-meters", "long-task-timer"),
                    Map.entry("spring.main.banner-mode", "off"),
                    Map.entry("spring.main.log-startup-info", "false"),
                    Map.entry("management.endpoints.web.exposure.include", "health,prometheus"),
                    Map.entry("management.endpoint.health.show-components", "always"),
                    Map.entry(
                            "logging.pattern.console",
                            "%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX} %-5level [%thread] %logger{30}:"
                                    + " %msg%n"),
                    Map.entry("logging.level.root", "warn"),
                    Map.entry("logging.level.dev.confetti", "${confetti.log-level:info}"),
                    // A broker that is away is said by whoever needs it.
                    Map.entry("logging.level.org.apache.kafka.clients.NetworkClient", "error"),
                    Map.entry("logging.level.org.apache.kafka.common.utils.AppInfoParser", "error"),
                    Map.entry("logging.level.org.springdoc", "error"),
                    // What keeps it from starting is said by us, once.
                    Map.entry("logging.level.org.springframework.boot.SpringApplication", "off"),
                    Map.entry("logging.level.org.springframework.boot.diagnostics", "off"),
                    Map.entry("logging.level.org.springframework.boot.web", "error"));

    private OwnProcess() {}

    /**
     * Starts the module and leaves it running; ends the process where it cannot start.
     *
     * @param name of the service, as the operator knows it
     * @param check throws an exception whose message says what is wrong, before anything is opened
     */
    static void run(String name, Class<?> module, Consumer<Environment> check, String[] args) {
        SpringApplication application = new SpringApplication(module);
        application.setDefaultProperties(DEFAULTS);
        application.addInitializers(
                context -> {
                    ConfigurableEnvironment settings = context.getEnvironment();
                    InetAddress address = address(settings);
                    requireFreePort(address, port(settings));
                    // Reasons may name hosts and paths: only for who sits at the machine.
                    Object details = address.isLoopbackAddress() ? "always" : "never";
                    settings.getPropertySources()
                            .addLast(
                                    new MapPropertySource(
                                            "ownProcess",
                                            Map.of(
                                                    "management.endpoint.health.show-details",
                                                    details)));
                    check.accept(settings);
                });
        Logger log = LoggerFactory.getLogger(module);
        try {
            Environment settings = application.run(args).getEnvironment();
            log.info(
                    "{} is up on {}:{}",
                    name,
                    settings.getProperty("server.address"),
                    settings.getProperty("local.server.port"));
        } catch (RuntimeException e) {
            log.debug("the start failed", e);
            System.err.println(name + ": " + reason(e));
            System.exit(FAILED);
        }
    }

    /** The innermost cause, which knows best, in one line. */
    static String reason(Throwable failure) {
        Throwable innermost = failure;
        for (Throwable at = failure; at != null; at = at.getCause()) {
            if (at instanceof BindException bind && bind.getProperty() != null) {
                return bind.getProperty().getName()
                        + " \""
                        + bind.getProperty().getValue()
                        + "\": expected "
                        + bind.getTarget().getType();
            }
            innermost = at;
        }
        String message = innermost.getMessage();
        return message == null || message.isBlank()
                ? innermost.toString()
                : message.strip().replaceAll("\\s*\\R\\s*", "; ");
    }

    /** How long a start waits for Kafka. */
    static Duration startTimeout(Environment settings) {
        String text = settings.getProperty("confetti.start-timeout", "PT30S");
        try {
            Duration timeout = Duration.parse(text);
            if (timeout.isPositive() && timeout.compareTo(LONGEST_START) <= 0) {
                return timeout;
            }
        } catch (DateTimeParseException e) {
            // falls through to the refusal
        }
        throw new IllegalArgumentException(
                "CONFETTI_START_TIMEOUT \""
                        + text
                        + "\": expected an ISO 8601 duration up to "
                        + LONGEST_START
                        + ", such as PT30S");
    }

    static InetAddress address(Environment settings) {
        String text = settings.getProperty("server.address", "");
        try {
            if (text.isBlank()) {
                throw new UnknownHostException("none");
            }
            return InetAddress.getByName(text);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(
                    "CONFETTI_BIND \""
                            + text
                            + "\": expected an address of this machine, such as 127.0.0.1 or"
                            + " 0.0.0.0");
        }
    }

    private static int port(Environment settings) {
        String text = settings.getProperty("server.port", "");
        if (!text.matches("[0-9]{1,5}") || Integer.parseInt(text) > 65_535) {
            throw new IllegalArgumentException(
                    "CONFETTI_HTTP_PORT \"" + text + "\": expected 0 (any free one) to 65535");
        }
        return Integer.parseInt(text);
    }

    /** Looked at first, so that who cannot be reached does no work. */
    private static void requireFreePort(InetAddress address, int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(address, port));
        } catch (IOException e) {
            throw new IllegalStateException(
                    "CONFETTI_HTTP_PORT "
                            + port
                            + " on "
                            + address.getHostAddress()
                            + ": expected a port that nobody uses, found: "
                            + e.getMessage());
        }
    }
}

package dev.confetti.platform;

import dev.confetti.board.BoardConfiguration;
import dev.confetti.engines.Engines;
import dev.confetti.gift.GiftServiceConfiguration;
import dev.confetti.ledger.LedgerConfiguration;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.health.actuate.endpoint.HealthDescriptor;
import org.springframework.boot.health.actuate.endpoint.HealthEndpoint;
import org.springframework.boot.health.contributor.Status;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

/** The three Spring modules and the pages, in one context behind one port. */
final class Services implements AutoCloseable {
    private static final long HEALTHY_TIMEOUT_MS = 120_000;
    private static final long POLL_MS = 50;

    /** The configuration classes of the modules; here a module is plugged in. */
    private static final List<Class<?>> MODULES =
            List.of(
                    GiftServiceConfiguration.class,
                    LedgerConfiguration.class,
                    BoardConfiguration.class,
                    PagesConfiguration.class);

    private final ConfigurableApplicationContext context;

    private Services(ConfigurableApplicationContext context) {
        this.context = context;
    }

    @SpringBootConfiguration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Root {}

    /**
     * Starts them; health comes later.
     *
     * @param media whether the media ports are ready; health is not UP before
     */
    static Services start(PlatformConfig config, Engines engines, MediaHealth media) {
        List<Class<?>> sources = new ArrayList<>();
        sources.add(Root.class);
        sources.addAll(MODULES);
        SpringApplication application = new SpringApplication(sources.toArray(new Class<?>[0]));
        // The launcher closes it, in its order.
        application.setRegisterShutdownHook(false);
        application.setLogStartupInfo(false);
        application.addInitializers(
                context -> context.getBeanFactory().registerSingleton("mediaHealth", media));
        application.setEnvironment(environment(settings(config, engines)));
        return new Services(application.run());
    }

    /** Waits until every part that reports its health is up. */
    void awaitHealthy() throws InterruptedException {
        HealthEndpoint health = context.getBean(HealthEndpoint.class);
        long deadline = System.nanoTime() + HEALTHY_TIMEOUT_MS * 1_000_000;
        HealthDescriptor last = health.health();
        while (!Status.UP.equals(last.getStatus())) {
            if (System.nanoTime() > deadline) {
                throw new PlatformException(
                        "not everything came up within "
                                + HEALTHY_TIMEOUT_MS / 1000
                                + " s, health is "
                                + last.getStatus()
                                + ": the log file says more");
            }
            Thread.sleep(POLL_MS);
            last = health.health();
        }
    }

    /** Where all parts register their figures. */
    MeterRegistry meters() {
        return context.getBean(MeterRegistry.class);
    }

    @Override
    public void close() {
        context.close();
    }

    private static Map<String, Object> settings(PlatformConfig config, Engines engines) {
        Map<String, Object> settings = new HashMap<>();
        settings.put("server.address", config.bind().getHostAddress());
        settings.put("server.port", config.httpPort());
        // Reasons may name hosts and paths: only for who sits at the machine.
        settings.put(
                "management.endpoint.health.show-details",
                config.bind().isLoopbackAddress() ? "always" : "never");
        settings.put("confetti.postgres.url", engines.postgres().jdbcUrl());
        settings.put("confetti.postgres.user", engines.postgres().user());
        settings.put("confetti.postgres.password", engines.postgres().password());
        settings.put("confetti.kafka.bootstrap", engines.kafkaBootstrap());
        settings.put("confetti.redis.url", engines.redisUrl().toString());
        settings.put("confetti.public-url", config.publicUrl());
        settings.put("confetti.media-url", config.mediaUrl());
        settings.put("confetti.rtmp-url", config.rtmpUrl());
        settings.put("confetti.dev-auth", config.devAuth());
        settings.put("confetti.service-token", config.gateway().serviceToken());
        config.policies().forEach((name, value) -> settings.put("confetti.policy." + name, value));
        return settings;
    }

    private static ConfigurableEnvironment environment(Map<String, Object> settings) {
        StandardEnvironment environment = new StandardEnvironment();
        environment.getPropertySources().addFirst(new MapPropertySource("launcher", settings));
        environment
                .getPropertySources()
                .replace(
                        StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
                        new org.springframework.core.env.SystemEnvironmentPropertySource(
                                StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
                                withoutOurs(System.getenv())));
        return environment;
    }

    /** The launcher has read these; as {@code confetti.data} and so on they mean nothing. */
    private static Map<String, Object> withoutOurs(Map<String, String> variables) {
        Set<String> ours =
                new HashSet<>(
                        List.of(
                                "CONFETTI_JAVA_OPTS",
                                "CONFETTI_POSTGRES_URL",
                                "CONFETTI_POSTGRES_USER",
                                "CONFETTI_POSTGRES_PASSWORD",
                                "CONFETTI_KAFKA_BOOTSTRAP",
                                "CONFETTI_REDIS_URL",
                                "CONFETTI_LOG_LEVEL",
                                "CONFETTI_PUBLIC_URL",
                                "CONFETTI_MEDIA_URL",
                                "CONFETTI_RTMP_URL",
                                "CONFETTI_SERVICE_TOKEN"));
        for (String option :
                List.of(
                        "--data",
                        "--port-offset",
                        "--bind",
                        "--no-demo",
                        "--dev-auth",
                        "--dev-auth-on-network",
                        "--policy",
                        "--media-tls-port",
                        "--rtmps-port",
                        "--tls-certificate",
                        "--tls-key")) {
            ours.add(EnvironmentDefaults.variable(option));
        }
        Map<String, Object> left = new HashMap<>(variables);
        left.keySet().removeAll(ours);
        return left;
    }
}

package dev.confetti.e2e;

import dev.confetti.e2e.ServiceProcess.Service;
import dev.confetti.engines.Ports;
import dev.confetti.engines.PostgresEndpoint;
import dev.confetti.engines.TestEngines;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * Engines for services that run as processes of their own, and the secrets that those share.
 *
 * @param folder for what the processes say
 */
record Deployment(Path folder, PostgresEndpoint postgres, String kafka, URI redis) {
    static final String PUBLIC_URL = "https://gifts.example";

    static Deployment onFreshEngines(Path folder) {
        return new Deployment(
                folder,
                TestEngines.freshPostgres(),
                TestEngines.freshKafka(),
                TestEngines.freshRedis());
    }

    /**
     * Starts a service that lacks nothing.
     *
     * @param name of the process
     * @param given variables beside those that it has anyhow, or in their place
     */
    ServiceProcess start(Service service, String name, Map<String, String> given)
            throws IOException {
        Map<String, String> environment = new HashMap<>(environment(service));
        environment.put("CONFETTI_START_TIMEOUT", "PT2M");
        environment.putAll(given);
        return ServiceProcess.start(service, name, folder, environment);
    }

    private Map<String, String> environment(Service service) {
        return switch (service) {
            case GIFTS ->
                    Map.of(
                            "CONFETTI_POSTGRES_URL",
                            postgres.jdbcUrl(),
                            "CONFETTI_POSTGRES_USER",
                            postgres.user(),
                            "CONFETTI_POSTGRES_PASSWORD",
                            postgres.password(),
                            "CONFETTI_KAFKA_BOOTSTRAP",
                            kafka,
                            "CONFETTI_SERVICE_TOKEN",
                            "what-gateways-show",
                            "CONFETTI_DEV_AUTH",
                            "true",
                            "CONFETTI_SIGN_IN_SECRET",
                            "known to gift service and ledger");
            case LEDGER ->
                    Map.of(
                            "CONFETTI_POSTGRES_URL",
                            postgresUrlWithPassword(),
                            "CONFETTI_KAFKA_BOOTSTRAP",
                            kafka,
                            "CONFETTI_SIGN_IN_SECRET",
                            "known to gift service and ledger");
            case BOARDS ->
                    Map.of(
                            "CONFETTI_REDIS_URL",
                            redis.toString(),
                            "CONFETTI_KAFKA_BOOTSTRAP",
                            kafka);
            case GATEWAY ->
                    Map.of(
                            "CONFETTI_KAFKA_BOOTSTRAP",
                            kafka,
                            "CONFETTI_SERVICE_TOKEN",
                            "what-gateways-show",
                            "CONFETTI_PUBLIC_URL",
                            PUBLIC_URL,
                            "CONFETTI_RTMP_PORT",
                            Integer.toString(Ports.free()));
        };
    }

    /** The other form of the URL. */
    private String postgresUrlWithPassword() {
        return postgres.jdbcUrl()
                .replace(
                        "jdbc:postgresql://",
                        "postgresql://" + postgres.user() + ":" + postgres.password() + "@");
    }
}

package dev.confetti.engines;

import java.net.URI;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.postgresql.PostgreSQLContainer;
import org.testcontainers.utility.DockerImageName;

/** Fresh engines from a Docker engine; Testcontainers removes them when the JVM ends. */
final class ContainerFreshEngines implements TestEngines.FreshEngines {
    private static final int REDIS_PORT = 6379;

    private @Nullable PostgreSQLContainer postgres;
    private int count;

    ContainerFreshEngines() {
        if (!DockerClientFactory.instance().isDockerAvailable()) {
            throw new EngineException(
                    "-Dconfetti.engines=containers needs a Docker engine, and none answers: start"
                            + " one, or leave the property out to use the embedded engines");
        }
    }

    @Override
    @SuppressWarnings("resource") // the containers live as long as the JVM
    public synchronized PostgresEndpoint freshPostgres() {
        if (postgres == null) {
            // Testcontainers' own command switches fsync off.
            postgres =
                    new PostgreSQLContainer("postgres:18")
                            .withUsername("confetti")
                            .withPassword("confetti")
                            .withDatabaseName("confetti")
                            .withCommand("postgres", "-c", "fsync=on");
            postgres.start();
        }
        PostgresEndpoint first = endpoint(postgres, "confetti");
        String database = "test_" + ++count;
        try (Connection connection = first.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + database);
        } catch (SQLException e) {
            throw new EngineException("cannot create database " + database, e);
        }
        return endpoint(postgres, database);
    }

    @Override
    @SuppressWarnings("resource")
    public String freshKafka() {
        KafkaContainer kafka =
                new KafkaContainer(DockerImageName.parse("apache/kafka:4.1.0"))
                        .withEnv("KAFKA_AUTO_CREATE_TOPICS_ENABLE", "false");
        kafka.start();
        return kafka.getBootstrapServers();
    }

    @Override
    @SuppressWarnings("resource")
    public URI freshRedis() {
        GenericContainer<?> redis =
                new GenericContainer<>(DockerImageName.parse("redis:8"))
                        .withExposedPorts(REDIS_PORT)
                        .withCommand("redis-server", "--appendonly", "yes");
        redis.start();
        return URI.create("redis://" + redis.getHost() + ":" + redis.getMappedPort(REDIS_PORT));
    }

    private static PostgresEndpoint endpoint(PostgreSQLContainer container, String database) {
        return new PostgresEndpoint(
                "jdbc:postgresql://"
                        + container.getHost()
                        + ":"
                        + container.getMappedPort(PostgreSQLContainer.POSTGRESQL_PORT)
                        + "/"
                        + database,
                container.getUsername(),
                container.getPassword());
    }
}

package dev.confetti.bench.boards;

import dev.confetti.board.LeaderboardProjection;
import dev.confetti.engines.Engines;
import java.util.Map;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** The leaderboards' service as it is deployed, in this process. */
final class BoardService implements AutoCloseable {
    private final ConfigurableApplicationContext service;

    private BoardService(ConfigurableApplicationContext service) {
        this.service = service;
    }

    static BoardService start(Engines engines) {
        Map<String, Object> settings =
                Map.of(
                        "server.tomcat.max-connections",
                        25_000,
                        "server.tomcat.accept-count",
                        1_000,
                        "management.metrics.observations.ignored-meters",
                        "long-task-timer",
                        "spring.main.banner-mode",
                        "off",
                        "server.port",
                        0,
                        "server.address",
                        "127.0.0.1",
                        "spring.threads.virtual.enabled",
                        true,
                        "confetti.redis.url",
                        engines.redisUrl().toString(),
                        "confetti.kafka.bootstrap",
                        engines.kafkaBootstrap());
        return new BoardService(
                new SpringApplicationBuilder(LeaderboardProjection.class)
                        .properties(settings)
                        .run());
    }

    String url() {
        return "http://127.0.0.1:" + service.getEnvironment().getProperty("local.server.port");
    }

    @Override
    public void close() {
        service.close();
    }
}

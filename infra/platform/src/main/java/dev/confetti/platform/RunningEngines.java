package dev.confetti.platform;

import dev.confetti.engines.EnginesConfig;
import dev.confetti.engines.PostgresEndpoint;
import java.net.URI;
import java.util.Objects;

/** Where the engines of a platform are that runs on a data folder. */
final class RunningEngines {
    private RunningEngines() {}

    static PostgresEndpoint postgres(EnginesConfig config) {
        return Objects.requireNonNullElseGet(
                config.postgres(),
                () ->
                        new PostgresEndpoint(
                                "jdbc:postgresql://127.0.0.1:"
                                        + config.postgresPort()
                                        + "/confetti",
                                "confetti",
                                "confetti"));
    }

    static URI redis(EnginesConfig config) {
        return Objects.requireNonNullElseGet(
                config.redisUrl(), () -> URI.create("redis://127.0.0.1:" + config.redisPort()));
    }
}

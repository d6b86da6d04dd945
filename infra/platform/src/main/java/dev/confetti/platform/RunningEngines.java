package dev.confetti.platform;

import dev.confetti.engines.Engines;
import dev.confetti.engines.EnginesConfig;
import dev.confetti.engines.PostgresEndpoint;
import java.net.URI;
import java.util.Objects;

/** Where the engines of a running platform are. */
record RunningEngines(PostgresEndpoint postgres, URI redis) {
    /** Of one that runs somewhere, by how it is configured. */
    static RunningEngines of(EnginesConfig config) {
        return new RunningEngines(
                Objects.requireNonNullElseGet(
                        config.postgres(),
                        () ->
                                new PostgresEndpoint(
                                        "jdbc:postgresql://127.0.0.1:"
                                                + config.postgresPort()
                                                + "/confetti",
                                        "confetti",
                                        "confetti")),
                Objects.requireNonNullElseGet(
                        config.redisUrl(),
                        () -> URI.create("redis://127.0.0.1:" + config.redisPort())));
    }

    /** Of one that was started here. */
    static RunningEngines of(Engines engines) {
        return new RunningEngines(engines.postgres(), engines.redisUrl());
    }
}

package dev.confetti.engines;

import java.net.URI;

/**
 * Fresh engines for tests: each call gives something empty of its own, stopped when the JVM exits.
 * Thread-safe.
 *
 * <p>Embedded engines by default; with {@code -Dconfetti.engines=containers} the same from a Docker
 * engine.
 */
public final class TestEngines {
    private static final String PROPERTY = "confetti.engines";

    private TestEngines() {}

    /** A new empty database on one durable server per JVM. */
    public static PostgresEndpoint freshPostgres() {
        return Source.CHOSEN.freshPostgres();
    }

    /** The bootstrap address of a new empty broker. */
    public static String freshKafka() {
        return Source.CHOSEN.freshKafka();
    }

    /** The URL of a new empty Redis server. */
    public static URI freshRedis() {
        return Source.CHOSEN.freshRedis();
    }

    /** Where fresh engines come from. */
    interface FreshEngines {
        PostgresEndpoint freshPostgres();

        String freshKafka();

        URI freshRedis();
    }

    /** Chosen at the first use. */
    private static final class Source {
        static final FreshEngines CHOSEN = choose(System.getProperty(PROPERTY, "embedded"));

        private static FreshEngines choose(String name) {
            return switch (name) {
                case "embedded" -> new EmbeddedFreshEngines();
                case "containers" -> new ContainerFreshEngines();
                default ->
                        throw new EngineException(
                                "-D" + PROPERTY + "=" + name + ": expected embedded or containers");
            };
        }
    }
}

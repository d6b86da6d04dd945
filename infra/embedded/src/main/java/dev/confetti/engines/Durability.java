package dev.confetti.engines;

import java.net.URI;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisException;

/** Whether engines keep what they confirm. Gives complaints, one line each; none is good. */
final class Durability {
    private static final int TIMEOUT_MS = 10_000;

    private Durability() {}

    /**
     * @throws EngineException when the server does not answer
     */
    static List<String> complaints(PostgresEndpoint postgres) {
        List<String> complaints = new ArrayList<>();
        try (Connection connection = postgres.connect();
                Statement statement = connection.createStatement()) {
            for (String setting : List.of("fsync", "synchronous_commit", "full_page_writes")) {
                try (ResultSet shown = statement.executeQuery("SHOW " + setting)) {
                    shown.next();
                    String value = shown.getString(1);
                    if ("off".equals(value)) {
                        complaints.add(
                                "PostgreSQL runs with "
                                        + setting
                                        + "=off, expected on: confirmed gifts can be lost");
                    }
                }
            }
        } catch (SQLException e) {
            throw new EngineException(
                    "PostgreSQL at " + postgres + " does not answer (" + e.getMessage() + ")", e);
        }
        return complaints;
    }

    /**
     * @param redis a server, or several of a cluster
     * @throws EngineException when one does not answer
     */
    static List<String> complaints(URI redis) {
        return RedisUrl.servers(redis).stream()
                .flatMap(server -> complaintsOf(server).stream())
                .distinct()
                .toList();
    }

    private static List<String> complaintsOf(URI server) {
        try (Jedis jedis = new Jedis(server, TIMEOUT_MS)) {
            jedis.ping();
            return complaints(jedis);
        } catch (JedisException e) {
            throw new EngineException(
                    "Redis at "
                            + server.getHost()
                            + ":"
                            + server.getPort()
                            + " does not answer ("
                            + e.getMessage()
                            + ")",
                    e);
        }
    }

    private static List<String> complaints(Jedis jedis) {
        try {
            Map<String, String> found = jedis.configGet("appendonly");
            return "no".equals(found.get("appendonly"))
                    ? List.of(
                            "Redis runs with appendonly=no, expected yes: boards are lost when it"
                                    + " stops, until they are rebuilt")
                    : List.of();
        } catch (JedisException e) {
            return List.of(
                    "Redis does not let us see whether appendonly is on ("
                            + e.getMessage()
                            + "): expected yes");
        }
    }
}

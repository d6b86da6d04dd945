package dev.confetti.engines;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.params.MigrateParams;

/**
 * Three Redis servers that form a cluster, each with a third of the slots, without replicas: what a
 * test of Redis Cluster needs. Used by one thread.
 */
public final class EmbeddedRedisCluster implements AutoCloseable {
    private static final int NODES = 3;
    private static final int SLOTS = 16_384;
    private static final String HOST = "127.0.0.1";
    private static final int TIMEOUT_MS = 30_000;
    private static final int PAGE = 1_000;
    private static final int EPOCH = 6;
    private static final int FIRST_SLOTS = 8;
    private static final List<String> OPTIONS =
            List.of("--cluster-enabled", "yes", "--cluster-node-timeout", "2000");

    private final Path folder;
    private final List<EmbeddedRedis> nodes = new ArrayList<>();

    private EmbeddedRedisCluster(Path folder) {
        this.folder = folder;
    }

    /**
     * Starts the servers, and waits until they agree.
     *
     * @param folder their own, absolute
     */
    public static EmbeddedRedisCluster start(Path folder) {
        EmbeddedRedisCluster cluster = new EmbeddedRedisCluster(folder);
        boolean ready = false;
        try {
            for (int i = 0; i < NODES; i++) {
                cluster.nodes.add(cluster.startNode(i, 0));
            }
            cluster.meet();
            cluster.awaitOk();
            ready = true;
        } finally {
            if (!ready) {
                cluster.close();
            }
        }
        return cluster;
    }

    /** {@code redis://127.0.0.1:7001,127.0.0.1:7002,…}. */
    public URI url() {
        return URI.create(
                "redis://"
                        + nodes.stream()
                                .map(node -> HOST + ":" + node.port())
                                .collect(Collectors.joining(",")));
    }

    /** How many servers there are. */
    public int size() {
        return NODES;
    }

    /** Kills a server as kill -9 does, and starts it again on what it has on disk. */
    public void killAndRestart(int node) {
        EmbeddedRedis killed = nodes.get(node);
        killed.kill();
        killed.close();
        nodes.set(node, startNode(node, killed.port()));
        awaitOk();
    }

    /** Moves a slot, with its keys, to another server while clients go on. */
    public void moveSlot(int slot, int to) {
        try (Jedis target = jedis(to)) {
            String targetId = target.clusterMyId();
            for (int from = 0; from < NODES; from++) {
                try (Jedis source = jedis(from)) {
                    if (from != to && owns(source, slot)) {
                        target.clusterSetSlotImporting(slot, source.clusterMyId());
                        source.clusterSetSlotMigrating(slot, targetId);
                        moveKeys(source, slot, nodes.get(to).port());
                        // First who gets it: whoever is told otherwise may tell it the old owner.
                        target.clusterSetSlotNode(slot, targetId);
                        source.clusterSetSlotNode(slot, targetId);
                    }
                }
            }
            for (int i = 0; i < NODES; i++) {
                try (Jedis told = jedis(i)) {
                    told.clusterSetSlotNode(slot, targetId);
                }
            }
        }
        // Another move before all know of this one could bring the slot back.
        awaitOk();
    }

    @Override
    public void close() {
        nodes.forEach(EmbeddedRedis::close);
    }

    private EmbeddedRedis startNode(int node, int port) {
        return EmbeddedRedis.start(folder.resolve("node-" + node), port, OPTIONS);
    }

    private void meet() {
        for (int i = 0; i < NODES; i++) {
            try (Jedis jedis = jedis(i)) {
                int from = i * SLOTS / NODES;
                int to = (i + 1) * SLOTS / NODES;
                jedis.clusterAddSlots(IntStream.range(from, to).toArray());
                jedis.clusterMeet(HOST, nodes.getFirst().port());
            }
        }
    }

    private void awaitOk() {
        boolean ok =
                Waiting.until(
                        () -> IntStream.range(0, NODES).allMatch(this::seesAll) && allAgree(),
                        TIMEOUT_MS);
        if (!ok) {
            throw new EngineException("the Redis servers in " + folder + " form no cluster");
        }
    }

    private boolean seesAll(int node) {
        try (Jedis jedis = jedis(node)) {
            String info = jedis.clusterInfo();
            return info.contains("cluster_state:ok") && info.contains("cluster_size:" + NODES);
        } catch (JedisException e) {
            return false;
        }
    }

    private boolean allAgree() {
        return IntStream.range(0, NODES).mapToObj(this::owners).distinct().count() == 1;
    }

    /** Who has which slots, and since which epoch, as a server sees it. */
    private Set<List<String>> owners(int node) {
        try (Jedis jedis = jedis(node)) {
            return jedis.clusterNodes()
                    .lines()
                    .map(line -> List.of(line.split(" ")))
                    .map(
                            fields ->
                                    Stream.concat(
                                                    Stream.of(fields.get(0), fields.get(EPOCH)),
                                                    fields.stream().skip(FIRST_SLOTS))
                                            .toList())
                    .collect(Collectors.toSet());
        }
    }

    /** By the line of CLUSTER NODES that a server has of itself, whose ninth field on are slots. */
    private static boolean owns(Jedis jedis, int slot) {
        return jedis.clusterNodes()
                .lines()
                .filter(line -> line.contains("myself"))
                .flatMap(line -> Stream.of(line.split(" ")).skip(FIRST_SLOTS))
                .filter(range -> !range.startsWith("["))
                .map(range -> range.split("-"))
                .anyMatch(
                        range ->
                                Integer.parseInt(range[0]) <= slot
                                        && slot <= Integer.parseInt(range[range.length - 1]));
    }

    private static void moveKeys(Jedis source, int slot, int targetPort) {
        List<String> keys = source.clusterGetKeysInSlot(slot, PAGE);
        while (!keys.isEmpty()) {
            source.migrate(
                    HOST,
                    targetPort,
                    TIMEOUT_MS,
                    MigrateParams.migrateParams(),
                    keys.toArray(String[]::new));
            keys = source.clusterGetKeysInSlot(slot, PAGE);
        }
    }

    private Jedis jedis(int node) {
        return new Jedis(new HostAndPort(HOST, nodes.get(node).port()));
    }
}

package dev.confetti.simulation.world;

import com.zaxxer.hikari.HikariDataSource;
import dev.confetti.simulation.model.Command;
import dev.confetti.simulation.model.Facts;
import dev.confetti.simulation.model.Rules;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;

/** The services of one run, on one fresh database. */
public final class World implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Databases databases;
    private final String database;
    private final HikariDataSource pool;
    private final Settings settings;
    private final Names names;
    private final Time time;
    private final Random random;
    private final List<Instance> instances = new ArrayList<>();

    public World(
            Databases databases,
            Rules rules,
            int instanceCount,
            int snapshotEvery,
            Names names,
            Time time,
            Random random)
            throws SQLException {
        this.databases = databases;
        this.database = databases.create();
        this.pool = databases.pool(database);
        this.settings = new Settings(rules, snapshotEvery, pool);
        this.names = names;
        this.time = time;
        this.random = random;
        for (int i = 0; i < instanceCount; i++) {
            instances.add(instance());
        }
    }

    private Instance instance() {
        return new Instance(new FaultyPool(pool), settings, names, time, random);
    }

    public DataSource database() {
        return pool;
    }

    public int instances() {
        return instances.size();
    }

    /**
     * What a command came to.
     *
     * @param struck whether the fault did
     */
    public record Performed(Facts answer, boolean struck) {}

    /** Has an instance perform a command while something goes wrong. */
    public Performed perform(int instance, Command command, Fault fault) {
        Instance asked = instances.get(instance);
        asked.pool().arm(fault);
        Facts answer = asked.perform(command);
        return new Performed(answer, asked.pool().disarm());
    }

    /** Throws an instance away and makes another in its place. */
    public void restart(int instance) {
        instances.get(instance).close();
        instances.set(instance, instance());
    }

    /**
     * Waits for the snapshot that is due after a wallet's event, if one is: fewer events than lie
     * between two snapshots stand behind the last one then. They are not counted from the wallet's
     * beginning: one whose event got no answer is made up for with the next event.
     */
    public void awaitSnapshot(String viewer, long events) throws SQLException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (snapshotSequence(viewer) < events - settings.snapshotEvery()) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException(
                        "wallet " + viewer + ": expected a snapshot after event " + events);
            }
            LockSupport.parkNanos(100_000);
        }
    }

    private long snapshotSequence(String viewer) throws SQLException {
        try (Connection connection = pool.getConnection();
                PreparedStatement query =
                        connection.prepareStatement(
                                "select sequence from domain.snapshot where stream_type = 'wallet'"
                                        + " and stream_id = ?")) {
            query.setString(1, viewer);
            try (ResultSet row = query.executeQuery()) {
                return row.next() ? row.getLong(1) : -1;
            }
        }
    }

    @Override
    public void close() throws SQLException {
        instances.forEach(Instance::close);
        pool.close();
        databases.drop(database);
    }
}

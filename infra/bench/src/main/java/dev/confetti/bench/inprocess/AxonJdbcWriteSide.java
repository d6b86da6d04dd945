package dev.confetti.bench.inprocess;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.confetti.engines.Engines;
import dev.confetti.events.EventIds;
import dev.confetti.gift.aggregate.Aggregates;
import dev.confetti.gift.log.EventLog;
import dev.confetti.gift.log.EventLogConfig;
import dev.confetti.gift.log.SnapshotTable;
import dev.confetti.gift.policy.Policies;
import dev.confetti.gift.wallet.WalletCommand;
import dev.confetti.gift.wallet.WalletCommand.GrantCoins;
import dev.confetti.gift.wallet.WalletCommand.SendGift;
import dev.confetti.gift.wallet.WalletDecision;
import dev.confetti.gift.wallet.WalletSnapshots;
import dev.confetti.gift.wallet.Wallets;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.axonframework.common.transaction.NoTransactionManager;
import org.axonframework.eventsourcing.eventstore.jdbc.JdbcEventStorageEngine;
import org.axonframework.eventsourcing.eventstore.jdbc.PostgresEventTableFactory;
import org.axonframework.serialization.jackson3.Jackson3Serializer;
import org.postgresql.util.PSQLException;

/**
 * Our wallets, command bus, cache and identifiers on Axon's own {@link JdbcEventStorageEngine}:
 * only the log differs. It checks no idempotency key, chains no hash and publishes nothing, all of
 * which is to its favour.
 */
final class AxonJdbcWriteSide implements WriteSide {
    private static final int CONNECTIONS = 64;
    private static final long COINS_EACH = 1_000_000_000;
    private static final int CACHED = 1_000_000;
    private static final int NEVER = Integer.MAX_VALUE;

    private final HikariDataSource database;
    private final EventLog unused;
    private final Aggregates aggregates;
    private final WalletSnapshots snapshots;
    private final Wallets wallets;

    private AxonJdbcWriteSide(HikariDataSource database) {
        this.database = database;
        this.unused =
                new EventLog(
                        database, InstantSource.system(), List.of(), EventLogConfig.defaults());
        Jackson3Serializer json = Jackson3Serializer.builder().build();
        JdbcEventStorageEngine storage =
                JdbcEventStorageEngine.builder()
                        .connectionProvider(database::getConnection)
                        .transactionManager(NoTransactionManager.instance())
                        .eventSerializer(json)
                        .snapshotSerializer(json)
                        .persistenceExceptionResolver(AxonJdbcWriteSide::isUniqueViolation)
                        .build();
        storage.createSchema(PostgresEventTableFactory.INSTANCE);
        this.aggregates = new Aggregates(storage);
        this.snapshots = new WalletSnapshots(new SnapshotTable(database), NEVER);
        this.wallets =
                new Wallets(
                        aggregates,
                        unused,
                        snapshots,
                        Policies.of(Map.of("sendsPerSecond", "1000")).spendingRules(),
                        CACHED);
    }

    static AxonJdbcWriteSide start(Engines engines) {
        HikariConfig pool = new HikariConfig();
        pool.setPoolName("axon-jdbc");
        pool.setJdbcUrl(engines.postgres().jdbcUrl());
        pool.setUsername(engines.postgres().user());
        pool.setPassword(engines.postgres().password());
        pool.setMaximumPoolSize(CONNECTIONS);
        return new AxonJdbcWriteSide(new HikariDataSource(pool));
    }

    @Override
    public void fund(String viewerId, String key) {
        perform(
                new GrantCoins(
                        EventIds.of("bench-admin", "grant-coins", key),
                        now(),
                        viewerId,
                        COINS_EACH));
    }

    @Override
    public void send(String viewerId, String key) {
        perform(
                new SendGift(
                        EventIds.of(viewerId, "send-gift", key),
                        now(),
                        viewerId,
                        "bench-live",
                        "bench-creator",
                        "ant",
                        "Ant",
                        1,
                        1,
                        1,
                        1));
    }

    private void perform(WalletCommand command) {
        Wallets.Done done = wallets.perform(command);
        if (!(done.decision() instanceof WalletDecision.Accepted)) {
            throw new IllegalStateException("expected an accepted command, got " + done.decision());
        }
    }

    @Override
    public OptionalLong lagPositions() {
        return OptionalLong.empty();
    }

    @Override
    public void close() {
        snapshots.close();
        aggregates.close();
        unused.close();
        database.close();
    }

    private static boolean isUniqueViolation(Exception e) {
        return e instanceof PSQLException sql && "23505".equals(sql.getSQLState());
    }

    private static Instant now() {
        return InstantSource.system().instant().truncatedTo(ChronoUnit.MICROS);
    }
}

package dev.confetti.ledger;

import dev.confetti.ledger.journal.LedgerSchema;
import dev.confetti.ledger.seal.SealKey;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.handler.NoUnboundElementsBindHandler;
import org.springframework.core.env.Environment;

/**
 * Where the ledger's engines are, read once at start.
 *
 * @param postgres the database that the ledger is in
 * @param log the database of the event log, for what Kafka no longer keeps; the same if not set
 * @param kafkaBootstrap such as {@code 127.0.0.1:19092}
 * @param stallTimeoutMs how long to wait for an event while later ones are there, before the event
 *     log is asked; at least 100
 * @param sealKey signs closed months; null for the one that the database keeps
 */
record LedgerProperties(
        Database postgres,
        Database log,
        String kafkaBootstrap,
        long stallTimeoutMs,
        @Nullable SealKey sealKey) {
    /** Names the key that closed months are signed with: Ed25519, PKCS#8 in base64. */
    static final String SEAL_KEY = "confetti.ledger.seal-key";

    LedgerProperties {
        if (stallTimeoutMs < 100) {
            throw new IllegalArgumentException(
                    "confetti.ledger.stall-timeout-ms "
                            + stallTimeoutMs
                            + ": expected 100 or more");
        }
    }

    /** A database and whom to go in as. */
    record Database(String url, String user, String password) {}

    /** The keys under {@code confetti.ledger}; any other there fails the start. */
    record OwnKeys(
            @Nullable String logPostgresUrl,
            @Nullable String logPostgresUser,
            @Nullable String logPostgresPassword,
            @Nullable Long stallTimeoutMs,
            @Nullable String sealKey) {}

    static LedgerProperties from(Environment environment) {
        Binder binder = Binder.get(environment);
        OwnKeys own =
                binder.bindOrCreate(
                        "confetti.ledger",
                        Bindable.of(OwnKeys.class),
                        new NoUnboundElementsBindHandler(BindHandler.DEFAULT));
        Database postgres =
                database(
                        "confetti.postgres.url",
                        required(environment, "confetti.postgres.url"),
                        environment.getProperty("confetti.postgres.user", "confetti"),
                        environment.getProperty("confetti.postgres.password", "confetti"));
        return new LedgerProperties(
                postgres,
                database(
                        "confetti.ledger.log-postgres-url",
                        own.logPostgresUrl == null ? postgres.url : own.logPostgresUrl,
                        own.logPostgresUser == null ? postgres.user : own.logPostgresUser,
                        own.logPostgresPassword == null
                                ? postgres.password
                                : own.logPostgresPassword),
                required(environment, "confetti.kafka.bootstrap"),
                own.stallTimeoutMs == null ? 10_000 : own.stallTimeoutMs,
                own.sealKey == null || own.sealKey.isBlank()
                        ? null
                        : SealKey.parse(SEAL_KEY, own.sealKey));
    }

    /** The schema that the live ledger is in. */
    String schema() {
        return LedgerSchema.LIVE;
    }

    private static String required(Environment environment, String key) {
        String value = environment.getProperty(key);
        if (value == null || value.isBlank()) {
            throw new IllegalArgumentException(key + ": expected a value, found none");
        }
        return value;
    }

    private static Database database(String key, String url, String user, String password) {
        PostgresUrl read = PostgresUrl.of(key, url, user, password);
        return new Database(read.url(), read.user(), read.password());
    }
}

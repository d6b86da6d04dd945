package dev.confetti.gift.command;

import dev.confetti.events.LogRecord;
import dev.confetti.gift.log.GiftDatabase;
import dev.confetti.gift.log.InlineProjection;
import dev.confetti.gift.log.LogUnavailableException;
import dev.confetti.gift.vault.DataKey;
import dev.confetti.gift.vault.KeyOwner;
import dev.confetti.gift.vault.KeyTable;
import dev.confetti.gift.vault.OpenedText;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The table {@code domain.event_text}: free texts that belong to events but must not stand in the
 * log, such as reasons and titles; each sealed by the key of whom it concerns. Thread-safe.
 *
 * <p>Texts are put down before the event is appended and are written in the append's own
 * transaction: there is never an event without its texts, nor texts without an event.
 */
public final class EventTexts implements InlineProjection {
    private static final String INSERT =
            "insert into domain.event_text (event_id, field, key_id, sealed) values (?, ?, ?, ?)";
    private static final String READ =
            "select t.event_id, t.field, t.value, t.sealed, "
                    + KeyTable.COLUMNS
                    + """
                     from domain.event_text t left join domain.person_key k on k.key_id = t.key_id
                    where t.event_id = any(?)
                    """;

    private final GiftDatabase database;
    private final KeyTable keys;
    private final Map<UUID, Map<String, String>> waiting = new ConcurrentHashMap<>();

    public EventTexts(GiftDatabase database, KeyTable keys) {
        this.database = database;
        this.keys = keys;
    }

    /**
     * What is kept of an event's texts.
     *
     * @param values value by field
     * @param forgotten fields whose values can be read no more: their person was forgotten
     * @param lockedUntil until when they are kept for finance alone; null: they are not locked
     */
    public record Kept(
            Map<String, String> values, Set<String> forgotten, @Nullable Instant lockedUntil) {
        private static final Kept NOTHING = new Kept(Map.of(), Set.of(), null);

        public Kept {
            values = Map.copyOf(values);
            forgotten = Set.copyOf(forgotten);
        }
    }

    /** Where a text is kept, as its seal knows it. */
    public static String place(UUID eventId, String field) {
        return eventId + " " + field;
    }

    /**
     * Does what may append the event, its texts at hand. For one event id at most one may be under
     * way at a time.
     *
     * @param texts value by field
     */
    public <T> T with(UUID eventId, Map<String, String> texts, Supplier<T> append) {
        if (texts.isEmpty()) {
            return append.get();
        }
        if (waiting.putIfAbsent(eventId, Map.copyOf(texts)) != null) {
            throw new IllegalStateException("event " + eventId + " is being appended already");
        }
        try {
            return append.get();
        } finally {
            waiting.remove(eventId);
        }
    }

    @Override
    public void apply(Connection connection, List<LogRecord> appended) throws SQLException {
        if (waiting.isEmpty()) {
            return;
        }
        Map<UUID, KeyOwner> owners = new LinkedHashMap<>();
        for (LogRecord row : appended) {
            if (waiting.containsKey(row.eventId())) {
                owners.put(row.eventId(), TextOwners.of(row));
            }
        }
        if (owners.isEmpty()) {
            return;
        }
        Map<KeyOwner, DataKey> sealing = keys.toSealWith(connection, owners.values());
        try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
            for (var owned : owners.entrySet()) {
                UUID eventId = owned.getKey();
                DataKey key = Objects.requireNonNull(sealing.get(owned.getValue()));
                for (var text : waiting.getOrDefault(eventId, Map.of()).entrySet()) {
                    insert.setObject(1, eventId);
                    insert.setString(2, text.getKey());
                    insert.setLong(3, key.keyId());
                    insert.setBytes(4, key.seal(text.getValue(), place(eventId, text.getKey())));
                    insert.addBatch();
                }
            }
            insert.executeBatch();
        }
    }

    /** The texts of one event, value by field; empty when it has none, or none any more. */
    public Map<String, String> of(UUID eventId) {
        return kept(eventId).values();
    }

    /** The texts of events: event id to field to value; events without texts are left out. */
    public Map<UUID, Map<String, String>> of(Collection<UUID> eventIds) {
        Map<UUID, Map<String, String>> texts = new HashMap<>();
        kept(eventIds).forEach((eventId, kept) -> texts.put(eventId, kept.values()));
        return texts;
    }

    /** What is kept of one event's texts. */
    public Kept kept(UUID eventId) {
        return kept(List.of(eventId)).getOrDefault(eventId, Kept.NOTHING);
    }

    /** What is kept of the texts of events; events without texts are left out. */
    public Map<UUID, Kept> kept(Collection<UUID> eventIds) {
        Map<UUID, Kept> texts = new HashMap<>();
        if (eventIds.isEmpty()) {
            return texts;
        }
        try (Connection connection = database.dataSource().getConnection();
                PreparedStatement query = connection.prepareStatement(READ)) {
            Array ids = connection.createArrayOf("uuid", new ArrayList<>(eventIds).toArray());
            query.setArray(1, ids);
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    texts.merge(row.getObject(1, UUID.class), kept(row), EventTexts::both);
                }
            }
        } catch (SQLException e) {
            throw new LogUnavailableException("the events' texts cannot be read", false, e);
        }
        return texts;
    }

    private Kept kept(ResultSet row) throws SQLException {
        UUID eventId = row.getObject(1, UUID.class);
        String field = row.getString(2);
        String plain = row.getString(3);
        byte[] sealed = row.getBytes(4);
        if (sealed == null) {
            return new Kept(Map.of(field, plain), Set.of(), null);
        }
        OpenedText opened = keys.open(row, 5, sealed, place(eventId, field));
        return opened == null
                ? new Kept(Map.of(), Set.of(field), null)
                : new Kept(Map.of(field, opened.text()), Set.of(), opened.lockedUntil());
    }

    private static Kept both(Kept one, Kept other) {
        Map<String, String> values = new HashMap<>(one.values());
        values.putAll(other.values());
        Set<String> forgotten = new HashSet<>(one.forgotten());
        forgotten.addAll(other.forgotten());
        return new Kept(
                values,
                forgotten,
                one.lockedUntil() == null ? other.lockedUntil() : one.lockedUntil());
    }
}

package dev.confetti.gift.command;

import dev.confetti.events.LogRecord;
import dev.confetti.gift.log.GiftDatabase;
import dev.confetti.gift.log.InlineProjection;
import dev.confetti.gift.log.LogUnavailableException;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * The table {@code domain.event_text}: free texts that belong to events but must not stand in the
 * log, such as reasons and titles. Thread-safe.
 *
 * <p>Texts are put down before the event is appended and are written in the append's own
 * transaction: there is never an event without its texts, nor texts without an event.
 */
public final class EventTexts implements InlineProjection {
    private static final String INSERT =
            "insert into domain.event_text (event_id, field, value) values (?, ?, ?)";
    private static final String READ =
            "select event_id, field, value from domain.event_text where event_id = any(?)";

    private final GiftDatabase database;
    private final Map<UUID, Map<String, String>> waiting = new ConcurrentHashMap<>();

    public EventTexts(GiftDatabase database) {
        this.database = database;
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
        try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
            boolean any = false;
            for (LogRecord row : appended) {
                for (var text : waiting.getOrDefault(row.eventId(), Map.of()).entrySet()) {
                    insert.setObject(1, row.eventId());
                    insert.setString(2, text.getKey());
                    insert.setString(3, text.getValue());
                    insert.addBatch();
                    any = true;
                }
            }
            if (any) {
                insert.executeBatch();
            }
        }
    }

    /** The texts of one event, value by field; empty when it has none. */
    public Map<String, String> of(UUID eventId) {
        return of(List.of(eventId)).getOrDefault(eventId, Map.of());
    }

    /** The texts of events: event id to field to value; events without texts are left out. */
    public Map<UUID, Map<String, String>> of(Collection<UUID> eventIds) {
        Map<UUID, Map<String, String>> texts = new HashMap<>();
        if (eventIds.isEmpty()) {
            return texts;
        }
        try (Connection connection = database.dataSource().getConnection();
                PreparedStatement query = connection.prepareStatement(READ)) {
            Array ids = connection.createArrayOf("uuid", new ArrayList<>(eventIds).toArray());
            query.setArray(1, ids);
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    texts.computeIfAbsent(row.getObject(1, UUID.class), id -> new HashMap<>())
                            .put(row.getString(2), row.getString(3));
                }
            }
        } catch (SQLException e) {
            throw new LogUnavailableException("the events' texts cannot be read", false, e);
        }
        return texts;
    }
}

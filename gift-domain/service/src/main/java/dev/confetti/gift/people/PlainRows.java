package dev.confetti.gift.people;

import dev.confetti.events.LogRecord;
import dev.confetti.gift.command.EventTexts;
import dev.confetti.gift.command.TextOwners;
import dev.confetti.gift.finance.BreakageTable;
import dev.confetti.gift.log.GiftDatabase;
import dev.confetti.gift.signin.Persons;
import dev.confetti.gift.vault.DataKey;
import dev.confetti.gift.vault.KeyOwner;
import dev.confetti.gift.vault.KeyTable;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/**
 * Seals what earlier versions wrote in plain text, some rows a transaction, so that nobody waits
 * for long and a stop costs nothing. Several instances may do it at once. Used by one thread.
 */
final class PlainRows {
    private static final int ROWS = 500;
    private static final UUID FIRST = new UUID(0, 0);
    private static final String IS_PLAIN =
            "select exists (select from domain.plain_table where name = ?)";
    private static final String NAMES =
            """
            select person_id, name from domain.person
            where name is not null and person_id > ? order by person_id limit ? for update
            """;
    private static final String SEAL_NAME =
            "update domain.person set name = null, key_id = ?, sealed = ? where person_id = ?";
    private static final String TEXTS =
            """
            select t.event_id, t.field, t.value, e.position, e.stream_type, e.stream_id,
                e.sequence, e.type, e.payload, e.occurred_at, e.recorded_at
            from domain.event_text t left join domain.event_log e on e.event_id = t.event_id
            where t.value is not null and (t.event_id, t.field) > (?, ?)
            order by t.event_id, t.field limit ? for update of t
            """;
    private static final String SEAL_TEXT =
            """
            update domain.event_text set value = null, key_id = ?, sealed = ?
            where event_id = ? and field = ?
            """;

    private static final String REASONS =
            """
            select breakage_id, reason from domain.breakage
            where reason is not null and breakage_id > ? order by breakage_id limit ? for update
            """;
    private static final String SEAL_REASON =
            """
            update domain.breakage set reason = null, key_id = ?, sealed = ?
            where breakage_id = ?
            """;

    private final GiftDatabase database;
    private final KeyTable keys;

    PlainRows(GiftDatabase database, KeyTable keys) {
        this.database = database;
        this.keys = keys;
    }

    /** One batch; empty at the end. */
    private interface Batch<T> {
        List<T> seal(Connection connection, T after) throws SQLException;
    }

    private record TextPlace(UUID eventId, String field) {}

    /**
     * Seals all there are.
     *
     * @return how many rows
     */
    long seal() throws SQLException {
        return seal("person", "", this::sealNames)
                + seal("event_text", new TextPlace(FIRST, ""), this::sealTexts)
                + seal("breakage", FIRST, this::sealReasons);
    }

    private <T> long seal(String table, T first, Batch<T> batch) throws SQLException {
        long sealed = 0;
        try (Connection connection = database.dataSource().getConnection()) {
            if (!isPlain(connection, table)) {
                return 0;
            }
            connection.setAutoCommit(false);
            T after = first;
            List<T> rows;
            do {
                try {
                    rows = batch.seal(connection, after);
                    connection.commit();
                } catch (SQLException | RuntimeException e) {
                    connection.rollback();
                    throw e;
                }
                after = rows.isEmpty() ? after : rows.getLast();
                sealed += rows.size();
            } while (!rows.isEmpty());
            connection.setAutoCommit(true);
            finish(connection, table);
        }
        return sealed;
    }

    private static boolean isPlain(Connection connection, String table) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(IS_PLAIN)) {
            query.setString(1, table);
            try (ResultSet row = query.executeQuery()) {
                row.next();
                return row.getBoolean(1);
            }
        }
    }

    /** No version since writes plain rows, so one pass has found all. */
    private static void finish(Connection connection, String table) throws SQLException {
        try (PreparedStatement delete =
                        connection.prepareStatement(
                                "delete from domain.plain_table where name = ?");
                Statement vacuum = connection.createStatement()) {
            // Of the rows as they were nothing stays behind in the table's pages for long.
            vacuum.execute("vacuum domain." + table);
            delete.setString(1, table);
            delete.executeUpdate();
        }
    }

    private List<String> sealNames(Connection connection, String after) throws SQLException {
        Map<String, String> names = new LinkedHashMap<>();
        try (PreparedStatement query = connection.prepareStatement(NAMES)) {
            query.setString(1, after);
            query.setInt(2, ROWS);
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    names.put(row.getString(1), row.getString(2));
                }
            }
        }
        Map<KeyOwner, DataKey> sealing =
                keys.toSealWith(connection, names.keySet().stream().map(KeyOwner::person).toList());
        try (PreparedStatement update = connection.prepareStatement(SEAL_NAME)) {
            for (var name : names.entrySet()) {
                DataKey key = Objects.requireNonNull(sealing.get(KeyOwner.person(name.getKey())));
                update.setLong(1, key.keyId());
                update.setBytes(2, key.seal(name.getValue(), Persons.PLACE));
                update.setString(3, name.getKey());
                update.addBatch();
            }
            update.executeBatch();
        }
        return new ArrayList<>(names.keySet());
    }

    private record PlainText(TextPlace place, String value, KeyOwner owner) {}

    private List<TextPlace> sealTexts(Connection connection, TextPlace after) throws SQLException {
        List<PlainText> texts = new ArrayList<>();
        try (PreparedStatement query = connection.prepareStatement(TEXTS)) {
            query.setObject(1, after.eventId());
            query.setString(2, after.field());
            query.setInt(3, ROWS);
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    texts.add(
                            new PlainText(
                                    new TextPlace(row.getObject(1, UUID.class), row.getString(2)),
                                    row.getString(3),
                                    owner(row)));
                }
            }
        }
        Map<KeyOwner, DataKey> sealing =
                keys.toSealWith(connection, texts.stream().map(PlainText::owner).toList());
        try (PreparedStatement update = connection.prepareStatement(SEAL_TEXT)) {
            for (PlainText text : texts) {
                DataKey key = Objects.requireNonNull(sealing.get(text.owner()));
                UUID eventId = text.place().eventId();
                String field = text.place().field();
                update.setLong(1, key.keyId());
                update.setBytes(2, key.seal(text.value(), EventTexts.place(eventId, field)));
                update.setObject(3, eventId);
                update.setString(4, field);
                update.addBatch();
            }
            update.executeBatch();
        }
        return texts.stream().map(PlainText::place).toList();
    }

    private List<UUID> sealReasons(Connection connection, UUID after) throws SQLException {
        Map<UUID, String> reasons = new LinkedHashMap<>();
        try (PreparedStatement query = connection.prepareStatement(REASONS)) {
            query.setObject(1, after);
            query.setInt(2, ROWS);
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    reasons.put(row.getObject(1, UUID.class), row.getString(2));
                }
            }
        }
        DataKey key = keys.toSealWith(connection, KeyOwner.BOOKS);
        try (PreparedStatement update = connection.prepareStatement(SEAL_REASON)) {
            for (var reason : reasons.entrySet()) {
                update.setLong(1, key.keyId());
                update.setBytes(
                        2, key.seal(reason.getValue(), BreakageTable.place(reason.getKey())));
                update.setObject(3, reason.getKey());
                update.addBatch();
            }
            update.executeBatch();
        }
        return new ArrayList<>(reasons.keySet());
    }

    private static KeyOwner owner(ResultSet row) throws SQLException {
        if (row.getString("stream_id") == null) {
            return KeyOwner.BOOKS; // a text without an event, which nobody reads
        }
        return TextOwners.of(
                new LogRecord(
                        row.getLong("position"),
                        row.getObject("event_id", UUID.class),
                        row.getString("stream_type"),
                        row.getString("stream_id"),
                        row.getLong("sequence"),
                        row.getString("type"),
                        row.getBytes("payload"),
                        row.getObject("occurred_at", OffsetDateTime.class).toInstant(),
                        row.getObject("recorded_at", OffsetDateTime.class).toInstant()));
    }
}

package dev.confetti.ledger.journal;

import dev.confetti.events.EventType;
import dev.confetti.ledger.posting.Leg;
import dev.confetti.ledger.posting.LotUse;

import org.jspecify.annotations.Nullable;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Reads entries as they are stored, legs by account id. */
public final class StoredEntries {
    /** Legs in the entry's own row. */
    static final int LEGS_IN_ROW = 8;

    private static final String COLUMNS =
            """
            select e.entry_id, e.event_id, e.type, e.recorded_at, e.reference, e.hash, e.lot_uses,
            e.d1, e.c1, e.a1, e.d2, e.c2, e.a2, e.d3, e.c3, e.a3, e.d4, e.c4, e.a4,
            e.d5, e.c5, e.a5, e.d6, e.c6, e.a6, e.d7, e.c7, e.a7, e.d8, e.c8, e.a8 from journal_entry e
            """;
    private static final int FIRST_LEG = 8;

    private StoredEntries() {}

    /** Fills the parameters of a query. */
    @FunctionalInterface
    public interface Parameters {
        void set(PreparedStatement query) throws SQLException;
    }

    /**
     * The entries that a condition finds.
     *
     * @param condition from {@code where} on; the journal's table is {@code e}
     */
    public static List<StoredEntry> read(
            Connection connection, String condition, Parameters parameters) throws SQLException {
        List<StoredEntry> entries = new ArrayList<>();
        try (PreparedStatement query = connection.prepareStatement(COLUMNS + condition)) {
            parameters.set(query);
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    entries.add(entry(row));
                }
            }
        }
        addFurtherLegs(connection, entries);
        return entries;
    }

    /** Entries with a position above {@code after}, up to {@code through}, in order. */
    public static List<StoredEntry> range(
            Connection connection, long after, long through, int limit) throws SQLException {
        List<StoredEntry> entries = new ArrayList<>();
        for (JournalMonths.Bounds month : JournalMonths.read(connection).each(after, through)) {
            int left = limit - entries.size();
            if (left == 0) {
                break;
            }
            entries.addAll(
                    read(
                            connection,
                            "where e.entry_id > ? and e.entry_id <= ? and e.recorded_at >= ?"
                                    + " and e.recorded_at < ? order by e.entry_id limit ?",
                            query -> {
                                query.setLong(1, after);
                                query.setLong(2, through);
                                query.setObject(3, month.from());
                                query.setObject(4, month.before());
                                query.setInt(5, left);
                            }));
        }
        return entries;
    }

    /** The same entries with the names of their accounts and the ids of their lots. */
    public static List<JournalEntry> named(
            Connection connection, List<StoredEntry> entries, AccountNames names)
            throws SQLException {
        Set<Long> accountIds = new HashSet<>();
        Set<Long> lots = new HashSet<>();
        for (StoredEntry entry : entries) {
            for (StoredEntry.StoredLeg leg : entry.legs()) {
                accountIds.add(leg.debit());
                accountIds.add(leg.credit());
            }
            entry.lotUses().forEach(use -> lots.add(use.lotPosition()));
            if (entry.type().equals(EventType.COINS_PURCHASED.typeName())) {
                lots.add(entry.position());
            }
        }
        names.learn(connection, accountIds);
        Map<Long, UUID> lotIds = lotIds(connection, lots);
        List<JournalEntry> named = new ArrayList<>(entries.size());
        for (StoredEntry entry : entries) {
            named.add(named(entry, names, lotIds));
        }
        return named;
    }

    private static JournalEntry named(
            StoredEntry entry, AccountNames names, Map<Long, UUID> lotIds) {
        List<Leg> legs = new ArrayList<>(entry.legs().size());
        for (StoredEntry.StoredLeg leg : entry.legs()) {
            legs.add(new Leg(names.name(leg.debit()), names.name(leg.credit()), leg.amount()));
        }
        List<LotUse> uses = new ArrayList<>(entry.lotUses().size());
        for (StoredEntry.StoredLotUse use : entry.lotUses()) {
            uses.add(
                    new LotUse(
                            lotIds.getOrDefault(use.lotPosition(), new UUID(0, 0)),
                            use.lotPosition(),
                            use.coins(),
                            use.revenue(),
                            use.commission()));
        }
        return new JournalEntry(
                entry.position(),
                entry.eventId(),
                entry.type(),
                entry.recordedAt(),
                entry.reference(),
                legs,
                uses,
                lotIds.get(entry.position()),
                entry.hash());
    }

    private static StoredEntry entry(ResultSet row) throws SQLException {
        List<StoredEntry.StoredLeg> legs = new ArrayList<>(LEGS_IN_ROW);
        for (int i = 0; i < LEGS_IN_ROW; i++) {
            long amount = row.getLong(FIRST_LEG + 3 * i + 2);
            if (!row.wasNull()) {
                legs.add(
                        new StoredEntry.StoredLeg(
                                row.getLong(FIRST_LEG + 3 * i),
                                row.getLong(FIRST_LEG + 3 * i + 1),
                                amount));
            }
        }
        return new StoredEntry(
                row.getLong(1),
                row.getObject(2, UUID.class),
                row.getString(3),
                row.getObject(4, OffsetDateTime.class).toInstant(),
                row.getObject(5, UUID.class),
                ChainHash.of(row.getBytes(6)),
                legs,
                lotUses(row.getArray(7)));
    }

    private static List<StoredEntry.StoredLotUse> lotUses(@Nullable Array array)
            throws SQLException {
        if (array == null) {
            return List.of();
        }
        Long[] numbers = (Long[]) array.getArray();
        List<StoredEntry.StoredLotUse> uses = new ArrayList<>(numbers.length / 4);
        for (int i = 0; i < numbers.length; i += 4) {
            uses.add(
                    new StoredEntry.StoredLotUse(
                            numbers[i], numbers[i + 1], numbers[i + 2], numbers[i + 3]));
        }
        return uses;
    }

    /** Few entries have more legs than fit their row; those are full there. */
    private static void addFurtherLegs(Connection connection, List<StoredEntry> entries)
            throws SQLException {
        Map<Long, List<StoredEntry.StoredLeg>> legsById = new HashMap<>();
        for (StoredEntry entry : entries) {
            if (entry.legs().size() == LEGS_IN_ROW) {
                legsById.put(entry.position(), entry.legs());
            }
        }
        if (legsById.isEmpty()) {
            return;
        }
        try (PreparedStatement query =
                connection.prepareStatement(
                        "select entry_id, d, c, a from journal_leg_more"
                                + " where entry_id = any (?) order by entry_id, line")) {
            query.setObject(1, legsById.keySet().stream().mapToLong(id -> id).toArray());
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    List<StoredEntry.StoredLeg> legs = legsById.get(row.getLong(1));
                    if (legs != null) {
                        legs.add(
                                new StoredEntry.StoredLeg(
                                        row.getLong(2), row.getLong(3), row.getLong(4)));
                    }
                }
            }
        }
    }

    private static Map<Long, UUID> lotIds(Connection connection, Set<Long> positions)
            throws SQLException {
        Map<Long, UUID> ids = new HashMap<>();
        if (positions.isEmpty()) {
            return ids;
        }
        try (PreparedStatement query =
                connection.prepareStatement(
                        "select position, lot_id from lot where position = any (?)")) {
            query.setObject(1, positions.stream().mapToLong(id -> id).toArray());
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    ids.put(row.getLong(1), row.getObject(2, UUID.class));
                }
            }
        }
        return ids;
    }
}

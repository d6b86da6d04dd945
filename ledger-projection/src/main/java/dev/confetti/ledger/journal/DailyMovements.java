package dev.confetti.ledger.journal;

import dev.confetti.ledger.posting.AccountClass;
import dev.confetti.ledger.posting.Asset;
import dev.confetti.ledger.posting.Leg;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Movements by day, in their table; a batch adds to a few rows of it. */
public final class DailyMovements {
    private static final String COLUMNS =
            """
            select m.day, m.type, m.debit, m.credit, s.code, s.scale, m.amount, m.legs
            from daily_movement m join asset s using (asset_id)
            """;

    private DailyMovements() {}

    /** Fills the parameters of a query. */
    @FunctionalInterface
    public interface Parameters {
        void set(PreparedStatement query) throws SQLException;
    }

    /**
     * The movements that a condition finds.
     *
     * @param condition from {@code where} on; the table is {@code m}, that of assets {@code s}
     */
    public static List<DailyMovement> read(
            Connection connection, String condition, Parameters parameters) throws SQLException {
        List<DailyMovement> movements = new ArrayList<>();
        try (PreparedStatement query = connection.prepareStatement(COLUMNS + condition)) {
            parameters.set(query);
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    movements.add(
                            new DailyMovement(
                                    new DailyMovement.Key(
                                            row.getObject(1, LocalDate.class),
                                            row.getString(2),
                                            row.getString(3),
                                            row.getString(4),
                                            new Asset(row.getString(5), row.getInt(6))),
                                    row.getLong(7),
                                    row.getLong(8)));
                }
            }
        }
        return movements;
    }

    /** The day that an instant is in. */
    public static LocalDate day(Instant recordedAt) {
        return LocalDate.ofInstant(recordedAt, ZoneOffset.UTC);
    }

    /** Adds an entry's legs: the amount and the number of them. */
    public static void add(JournalEntry entry, Map<DailyMovement.Key, long[]> sums) {
        LocalDate day = day(entry.recordedAt());
        for (Leg leg : entry.legs()) {
            long[] sum =
                    sums.computeIfAbsent(
                            new DailyMovement.Key(
                                    day,
                                    entry.type(),
                                    AccountClass.of(leg.debit().code()),
                                    AccountClass.of(leg.credit().code()),
                                    leg.debit().asset()),
                            key -> new long[2]);
            sum[0] = Math.addExact(sum[0], leg.amount());
            sum[1]++;
        }
    }

    /** The movements of a batch. */
    static final class Batch implements TableBatch {
        private final Map<DailyMovement.Key, long[]> sums = new LinkedHashMap<>();

        @Override
        public void add(SourceEvent source, @Nullable JournalEntry entry) {
            if (entry != null) {
                DailyMovements.add(entry, sums);
            }
        }

        @Override
        public void write(Connection connection) throws SQLException {
            if (!sums.isEmpty()) {
                DailyMovements.write(connection, sums);
            }
        }
    }

    private static void write(Connection connection, Map<DailyMovement.Key, long[]> sums)
            throws SQLException {
        List<DailyMovement.Key> keys = List.copyOf(sums.keySet());
        try (PreparedStatement upsert =
                connection.prepareStatement(
                        """
                        insert into daily_movement as m
                        select n.day, n.type, n.debit, n.credit, s.asset_id, n.amount, n.legs
                        from unnest(?, ?, ?, ?, ?, ?, ?) n (day, type, debit, credit, asset, amount, legs)
                        join asset s on s.code = n.asset
                        on conflict (day, type, debit, credit, asset_id)
                        do update set amount = m.amount + excluded.amount, legs = m.legs + excluded.legs
                        """)) {
            upsert.setArray(
                    1,
                    connection.createArrayOf(
                            "date", keys.stream().map(key -> key.day().toString()).toArray()));
            upsert.setArray(2, texts(connection, keys, DailyMovement.Key::type));
            upsert.setArray(3, texts(connection, keys, DailyMovement.Key::debit));
            upsert.setArray(4, texts(connection, keys, DailyMovement.Key::credit));
            upsert.setArray(5, texts(connection, keys, key -> key.asset().code()));
            upsert.setObject(6, sums.values().stream().mapToLong(sum -> sum[0]).toArray());
            upsert.setObject(7, sums.values().stream().mapToLong(sum -> sum[1]).toArray());
            upsert.executeUpdate();
        }
    }

    private static Array texts(
            Connection connection,
            List<DailyMovement.Key> keys,
            Function<DailyMovement.Key, String> part)
            throws SQLException {
        return connection.createArrayOf("text", keys.stream().map(part).toArray());
    }
}

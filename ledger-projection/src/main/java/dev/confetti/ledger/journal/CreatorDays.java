package dev.confetti.ledger.journal;

import dev.confetti.events.ConfettiEvent;
import dev.confetti.events.CreatorEvent;
import dev.confetti.events.EventType;
import dev.confetti.events.GiftEvent;
import dev.confetti.ledger.posting.Account;
import dev.confetti.ledger.posting.Accounts;
import dev.confetti.ledger.posting.Asset;
import dev.confetti.ledger.posting.Leg;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** What creators earned by day, in its table; a batch adds to a row or two of each of them. */
public final class CreatorDays {
    private static final String PENDING = ":diamond:pending";
    private static final String AVAILABLE = ":diamond:available";
    private static final String CONSUMED = "coin:consumed:";

    private CreatorDays() {}

    /** Who and when. */
    private record Key(String creatorId, LocalDate day, Asset asset) {}

    /** The days of a creator up to one, in order, each in all its assets. */
    public static List<CreatorDay> read(
            Connection connection, String creatorId, LocalDate from, LocalDate through)
            throws SQLException {
        return read(
                connection,
                "select c.day, s.code, s.scale, c.gifts, c.coins, c.earned, c.reversals,"
                        + " c.coins_back, c.reversed, c.released, c.pending, c.available"
                        + " from creator_day c join asset s using (asset_id)"
                        + " where c.creator_id = ? and c.day >= ? and c.day <= ?"
                        + " order by c.day, s.code collate \"C\"",
                creatorId,
                from,
                through);
    }

    /** All days of a creator before one, added up; one for each asset, none for what never was. */
    public static List<CreatorDay> before(Connection connection, String creatorId, LocalDate day)
            throws SQLException {
        return read(
                connection,
                "select max(c.day), s.code, s.scale, sum(c.gifts)::bigint, sum(c.coins)::bigint,"
                        + " sum(c.earned)::bigint, sum(c.reversals)::bigint,"
                        + " sum(c.coins_back)::bigint, sum(c.reversed)::bigint,"
                        + " sum(c.released)::bigint, sum(c.pending)::bigint,"
                        + " sum(c.available)::bigint"
                        + " from creator_day c join asset s using (asset_id)"
                        + " where c.creator_id = ? and c.day < ?"
                        + " group by s.code, s.scale order by s.code collate \"C\"",
                creatorId,
                day,
                null);
    }

    private static List<CreatorDay> read(
            Connection connection,
            String sql,
            String creatorId,
            LocalDate day,
            @Nullable LocalDate through)
            throws SQLException {
        List<CreatorDay> days = new ArrayList<>();
        try (PreparedStatement query = connection.prepareStatement(sql)) {
            query.setString(1, creatorId);
            query.setObject(2, day);
            if (through != null) {
                query.setObject(3, through);
            }
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    days.add(
                            new CreatorDay(
                                    row.getObject(1, LocalDate.class),
                                    new Asset(row.getString(2), row.getInt(3)),
                                    row.getLong(4),
                                    row.getLong(5),
                                    row.getLong(6),
                                    row.getLong(7),
                                    row.getLong(8),
                                    row.getLong(9),
                                    row.getLong(10),
                                    row.getLong(11),
                                    row.getLong(12)));
                }
            }
        }
        return days;
    }

    /** Whose earnings an event moves; null when it moves nobody's. */
    private static @Nullable String creatorOf(ConfettiEvent event) {
        return event instanceof GiftEvent gift
                ? gift.creatorId()
                : event instanceof CreatorEvent ofCreator ? ofCreator.creatorId() : null;
    }

    /** What an entry changes for its creator, by asset; what changes nothing is left out. */
    public static Map<Asset, CreatorDay> changes(JournalEntry entry) {
        LocalDate day = DailyMovements.day(entry.recordedAt());
        Map<Asset, long[]> sums = new LinkedHashMap<>();
        long coins = 0;
        for (Leg leg : entry.legs()) {
            add(leg.credit(), leg.amount(), sums);
            add(leg.debit(), -leg.amount(), sums);
            if (leg.credit().code().startsWith(CONSUMED)
                    || leg.debit().code().startsWith(CONSUMED)) {
                coins += leg.amount();
            }
        }
        boolean sent = entry.type().equals(EventType.GIFT_SENT.typeName());
        boolean back = entry.type().equals(EventType.GIFT_REVERSED.typeName());
        boolean released = entry.type().equals(EventType.EARNINGS_RELEASED.typeName());
        Map<Asset, CreatorDay> changes = new LinkedHashMap<>();
        for (var change : sums.entrySet()) {
            Asset asset = change.getKey();
            long pending = change.getValue()[0];
            long available = change.getValue()[1];
            boolean counts = asset.equals(Asset.DIAMOND);
            changes.put(
                    asset,
                    new CreatorDay(
                            day,
                            asset,
                            sent && counts ? 1 : 0,
                            sent && counts ? coins : 0,
                            sent ? pending : 0,
                            back && counts ? 1 : 0,
                            back && counts ? coins : 0,
                            back ? -(pending + available) : 0,
                            released ? available : 0,
                            pending,
                            available));
        }
        return changes;
    }

    private static void add(Account account, long amount, Map<Asset, long[]> sums) {
        String code = account.code();
        boolean ofCreator = code.startsWith("creator:");
        int kind =
                code.equals(Accounts.CREATOR_PAYABLE_PENDING)
                                || (ofCreator && code.endsWith(PENDING))
                        ? 0
                        : code.equals(Accounts.CREATOR_PAYABLE_AVAILABLE)
                                        || code.equals(Accounts.CREATOR_CLAWBACK)
                                        || (ofCreator && code.endsWith(AVAILABLE))
                                ? 1
                                : -1;
        if (kind >= 0) {
            sums.computeIfAbsent(account.asset(), asset -> new long[2])[kind] += amount;
        }
    }

    /** The earnings of a batch. */
    static final class Batch implements TableBatch {
        private final Map<Key, CreatorDay> sums = new LinkedHashMap<>();

        @Override
        public void add(SourceEvent source, @Nullable JournalEntry entry) {
            String creatorId = creatorOf(source.event());
            if (entry != null && creatorId != null) {
                changes(entry)
                        .values()
                        .forEach(
                                change ->
                                        sums.merge(
                                                new Key(creatorId, change.day(), change.asset()),
                                                change,
                                                CreatorDay::plus));
            }
        }

        @Override
        public void write(Connection connection) throws SQLException {
            if (!sums.isEmpty()) {
                CreatorDays.write(connection, sums);
            }
        }
    }

    private static void write(Connection connection, Map<Key, CreatorDay> sums)
            throws SQLException {
        try (PreparedStatement upsert =
                connection.prepareStatement(
                        """
                        insert into creator_day as c
                        select n.creator_id, n.day, s.asset_id, n.gifts, n.coins, n.earned, n.reversals,
                            n.coins_back, n.reversed, n.released, n.pending, n.available
                        from unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) n (creator_id, day, asset, gifts,
                            coins, earned, reversals, coins_back, reversed, released, pending, available)
                        join asset s on s.code = n.asset
                        on conflict (creator_id, day, asset_id) do update set
                            gifts = c.gifts + excluded.gifts, coins = c.coins + excluded.coins,
                            earned = c.earned + excluded.earned, reversals = c.reversals + excluded.reversals,
                            coins_back = c.coins_back + excluded.coins_back, reversed = c.reversed + excluded.reversed,
                            released = c.released + excluded.released, pending = c.pending + excluded.pending,
                            available = c.available + excluded.available
                        """)) {
            List<Key> keys = List.copyOf(sums.keySet());
            upsert.setArray(
                    1,
                    connection.createArrayOf("text", keys.stream().map(Key::creatorId).toArray()));
            upsert.setArray(
                    2,
                    connection.createArrayOf(
                            "date", keys.stream().map(key -> key.day().toString()).toArray()));
            upsert.setArray(
                    3,
                    connection.createArrayOf(
                            "text", keys.stream().map(key -> key.asset().code()).toArray()));
            List<ToLongFunction<CreatorDay>> columns =
                    List.of(
                            CreatorDay::gifts,
                            CreatorDay::coins,
                            CreatorDay::earned,
                            CreatorDay::reversals,
                            CreatorDay::coinsBack,
                            CreatorDay::reversed,
                            CreatorDay::released,
                            CreatorDay::pending,
                            CreatorDay::available);
            for (int i = 0; i < columns.size(); i++) {
                ToLongFunction<CreatorDay> column = columns.get(i);
                upsert.setObject(
                        4 + i,
                        keys.stream()
                                .mapToLong(
                                        key ->
                                                column.applyAsLong(
                                                        Objects.requireNonNull(sums.get(key))))
                                .toArray());
            }
            upsert.executeUpdate();
        }
    }
}

package dev.confetti.ledger.journal;

import dev.confetti.events.FinanceEvent.PeriodClosed;
import dev.confetti.ledger.seal.BalancesDigest;
import dev.confetti.ledger.seal.Seal;
import dev.confetti.ledger.seal.SealKey;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** The seals of closed months, in their table. */
public final class StoredSeals {
    private static final HexFormat HEX = HexFormat.of();
    private static final String COLUMNS =
            """
            select period, position, through_position, entries, chain, balances, log_hash, sealed_at,
                public_key, signature from period_seal
            """;

    private StoredSeals() {}

    /** Seals with a period after one, in order; from the first one after {@code ""}. */
    public static List<Seal> after(Connection connection, String period, int limit)
            throws SQLException {
        try (PreparedStatement query =
                connection.prepareStatement(COLUMNS + "where period > ? order by period limit ?")) {
            query.setString(1, period);
            query.setInt(2, limit);
            return seals(query);
        }
    }

    public static Optional<Seal> find(Connection connection, String period) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(COLUMNS + "where period = ?")) {
            query.setString(1, period);
            return seals(query).stream().findFirst();
        }
    }

    /**
     * Seals a month: what the entries that are now written say about the books at its end.
     *
     * @param source the event that closed it, within the batch that moves the ledger on
     * @param moved where the ledger stands after the batch
     */
    static void write(
            Connection connection,
            SourceEvent source,
            PeriodClosed closed,
            LedgerPosition moved,
            SealKey key)
            throws SQLException {
        long through = closed.throughPosition();
        BalancesDigest balances = new BalancesDigest();
        for (AccountTotals totals : Balances.list(connection, moved, through, AccountFilter.ALL)) {
            balances.add(totals.account(), totals.debits(), totals.credits());
        }
        Seal seal =
                new Seal(
                                closed.period(),
                                source.position(),
                                through,
                                moved.entries() - entriesAfter(connection, through),
                                chainAt(connection, through).toString(),
                                balances.hex(),
                                closed.logHash(),
                                source.recordedAt(),
                                "",
                                "")
                        .signedBy(key);
        insert(connection, seal);
        try (PreparedStatement refuse =
                connection.prepareStatement("select seal_journal_months(?)")) {
            refuse.setObject(
                    1,
                    YearMonth.parse(closed.period())
                            .atDay(1)
                            .atStartOfDay()
                            .atOffset(ZoneOffset.UTC));
            refuse.execute();
        }
    }

    private static void insert(Connection connection, Seal seal) throws SQLException {
        try (PreparedStatement insert =
                connection.prepareStatement(
                        "insert into period_seal (period, position, through_position, entries,"
                                + " chain, balances, log_hash, sealed_at, public_key, signature)"
                                + " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
            insert.setString(1, seal.period());
            insert.setLong(2, seal.position());
            insert.setLong(3, seal.throughPosition());
            insert.setLong(4, seal.entries());
            insert.setBytes(5, HEX.parseHex(seal.chain()));
            insert.setBytes(6, HEX.parseHex(seal.balances()));
            insert.setBytes(7, HEX.parseHex(seal.logHash()));
            insert.setObject(8, seal.sealedAt().atOffset(ZoneOffset.UTC));
            insert.setBytes(9, Base64.getDecoder().decode(seal.publicKey()));
            insert.setBytes(10, Base64.getDecoder().decode(seal.signature()));
            insert.executeUpdate();
        }
    }

    /** Months are closed soon after their end, so these are fewer than those before. */
    private static long entriesAfter(Connection connection, long position) throws SQLException {
        JournalMonths.Bounds recorded =
                JournalMonths.read(connection).bounds(position, Long.MAX_VALUE);
        try (PreparedStatement query =
                connection.prepareStatement(
                        "select count(*) from journal_entry"
                                + " where entry_id > ? and recorded_at >= ?")) {
            query.setLong(1, position);
            query.setObject(2, recorded.from());
            try (ResultSet row = query.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }

    private static ChainHash chainAt(Connection connection, long position) throws SQLException {
        JournalMonths.Bounds recorded =
                JournalMonths.read(connection).bounds(position - 1, position);
        try (PreparedStatement query =
                connection.prepareStatement(
                        "select hash from journal_entry where entry_id <= ? and recorded_at >= ?"
                                + " and recorded_at < ? order by entry_id desc limit 1")) {
            query.setLong(1, position);
            query.setObject(2, recorded.from());
            query.setObject(3, recorded.before());
            try (ResultSet row = query.executeQuery()) {
                return row.next() ? ChainHash.of(row.getBytes(1)) : ChainHash.START;
            }
        }
    }

    private static List<Seal> seals(PreparedStatement query) throws SQLException {
        List<Seal> seals = new ArrayList<>();
        try (ResultSet row = query.executeQuery()) {
            while (row.next()) {
                seals.add(seal(row));
            }
        }
        return seals;
    }

    private static Seal seal(ResultSet row) throws SQLException {
        return new Seal(
                row.getString(1),
                row.getLong(2),
                row.getLong(3),
                row.getLong(4),
                HEX.formatHex(row.getBytes(5)),
                HEX.formatHex(row.getBytes(6)),
                HEX.formatHex(row.getBytes(7)),
                row.getObject(8, OffsetDateTime.class).toInstant(),
                Base64.getEncoder().encodeToString(row.getBytes(9)),
                Base64.getEncoder().encodeToString(row.getBytes(10)));
    }
}

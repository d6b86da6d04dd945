package dev.confetti.ledger.verify;

import dev.confetti.events.Topic;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Checks of the small tables, by one query each. */
final class StoredTables {
    private StoredTables() {}

    static void checkAssetsAndAccounts(Connection connection, Findings findings)
            throws SQLException {
        try (PreparedStatement query =
                        connection.prepareStatement(
                                "select code, scale, case code when 'COIN' then 0"
                                        + " when 'DIAMOND' then 4 else 6 end from asset");
                ResultSet row = query.executeQuery()) {
            while (row.next()) {
                findings.examined(LedgerVerifier.ACCOUNTS);
                findings.expect(
                        LedgerVerifier.ACCOUNTS,
                        "asset " + row.getString(1),
                        "scale",
                        row.getInt(3),
                        row.getInt(2));
            }
        }
        try (PreparedStatement query =
                        connection.prepareStatement(
                                """
                                select a.id, a.code, a.asset, s.code from account a
                                left join asset s on s.asset_id = (a.id & 255)
                                where s.code is distinct from a.asset order by a.id
                                """);
                ResultSet row = query.executeQuery()) {
            while (row.next()) {
                findings.fault(
                        LedgerVerifier.ACCOUNTS,
                        "account " + row.getLong(1) + " " + row.getString(2),
                        "asset " + row.getString(3) + ": expected " + row.getString(4));
            }
        }
    }

    /** Reads of a range of entries believe what this table says of months. */
    static void checkMonths(Connection connection, Findings findings) throws SQLException {
        try (PreparedStatement query =
                        connection.prepareStatement(
                                """
                                select to_char(begins at time zone 'UTC', 'YYYY-MM'),
                                    coalesce(e.first_entry, 0), coalesce(m.first_entry, 0)
                                from journal_month m full join (
                                    select date_trunc('month', recorded_at at time zone 'UTC') at time zone 'UTC' as begins,
                                        min(entry_id) as first_entry
                                    from journal_entry group by 1) e using (begins)
                                order by begins
                                """);
                ResultSet row = query.executeQuery()) {
            while (row.next()) {
                findings.examined(LedgerVerifier.MONTHS);
                findings.expect(
                        LedgerVerifier.MONTHS,
                        "month " + row.getString(1),
                        "first entry",
                        row.getLong(2),
                        row.getLong(3));
            }
        }
    }

    /** Lots and further legs carry the recorded time of their entry, which finds its month. */
    static void checkRecordedTimes(Connection connection, Findings findings) throws SQLException {
        try (PreparedStatement query =
                        connection.prepareStatement(
                                """
                                select 'lot of position ' || l.position from lot l
                                left join journal_entry e on e.entry_id = l.position and e.recorded_at = l.recorded_at
                                where e.entry_id is null
                                union all
                                select 'line ' || m.line || ' of entry ' || m.entry_id from journal_leg_more m
                                left join journal_entry e on e.entry_id = m.entry_id and e.recorded_at = m.recorded_at
                                where e.entry_id is null
                                """);
                ResultSet row = query.executeQuery()) {
            while (row.next()) {
                findings.fault(
                        LedgerVerifier.MONTHS,
                        row.getString(1),
                        "expected the recorded time of its entry");
            }
        }
    }

    /** Legs beyond those in the entry's row, which is full then, go on from its last line. */
    static void checkFurtherLegs(Connection connection, Findings findings) throws SQLException {
        try (PreparedStatement query =
                        connection.prepareStatement(
                                """
                                select m.entry_id, m.line, m.expected from (
                                    select entry_id, line,
                                        8 + row_number() over (partition by entry_id order by line) as expected
                                    from journal_leg_more) m
                                left join journal_entry e on e.entry_id = m.entry_id
                                where m.line <> m.expected or e.a8 is null order by 1, 2
                                """);
                ResultSet row = query.executeQuery()) {
            while (row.next()) {
                findings.fault(
                        LedgerVerifier.CHAIN,
                        "line " + row.getLong(2) + " of entry " + row.getLong(1),
                        "expected line "
                                + row.getLong(3)
                                + ", of an entry whose own row has no room for it");
            }
        }
    }

    /** Rows of which no entry knows are what they were when they were inserted. */
    static void checkDigests(Connection connection, Findings findings) throws SQLException {
        try (PreparedStatement query =
                        connection.prepareStatement(
                                """
                                select name from (
                                    select 'live ' || live_id || ' in block ' || upto as name, to_jsonb(t) as content, digest
                                    from live_history t
                                    union all
                                    select 'live ' || live_id || ' in batch ' || batch, to_jsonb(t), digest from live_open t
                                    union all
                                    select 'live_start at position ' || position, to_jsonb(t), digest from live_start t
                                    union all
                                    select 'lot_country of position ' || position, to_jsonb(t), digest from lot_country t) r
                                where digest <> row_digest(content) order by name
                                """);
                ResultSet row = query.executeQuery()) {
            while (row.next()) {
                findings.fault(
                        LedgerVerifier.REPORTS,
                        row.getString(1),
                        "expected the digest of what was inserted");
            }
        }
    }

    /** Every position came by one partition, so the furthest of them is the ledger's. */
    static void checkPartitions(Connection connection, long position, Findings findings)
            throws SQLException {
        long furthest = 0;
        try (PreparedStatement query =
                        connection.prepareStatement(
                                "select topic, partition, last_position from source_partition"
                                        + " order by topic, partition");
                ResultSet row = query.executeQuery()) {
            while (row.next()) {
                findings.examined(LedgerVerifier.POSITIONS);
                String topic = row.getString(1);
                int partition = row.getInt(2);
                furthest = Math.max(furthest, row.getLong(3));
                if (!Topic.names().contains(topic)
                        || partition < 0
                        || partition >= Topic.PARTITIONS) {
                    findings.fault(
                            LedgerVerifier.POSITIONS,
                            "partition " + topic + "/" + partition,
                            "expected one of "
                                    + Topic.names()
                                    + " and a number of 0 to "
                                    + (Topic.PARTITIONS - 1));
                }
            }
        }
        findings.expect(
                LedgerVerifier.POSITIONS, "source_position", "position", furthest, position);
    }
}

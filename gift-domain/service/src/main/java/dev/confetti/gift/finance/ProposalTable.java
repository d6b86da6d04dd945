package dev.confetti.gift.finance;

import dev.confetti.gift.log.GiftDatabase;
import dev.confetti.gift.log.LogUnavailableException;
import dev.confetti.gift.log.Rows;
import dev.confetti.gift.vault.DataKey;
import dev.confetti.gift.vault.KeyOwner;
import dev.confetti.gift.vault.KeyTable;
import dev.confetti.gift.vault.OpenedText;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A table of proposals, as far as all of them have the same columns: {@code <table>_id}, {@code
 * requested}, {@code status}, who and when, and the reason, which is sealed by the key of the
 * books. Thread-safe.
 */
final class ProposalTable<P extends Proposal> {
    private final GiftDatabase database;
    private final KeyTable keys;
    private final String table;
    private final Reader<P> reader;
    private final String find;
    private final String page;
    private final String reject;

    /** Makes a proposal of the row that the cursor is at. */
    @FunctionalInterface
    interface Reader<P> {
        /**
         * Reads the rest of the row.
         *
         * @param reason null: it is lost, or was never sealed
         */
        P read(ResultSet row, @Nullable String reason) throws SQLException;
    }

    /**
     * What is asked for.
     *
     * @param proposalId derives from the request
     * @param columns value by column, of those that the kind has alone
     */
    record Asked(UUID proposalId, String reason, Map<String, @Nullable Object> columns) {}

    /**
     * For one kind of proposals.
     *
     * @param table in the schema {@code domain}
     */
    ProposalTable(GiftDatabase database, KeyTable keys, String table, Reader<P> reader) {
        this.database = database;
        this.keys = keys;
        this.table = table;
        this.reader = reader;
        String read =
                "select "
                        + KeyTable.COLUMNS
                        + ", p.* from domain."
                        + table
                        + " p left join domain.person_key k on k.key_id = p.key_id ";
        this.find = read + "where " + table + "_id = ?";
        this.page = read + "where requested < ? order by requested desc limit ?";
        this.reject =
                "update domain."
                        + table
                        + " set status = 'rejected', decided_by = ?, decided_at = ? where "
                        + table
                        + "_id = ? and status = 'requested'";
    }

    /** Where the reason of one is kept, as its seal knows it. */
    static String place(String table, UUID proposalId) {
        return proposalId + " " + table;
    }

    /** Keeps one until it is decided; false when one of its name is there. */
    boolean add(Asked asked, String requestedBy, Instant now) {
        List<String> columns = new ArrayList<>();
        List<@Nullable Object> values = new ArrayList<>();
        asked.columns()
                .forEach(
                        (column, value) -> {
                            columns.add(column);
                            values.add(value);
                        });
        columns.addAll(List.of(table + "_id", "requested_by", "requested_at", "key_id", "sealed"));
        values.addAll(List.of(asked.proposalId(), requestedBy, now.atOffset(ZoneOffset.UTC)));
        try (Connection connection = database.dataSource().getConnection()) {
            DataKey key = keys.toSealWith(connection, KeyOwner.BOOKS);
            values.add(key.keyId());
            values.add(key.seal(asked.reason(), place(table, asked.proposalId())));
            return Rows.update(connection, insert(columns), values.toArray()) == 1;
        } catch (SQLException e) {
            throw new LogUnavailableException(table + " cannot be written", false, e);
        }
    }

    private String insert(List<String> columns) {
        return "insert into domain."
                + table
                + " ("
                + String.join(", ", columns)
                + ") values ("
                + String.join(", ", columns.stream().map(_ -> "?").toList())
                + ") on conflict ("
                + table
                + "_id) do nothing";
    }

    /** Drops one; false when it does not wait any more. */
    boolean reject(UUID proposalId, String rejectedBy, Instant now) {
        return Rows.update(
                        database,
                        table,
                        reject,
                        rejectedBy,
                        now.atOffset(ZoneOffset.UTC),
                        proposalId)
                == 1;
    }

    Optional<P> find(UUID proposalId) {
        return Rows.read(database, table, find, this::proposal, proposalId).stream().findFirst();
    }

    /** Latest first. */
    List<P> page(long before, int limit) {
        return Rows.read(database, table, page, this::proposal, before, limit);
    }

    private P proposal(ResultSet row) throws SQLException {
        byte[] sealed = row.getBytes("sealed");
        OpenedText reason =
                sealed == null
                        ? null
                        : keys.open(
                                row,
                                1,
                                sealed,
                                place(table, row.getObject(table + "_id", UUID.class)));
        return reader.read(row, reason == null ? null : reason.text());
    }
}

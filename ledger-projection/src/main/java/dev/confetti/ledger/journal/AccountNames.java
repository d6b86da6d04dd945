package dev.confetti.ledger.journal;

import dev.confetti.ledger.posting.Account;
import dev.confetti.ledger.posting.Asset;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/** The names of the account ids in the rows that were read. Not thread-safe. */
public final class AccountNames {
    private final Map<Long, Account> names = new HashMap<>();

    /** Reads the names of those ids that are not known yet. */
    public void learn(Connection connection, Collection<Long> ids) throws SQLException {
        long[] missing =
                ids.stream().filter(id -> !names.containsKey(id)).mapToLong(id -> id).toArray();
        if (missing.length == 0) {
            return;
        }
        try (PreparedStatement query =
                connection.prepareStatement(
                        "select a.id, a.code, s.code, s.scale from account a"
                                + " join asset s using (asset_id) where a.id = any (?)")) {
            query.setObject(1, missing);
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    names.put(
                            row.getLong(1),
                            new Account(
                                    row.getString(2), new Asset(row.getString(3), row.getInt(4))));
                }
            }
        }
    }

    /** The account of an id that {@link #learn} was asked for. */
    public Account name(long id) {
        Account account = names.get(id);
        if (account == null) {
            throw new UnknownAccountException(id);
        }
        return account;
    }

    public boolean knows(long id) {
        return names.containsKey(id);
    }

    /** The ids that a code has, one per asset. */
    public static Map<Account, Long> idsOf(Connection connection, Collection<String> codes)
            throws SQLException {
        Map<Account, Long> ids = new HashMap<>();
        Array wanted = connection.createArrayOf("text", codes.toArray());
        try (PreparedStatement query =
                connection.prepareStatement(
                        "select a.id, a.code, s.code, s.scale from account a"
                                + " join asset s using (asset_id) where a.code = any (?)")) {
            query.setArray(1, wanted);
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    ids.put(
                            new Account(
                                    row.getString(2), new Asset(row.getString(3), row.getInt(4))),
                            row.getLong(1));
                }
            }
        }
        return ids;
    }
}

package dev.confetti.ledger.journal;

import dev.confetti.ledger.posting.Account;
import dev.confetti.ledger.posting.Accounts;
import dev.confetti.ledger.posting.Asset;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/** The names of the account ids in the rows that were read. Not thread-safe. */
public final class AccountNames {
    private static final String IDS =
            "select a.id, a.code, s.code, s.scale from account a join asset s using (asset_id) ";

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

    /**
     * The ids of all accounts of a person, by code and asset.
     *
     * @param group {@code viewer} or {@code creator}
     */
    public static Map<Account, Long> idsOfPerson(
            Connection connection, String group, String personId) throws SQLException {
        // A semicolon follows the colon, and nothing is between them.
        String beginning = group + ":" + personId;
        try (PreparedStatement query =
                connection.prepareStatement(IDS + "where a.code > ? and a.code < ?")) {
            query.setString(1, beginning + ":");
            query.setString(2, beginning + ";");
            return ids(query);
        }
    }

    /** The ids of all accounts of an asset without a person in them. */
    public static Map<Account, Long> systemIdsIn(Connection connection, String asset)
            throws SQLException {
        try (PreparedStatement query =
                connection.prepareStatement(IDS + "where a.code = any (?) and a.asset = ?")) {
            query.setArray(1, connection.createArrayOf("text", Accounts.systemCodes().toArray()));
            query.setString(2, asset);
            return ids(query);
        }
    }

    /** The ids that a code has, one per asset. */
    public static Map<Account, Long> idsOf(Connection connection, Collection<String> codes)
            throws SQLException {
        try (PreparedStatement query =
                connection.prepareStatement(IDS + "where a.code = any (?)")) {
            query.setArray(1, connection.createArrayOf("text", codes.toArray()));
            return ids(query);
        }
    }

    private static Map<Account, Long> ids(PreparedStatement query) throws SQLException {
        Map<Account, Long> ids = new HashMap<>();
        try (ResultSet row = query.executeQuery()) {
            while (row.next()) {
                ids.put(
                        new Account(row.getString(2), new Asset(row.getString(3), row.getInt(4))),
                        row.getLong(1));
            }
        }
        return ids;
    }
}

package dev.confetti.ledger.journal;

import dev.confetti.ledger.posting.Account;
import dev.confetti.ledger.posting.Accounts;
import dev.confetti.ledger.posting.Asset;
import dev.confetti.ledger.posting.UnpostableEventException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Gives accounts their ids, {@code number << 8 | asset}, in the order in which the journal first
 * names them. For the one writer; not thread-safe.
 */
final class AccountNumbers {
    private static final int FIRST_PERSON_NUMBER = 1_000;
    private static final int MAX_ASSETS = 255;

    /** Accounts kept in memory; persons come and go, and the database knows the others. */
    private static final int MAX_KNOWN = 300_000;

    private final Map<Account, Long> ids = new HashMap<>();
    private final Map<Asset, Integer> assets = new LinkedHashMap<>();
    private final Map<Account, Long> newAccounts = new LinkedHashMap<>();
    private final List<Asset> newAssets = new ArrayList<>();
    private long nextNumber;

    /** Starts from what the database has. */
    void load(Connection connection) throws SQLException {
        ids.clear();
        assets.clear();
        written();
        try (PreparedStatement query =
                        connection.prepareStatement(
                                "select asset_id, code, scale from asset order by asset_id");
                ResultSet row = query.executeQuery()) {
            while (row.next()) {
                assets.put(new Asset(row.getString(2), row.getInt(3)), row.getInt(1));
            }
        }
        try (PreparedStatement query = connection.prepareStatement("select max(id) from account");
                ResultSet row = query.executeQuery()) {
            row.next();
            nextNumber = Math.max(FIRST_PERSON_NUMBER, (row.getLong(1) >> 8) + 1);
        }
    }

    /** Makes sure that {@link #id} knows all of these that the database knows. */
    void learn(Connection connection, Collection<Account> accounts) throws SQLException {
        if (ids.size() > MAX_KNOWN) {
            ids.clear();
        }
        Set<String> codes = new LinkedHashSet<>();
        for (Account account : accounts) {
            if (!ids.containsKey(account)) {
                codes.add(account.code());
            }
        }
        if (!codes.isEmpty()) {
            ids.putAll(AccountNames.idsOf(connection, codes));
        }
    }

    /** The id of an account, a new one if {@link #learn} did not find it. */
    long id(Account account) {
        Long id = ids.get(account);
        if (id != null) {
            return id;
        }
        int system = Accounts.systemCodes().indexOf(account.code());
        long number = system >= 0 ? system + 1 : nextNumber++;
        long newId = number << 8 | assetId(account.asset());
        ids.put(account, newId);
        newAccounts.put(account, newId);
        return newId;
    }

    int assetId(Asset asset) {
        Integer id = assets.get(asset);
        if (id != null) {
            return id;
        }
        int newId = assets.size() + 1;
        if (newId > MAX_ASSETS) {
            throw new UnpostableEventException(
                    "asset " + asset.code() + ": expected at most " + MAX_ASSETS + " assets");
        }
        assets.put(asset, newId);
        newAssets.add(asset);
        return newId;
    }

    /** Writes what is new since the last time. */
    void write(Connection connection) throws SQLException {
        try (PreparedStatement insert =
                connection.prepareStatement("insert into asset values (?, ?, ?)")) {
            for (Asset asset : newAssets) {
                insert.setInt(1, assetId(asset));
                insert.setString(2, asset.code());
                insert.setInt(3, asset.scale());
                insert.executeUpdate();
            }
        }
        if (newAccounts.isEmpty()) {
            return;
        }
        try (PreparedStatement insert =
                connection.prepareStatement(
                        "insert into account (id, code, asset)"
                                + " select * from unnest(?, ?, ?)")) {
            insert.setObject(1, newAccounts.values().stream().mapToLong(id -> id).toArray());
            insert.setArray(
                    2,
                    connection.createArrayOf(
                            "text", newAccounts.keySet().stream().map(Account::code).toArray()));
            insert.setArray(
                    3,
                    connection.createArrayOf(
                            "text",
                            newAccounts.keySet().stream().map(a -> a.asset().code()).toArray()));
            insert.executeUpdate();
        }
    }

    /** What was new is committed. */
    void written() {
        newAccounts.clear();
        newAssets.clear();
    }
}

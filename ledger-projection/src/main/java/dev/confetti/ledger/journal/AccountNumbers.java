package dev.confetti.ledger.journal;

import dev.confetti.ledger.posting.Account;
import dev.confetti.ledger.posting.Accounts;
import dev.confetti.ledger.posting.Asset;
import dev.confetti.ledger.posting.Leg;
import dev.confetti.ledger.posting.UnpostableEventException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
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

    private final Map<Account, NumberedAccount> known = new HashMap<>();
    private final Map<Asset, Integer> assets = new LinkedHashMap<>();
    private final Map<Account, Long> newAccounts = new LinkedHashMap<>();
    private final Map<Asset, Integer> newAssets = new LinkedHashMap<>();
    private long nextNumber;

    /** Starts from what the database has. */
    void load(Connection connection) throws SQLException {
        known.clear();
        assets.clear();
        newAccounts.clear();
        newAssets.clear();
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

    /** How many accounts it keeps in memory. */
    int count() {
        return known.size();
    }

    /** Forgets the accounts that the open block has not; the database must have them all. */
    void forget() {
        known.values().removeIf(account -> !account.isInBlock());
    }

    /** The codes of those accounts of the entries that {@link #of} would take for new ones. */
    Set<String> unknown(List<JournalEntry> entries) {
        Set<String> codes = new HashSet<>();
        for (JournalEntry entry : entries) {
            for (Leg leg : entry.legs()) {
                if (!known.containsKey(leg.debit())) {
                    codes.add(leg.debit().code());
                }
                if (!known.containsKey(leg.credit())) {
                    codes.add(leg.credit().code());
                }
            }
        }
        return codes;
    }

    /** Makes sure that {@link #of} knows all of these that the database knows. */
    void learn(Connection connection, Set<String> codes) throws SQLException {
        AccountNames.idsOf(connection, codes).forEach(this::learn);
    }

    /** An account that the database has; the one that is known already if there is one. */
    NumberedAccount learn(Account account, long id) {
        return known.computeIfAbsent(account, a -> new NumberedAccount(id));
    }

    /** The account of a name, with a new id if {@link #learn} did not find it. */
    NumberedAccount of(Account account) {
        NumberedAccount numbered = known.get(account);
        if (numbered != null) {
            return numbered;
        }
        int system = Accounts.systemCodes().indexOf(account.code());
        long number = system >= 0 ? system + 1 : nextNumber++;
        long newId = number << 8 | assetId(account.asset());
        newAccounts.put(account, newId);
        return learn(account, newId);
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
        newAssets.put(asset, newId);
        return newId;
    }

    /** Takes out what is new since the last time. */
    New takeNew() {
        New news = new New(new LinkedHashMap<>(newAssets), new LinkedHashMap<>(newAccounts));
        newAccounts.clear();
        newAssets.clear();
        return news;
    }

    /** Assets and accounts that the database does not know. */
    record New(Map<Asset, Integer> assets, Map<Account, Long> accounts) {
        void write(Connection connection) throws SQLException {
            writeAssets(connection, assets);
            writeAccounts(connection, accounts);
        }
    }

    private static void writeAssets(Connection connection, Map<Asset, Integer> newAssets)
            throws SQLException {
        if (newAssets.isEmpty()) {
            return;
        }
        try (PreparedStatement insert =
                connection.prepareStatement("insert into asset values (?, ?, ?)")) {
            for (var asset : newAssets.entrySet()) {
                insert.setInt(1, asset.getValue());
                insert.setString(2, asset.getKey().code());
                insert.setInt(3, asset.getKey().scale());
                insert.executeUpdate();
            }
        }
    }

    private static void writeAccounts(Connection connection, Map<Account, Long> newAccounts)
            throws SQLException {
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
}

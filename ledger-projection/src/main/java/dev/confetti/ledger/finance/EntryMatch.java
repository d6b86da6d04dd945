package dev.confetti.ledger.finance;

import dev.confetti.events.EventType;
import dev.confetti.ledger.journal.AccountNames;
import dev.confetti.ledger.journal.LiveEntries;
import dev.confetti.ledger.journal.StoredEntry;
import dev.confetti.ledger.posting.Account;
import dev.confetti.ledger.posting.Accounts;
import dev.confetti.ledger.posting.Asset;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Filters with their names looked up: whether an entry is one that is asked for.
 *
 * @param accountIds of the account; null when any will do
 * @param viewerIds of the viewer, likewise
 * @param creatorIds of the creator, likewise
 * @param live null when any will do
 * @param amounts by asset id, in its smallest unit; null when any will do
 * @param assetId null when any will do; 0 for an asset that the ledger has never had
 */
record EntryMatch(
        EntryFilters filters,
        @Nullable Set<Long> accountIds,
        @Nullable Set<Long> viewerIds,
        @Nullable Set<Long> creatorIds,
        @Nullable LiveEntries live,
        @Nullable Map<Long, Long> amounts,
        @Nullable Long assetId) {
    private static final int ASSET_MASK = 255;
    private static final String PENDING = ":diamond:pending";

    /**
     * Looks the names up.
     *
     * @throws Refusal when the ledger knows no such account, person or live
     */
    static EntryMatch of(Connection connection, EntryFilters filters) throws SQLException {
        Map<String, Asset> assets = new HashMap<>();
        Map<String, Long> assetIds = new HashMap<>();
        readAssets(connection, assets, assetIds);
        String asset = filters.asset();
        return new EntryMatch(
                filters,
                accountIds(connection, filters.account()),
                personIds(connection, "viewer", filters.viewerId(), null),
                personIds(connection, "creator", filters.creatorId(), filters.type()),
                live(connection, filters.liveId()),
                amounts(filters, assets, assetIds),
                asset == null ? null : assetIds.getOrDefault(asset, 0L));
    }

    private static void readAssets(
            Connection connection, Map<String, Asset> assets, Map<String, Long> assetIds)
            throws SQLException {
        try (PreparedStatement query =
                        connection.prepareStatement("select asset_id, code, scale from asset");
                ResultSet row = query.executeQuery()) {
            while (row.next()) {
                assets.put(row.getString(2), new Asset(row.getString(2), row.getInt(3)));
                assetIds.put(row.getString(2), row.getLong(1));
            }
        }
    }

    private static @Nullable Set<Long> accountIds(Connection connection, @Nullable String code)
            throws SQLException {
        if (code == null) {
            return null;
        }
        Collection<Long> ids = AccountNames.idsOf(connection, List.of(code)).values();
        if (ids.isEmpty() && !Accounts.systemCodes().contains(code)) {
            throw Refusal.notFound("account \"" + code + "\": expected one of the ledger");
        }
        return Set.copyOf(ids);
    }

    private static @Nullable Set<Long> personIds(
            Connection connection, String group, @Nullable String id, @Nullable String type)
            throws SQLException {
        if (id == null) {
            return null;
        }
        Map<Account, Long> ids = AccountNames.idsOfPerson(connection, group, id);
        if (ids.isEmpty()) {
            throw Refusal.notFound(
                    group + " \"" + id + "\": expected a person with an account in the ledger");
        }
        if (isNoGift(type)) {
            // A star's gifts must not be read through for a few payouts: whatever else moves
            // what is pending moves what is available, too.
            ids.keySet().removeIf(account -> account.code().endsWith(PENDING));
        }
        return Set.copyOf(ids.values());
    }

    private static boolean isNoGift(@Nullable String type) {
        return type != null
                && !type.equals(EventType.GIFT_SENT.typeName())
                && !type.equals(EventType.GIFT_REVERSED.typeName());
    }

    private static @Nullable LiveEntries live(Connection connection, @Nullable String id)
            throws SQLException {
        if (id == null) {
            return null;
        }
        LiveEntries live = new LiveEntries(connection, id);
        if (!live.exists()) {
            throw Refusal.notFound("live \"" + id + "\": expected one with a gift in the ledger");
        }
        return live;
    }

    private static @Nullable Map<Long, Long> amounts(
            EntryFilters filters, Map<String, Asset> assets, Map<String, Long> assetIds) {
        BigDecimal amount = filters.amount();
        if (amount == null) {
            return null;
        }
        Map<Long, Long> amounts = new HashMap<>();
        assets.forEach(
                (code, asset) -> {
                    Long id = assetIds.get(code);
                    if (id != null
                            && amount.scale() <= asset.scale()
                            && (filters.asset() == null || filters.asset().equals(code))) {
                        amounts.put(id, amount.movePointRight(asset.scale()).longValueExact());
                    }
                });
        return Map.copyOf(amounts);
    }

    /** Whether the filters that were looked up leave nothing that an entry could be. */
    boolean isImpossible() {
        return isEmpty(accountIds)
                || isEmpty(viewerIds)
                || isEmpty(creatorIds)
                || (amounts != null && amounts.isEmpty())
                || (assetId != null && assetId == 0);
    }

    private static boolean isEmpty(@Nullable Set<Long> ids) {
        return ids != null && ids.isEmpty();
    }

    /** Those entries that are asked for; the live is looked up for all of them at once. */
    List<StoredEntry> among(List<StoredEntry> entries) throws SQLException {
        List<StoredEntry> matching = new ArrayList<>();
        for (StoredEntry entry : entries) {
            if (matches(entry)) {
                matching.add(entry);
            }
        }
        if (live != null && !matching.isEmpty()) {
            Set<Long> ofLive = live.among(matching.stream().map(StoredEntry::position).toList());
            matching.removeIf(entry -> !ofLive.contains(entry.position()));
        }
        return matching;
    }

    private boolean matches(StoredEntry entry) {
        UUID reference = filters.reference();
        return (filters.type() == null || filters.type().equals(entry.type()))
                && (reference == null
                        || reference.equals(entry.reference())
                        || reference.equals(entry.eventId()))
                && touches(entry, accountIds)
                && touches(entry, viewerIds)
                && touches(entry, creatorIds)
                && (assetId == null
                        || entry.legs().stream().anyMatch(l -> assetOf(l.debit()) == assetId))
                && (amounts == null || hasAmount(entry, amounts));
    }

    private static boolean touches(StoredEntry entry, @Nullable Set<Long> ids) {
        if (ids == null) {
            return true;
        }
        for (StoredEntry.StoredLeg leg : entry.legs()) {
            if (ids.contains(leg.debit()) || ids.contains(leg.credit())) {
                return true;
            }
        }
        return false;
    }

    /** A posting is all legs on one side of one account. */
    private static boolean hasAmount(StoredEntry entry, Map<Long, Long> amounts) {
        Map<Long, Long> debits = new HashMap<>();
        Map<Long, Long> credits = new HashMap<>();
        for (StoredEntry.StoredLeg leg : entry.legs()) {
            if (amounts.containsKey(assetOf(leg.debit()))) {
                debits.merge(leg.debit(), leg.amount(), Long::sum);
                credits.merge(leg.credit(), leg.amount(), Long::sum);
            }
        }
        return hasAmount(debits, amounts) || hasAmount(credits, amounts);
    }

    private static boolean hasAmount(Map<Long, Long> sums, Map<Long, Long> amounts) {
        return sums.entrySet().stream()
                .anyMatch(sum -> sum.getValue().equals(amounts.get(assetOf(sum.getKey()))));
    }

    private static long assetOf(long accountId) {
        return accountId & ASSET_MASK;
    }
}

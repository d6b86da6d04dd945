package dev.confetti.gift.purchase;

import dev.confetti.gift.log.GiftDatabase;
import dev.confetti.gift.log.LogUnavailableException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.databind.json.JsonMapper;

/** The table {@code domain.checkout}: purchases that wait for their money. Thread-safe. */
public final class Checkouts {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String INSERT =
            """
            insert into domain.checkout (purchase_id, viewer_id, package_id, coins, bonus_coins,
                price_minor, currency, provider, reference, url, in_app, created_at)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?::jsonb, ?)
            on conflict (purchase_id) do nothing
            """;
    private static final String COLUMNS =
            """
            select purchase_id, viewer_id, package_id, coins, bonus_coins, price_minor, currency,
                provider, reference, url, failed, created_at, in_app
            from domain.checkout
            """;
    private static final String FIND = COLUMNS + "where purchase_id = ?";
    private static final String UNPAID =
            COLUMNS
                    + """
            where viewer_id = ? and (created_at, purchase_id) < (?, ?)
                and not exists (select from domain.event_log where event_id = purchase_id)
            order by created_at desc, purchase_id desc limit ?
            """;
    private static final String FAIL =
            "update domain.checkout set failed = true where purchase_id = ? and provider = ?";

    private final GiftDatabase database;

    public Checkouts(GiftDatabase database) {
        this.database = database;
    }

    /** Keeps a checkout; one of the same purchase that is there already stays. */
    void add(Checkout checkout) {
        try (Connection connection = database.dataSource().getConnection();
                PreparedStatement insert = connection.prepareStatement(INSERT)) {
            insert.setObject(1, checkout.purchaseId());
            insert.setString(2, checkout.viewerId());
            insert.setString(3, checkout.bought().packageId());
            insert.setLong(4, checkout.bought().coins());
            insert.setLong(5, checkout.bought().bonusCoins());
            insert.setLong(6, checkout.bought().price().amountMinor());
            insert.setString(7, checkout.bought().price().currency());
            insert.setString(8, checkout.provider());
            insert.setString(9, checkout.reference());
            CheckoutLink link = checkout.link();
            insert.setString(10, link.url());
            insert.setString(11, link.url() == null ? JSON.writeValueAsString(link) : null);
            insert.setObject(12, checkout.createdAt().atOffset(ZoneOffset.UTC));
            insert.executeUpdate();
        } catch (SQLException e) {
            throw new LogUnavailableException("a checkout cannot be kept", false, e);
        }
    }

    Optional<Checkout> find(UUID purchaseId) {
        try (Connection connection = database.dataSource().getConnection();
                PreparedStatement query = connection.prepareStatement(FIND)) {
            query.setObject(1, purchaseId);
            try (ResultSet row = query.executeQuery()) {
                return row.next() ? Optional.of(checkout(row)) : Optional.empty();
            }
        } catch (SQLException e) {
            throw new LogUnavailableException("checkouts cannot be read", false, e);
        }
    }

    /**
     * A viewer's checkouts that are not paid, latest first.
     *
     * @param before those that were begun before this instant, or at it with a smaller id
     */
    List<Checkout> unpaid(String viewerId, Instant before, UUID beforeId, int limit) {
        try (Connection connection = database.dataSource().getConnection();
                PreparedStatement query = connection.prepareStatement(UNPAID)) {
            query.setString(1, viewerId);
            query.setObject(2, before.atOffset(ZoneOffset.UTC));
            query.setObject(3, beforeId);
            query.setInt(4, limit);
            List<Checkout> unpaid = new ArrayList<>();
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    unpaid.add(checkout(row));
                }
            }
            return unpaid;
        } catch (SQLException e) {
            throw new LogUnavailableException("checkouts cannot be read", false, e);
        }
    }

    /**
     * It cannot be paid any more.
     *
     * @return whether there is such a checkout at the provider
     */
    boolean fail(String provider, UUID purchaseId) {
        try (Connection connection = database.dataSource().getConnection();
                PreparedStatement update = connection.prepareStatement(FAIL)) {
            update.setObject(1, purchaseId);
            update.setString(2, provider);
            return update.executeUpdate() == 1;
        } catch (SQLException e) {
            throw new LogUnavailableException("a checkout cannot be ended", false, e);
        }
    }

    private static Checkout checkout(ResultSet row) throws SQLException {
        Instant createdAt = row.getObject(12, OffsetDateTime.class).toInstant();
        return new Checkout(
                row.getObject(1, UUID.class),
                row.getString(2),
                new CoinPackage(
                        row.getString(3),
                        row.getLong(4),
                        row.getLong(5),
                        new Money(row.getLong(6), row.getString(7))),
                row.getString(8),
                row.getString(9),
                link(row),
                row.getBoolean(11),
                createdAt);
    }

    private static CheckoutLink link(ResultSet row) throws SQLException {
        String url = row.getString(10);
        return url == null
                ? JSON.readValue(row.getString(13), CheckoutLink.class)
                : CheckoutLink.page(url);
    }
}

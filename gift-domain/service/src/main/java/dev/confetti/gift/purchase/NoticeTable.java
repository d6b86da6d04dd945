package dev.confetti.gift.purchase;

import dev.confetti.gift.log.GiftDatabase;
import dev.confetti.gift.log.LogUnavailableException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** The table {@code domain.payment_notice}: what providers told us. Thread-safe. */
public final class NoticeTable {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String INSERT =
            """
            insert into domain.payment_notice (provider, notice_id, purchase_id, notice)
            values (?, ?, ?, ?::jsonb) on conflict (provider, notice_id) do nothing
            """;
    private static final String WAITING =
            """
            select provider, notice from domain.payment_notice
            where purchase_id = ? and state = 'waiting' order by received
            """;
    private static final String WAITED_FOR_AFTER =
            """
            select purchase_id from domain.payment_notice
            where state = 'waiting' and purchase_id > ? and received_at > now() - interval '90 days'
            order by purchase_id limit 1
            """;
    private static final String SETTLE =
            """
            update domain.payment_notice set state = ?, reason = ?
            where provider = ? and notice_id = ? and state = 'waiting'
            """;

    private static final String CONTRADICTION =
            """
            select reason from domain.payment_notice
            where provider = ? and notice_id = ? and state = 'contradicted'
            """;

    private final GiftDatabase database;

    public NoticeTable(GiftDatabase database) {
        this.database = database;
    }

    /** A notice and who gave it. */
    record Kept(String provider, PaymentNotice notice) {}

    /** Keeps a notice, once. */
    void add(String provider, PaymentNotice notice) {
        try (Connection connection = database.dataSource().getConnection();
                PreparedStatement insert = connection.prepareStatement(INSERT)) {
            insert.setString(1, provider);
            insert.setString(2, notice.noticeId());
            insert.setObject(3, notice.purchaseId());
            insert.setString(4, JSON.writeValueAsString(notice));
            insert.executeUpdate();
        } catch (SQLException e) {
            throw new LogUnavailableException("a payment notice cannot be kept", false, e);
        }
    }

    /** Those of a purchase that had no effect yet, in the order in which they came. */
    List<Kept> waiting(UUID purchaseId) {
        List<Kept> waiting = new ArrayList<>();
        try (Connection connection = database.dataSource().getConnection();
                PreparedStatement query = connection.prepareStatement(WAITING)) {
            query.setObject(1, purchaseId);
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    waiting.add(
                            new Kept(
                                    row.getString(1),
                                    JSON.readValue(row.getString(2), PaymentNotice.class)));
                }
            }
        } catch (SQLException e) {
            throw new LogUnavailableException("payment notices cannot be read", false, e);
        }
        return waiting;
    }

    /**
     * The next purchase, by id, that notices wait for. Who waits for ninety days waits in vain:
     * most probably another installation has the same account at the provider.
     */
    Optional<UUID> waitedForAfter(UUID purchaseId) {
        try (Connection connection = database.dataSource().getConnection();
                PreparedStatement query = connection.prepareStatement(WAITED_FOR_AFTER)) {
            query.setObject(1, purchaseId);
            try (ResultSet row = query.executeQuery()) {
                return row.next() ? Optional.of(row.getObject(1, UUID.class)) : Optional.empty();
            }
        } catch (SQLException e) {
            throw new LogUnavailableException("payment notices cannot be read", false, e);
        }
    }

    /** Why a notice could have no effect; empty when it had, or waits. */
    Optional<String> contradiction(String provider, PaymentNotice notice) {
        try (Connection connection = database.dataSource().getConnection();
                PreparedStatement query = connection.prepareStatement(CONTRADICTION)) {
            query.setString(1, provider);
            query.setString(2, notice.noticeId());
            try (ResultSet row = query.executeQuery()) {
                return row.next() ? Optional.of(row.getString(1)) : Optional.empty();
            }
        } catch (SQLException e) {
            throw new LogUnavailableException("payment notices cannot be read", false, e);
        }
    }

    /**
     * A notice waits no more.
     *
     * @param contradiction why it could have no effect; null when it had
     */
    void settle(Kept kept, @Nullable String contradiction) {
        try (Connection connection = database.dataSource().getConnection();
                PreparedStatement update = connection.prepareStatement(SETTLE)) {
            update.setString(1, contradiction == null ? "applied" : "contradicted");
            update.setString(2, contradiction);
            update.setString(3, kept.provider());
            update.setString(4, kept.notice().noticeId());
            update.executeUpdate();
        } catch (SQLException e) {
            throw new LogUnavailableException("a payment notice cannot be settled", false, e);
        }
    }
}

package dev.confetti.gift.sending;

import dev.confetti.events.EventType;
import dev.confetti.events.GiftEvent.GiftReversed;
import dev.confetti.events.LogRecord;
import dev.confetti.gift.log.GiftDatabase;
import dev.confetti.gift.log.InlineProjection;
import dev.confetti.gift.log.LogUnavailableException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * The table {@code domain.reversed_gift}: which gifts were reversed, as new as the log. A wallet
 * that kept their names itself would grow for ever. Thread-safe.
 */
public final class ReversedGifts implements InlineProjection {
    private static final String INSERT =
            "insert into domain.reversed_gift (gift_send_id, event_id, position, creator_id,"
                    + " sent_position) values (?, ?, ?, ?, ?)";
    private static final String READ =
            "select gift_send_id from domain.reversed_gift where gift_send_id = any(?)";

    private final GiftDatabase database;

    public ReversedGifts(GiftDatabase database) {
        this.database = database;
    }

    @Override
    public void apply(Connection connection, List<LogRecord> appended) throws SQLException {
        for (LogRecord row : appended) {
            if (row.type().equals(EventType.GIFT_REVERSED.typeName())
                    && row.event() instanceof GiftReversed reversed) {
                insert(connection, reversed, row);
            }
        }
    }

    private static void insert(Connection connection, GiftReversed reversed, LogRecord row)
            throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
            insert.setObject(1, reversed.giftSendId());
            insert.setObject(2, row.eventId());
            insert.setLong(3, row.position());
            insert.setString(4, reversed.creatorId());
            insert.setLong(5, reversed.sentPosition());
            insert.executeUpdate();
        }
    }

    boolean contains(UUID giftSendId) {
        return !among(List.of(giftSendId)).isEmpty();
    }

    /** Those of the gifts that were reversed. */
    Set<UUID> among(Collection<UUID> giftSendIds) {
        Set<UUID> reversed = new HashSet<>();
        if (giftSendIds.isEmpty()) {
            return reversed;
        }
        try (Connection connection = database.dataSource().getConnection();
                PreparedStatement query = connection.prepareStatement(READ)) {
            query.setArray(1, connection.createArrayOf("uuid", giftSendIds.toArray()));
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    reversed.add(row.getObject(1, UUID.class));
                }
            }
        } catch (SQLException e) {
            throw new LogUnavailableException("reversed gifts cannot be read", false, e);
        }
        return reversed;
    }
}

package dev.confetti.gift.statement;

import dev.confetti.events.EventType;
import dev.confetti.events.FinanceEvent.BankMessageReceived;
import dev.confetti.events.LogRecord;
import dev.confetti.gift.log.GiftDatabase;
import dev.confetti.gift.log.InlineProjection;
import dev.confetti.gift.log.LogUnavailableException;
import dev.confetti.gift.log.OneRow;
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

/** The table {@code domain.bank_message}: the bank's messages, as new as the log. Thread-safe. */
public final class BankMessageTable implements InlineProjection {
    private static final String INSERT =
            """
            insert into domain.bank_message (bank_message_id, kind, reference, lines, received_by,
                received_at, position)
            values (?, ?, ?, ?, ?, ?, ?)
            """;
    private static final String COLUMNS =
            """
            select bank_message_id, kind, reference, lines, received_by, received_at, position
            from domain.bank_message
            """;

    private final GiftDatabase database;

    public BankMessageTable(GiftDatabase database) {
        this.database = database;
    }

    /**
     * A message.
     *
     * @param kind {@code pain.002} or {@code camt.053}
     * @param reference the bank's own name of it
     * @param lines how many payments or movements it tells of
     * @param position in the log
     */
    public record Received(
            UUID bankMessageId,
            String kind,
            String reference,
            int lines,
            String receivedBy,
            Instant receivedAt,
            long position) {}

    @Override
    public void apply(Connection connection, List<LogRecord> appended) throws SQLException {
        for (LogRecord row : appended) {
            if (row.type().equals(EventType.BANK_MESSAGE_RECEIVED.typeName())
                    && row.event() instanceof BankMessageReceived received) {
                OneRow.write(
                        connection,
                        INSERT,
                        received.bankMessageId(),
                        received.kind(),
                        received.reference(),
                        received.lines(),
                        received.receivedBy(),
                        row.occurredAt().atOffset(ZoneOffset.UTC),
                        row.position());
            }
        }
    }

    Optional<Received> find(UUID bankMessageId) {
        try (Connection connection = database.dataSource().getConnection();
                PreparedStatement query =
                        connection.prepareStatement(COLUMNS + "where bank_message_id = ?")) {
            query.setObject(1, bankMessageId);
            return read(query).stream().findFirst();
        } catch (SQLException e) {
            throw unreadable(e);
        }
    }

    /** Messages, latest first. */
    List<Received> page(long before, int limit) {
        try (Connection connection = database.dataSource().getConnection();
                PreparedStatement query =
                        connection.prepareStatement(
                                COLUMNS + "where position < ? order by position desc limit ?")) {
            query.setLong(1, before);
            query.setInt(2, limit);
            return read(query);
        } catch (SQLException e) {
            throw unreadable(e);
        }
    }

    private static List<Received> read(PreparedStatement query) throws SQLException {
        List<Received> messages = new ArrayList<>();
        try (ResultSet row = query.executeQuery()) {
            while (row.next()) {
                messages.add(
                        new Received(
                                row.getObject(1, UUID.class),
                                row.getString(2),
                                row.getString(3),
                                row.getInt(4),
                                row.getString(5),
                                row.getObject(6, OffsetDateTime.class).toInstant(),
                                row.getLong(7)));
            }
        }
        return messages;
    }

    private static LogUnavailableException unreadable(SQLException e) {
        return new LogUnavailableException("the bank's messages cannot be read", false, e);
    }
}

package dev.confetti.gift.statement;

import dev.confetti.events.EventType;
import dev.confetti.events.FinanceEvent.BankMessageReceived;
import dev.confetti.events.LogRecord;
import dev.confetti.gift.log.GiftDatabase;
import dev.confetti.gift.log.InlineProjection;
import dev.confetti.gift.log.OneRow;
import dev.confetti.gift.log.Rows;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
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
        return read("where bank_message_id = ?", bankMessageId).stream().findFirst();
    }

    /** Messages, latest first. */
    List<Received> page(long before, int limit) {
        return read("where position < ? order by position desc limit ?", before, limit);
    }

    private List<Received> read(String where, Object... values) {
        return Rows.read(
                database,
                "the bank's messages",
                COLUMNS + where,
                BankMessageTable::received,
                values);
    }

    private static Received received(ResultSet row) throws SQLException {
        return new Received(
                row.getObject("bank_message_id", UUID.class),
                row.getString("kind"),
                row.getString("reference"),
                row.getInt("lines"),
                row.getString("received_by"),
                Objects.requireNonNull(Rows.instant(row, "received_at")),
                row.getLong("position"));
    }
}

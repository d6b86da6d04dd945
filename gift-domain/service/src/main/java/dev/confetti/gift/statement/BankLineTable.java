package dev.confetti.gift.statement;

import dev.confetti.gift.log.GiftDatabase;
import dev.confetti.gift.log.LogUnavailableException;
import dev.confetti.gift.purchase.Money;
import dev.confetti.gift.statement.BankLine.Kind;
import dev.confetti.gift.statement.BankLine.State;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/** The table {@code domain.bank_line}: what banks told of single payments. Thread-safe. */
public final class BankLineTable {
    private static final String INSERT =
            """
            insert into domain.bank_line (reference, bank_message_id, line, kind, payout_id,
                amount_minor, currency, booked_on, bank_reason, state, why)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            on conflict (reference) do update
            set bank_message_id = excluded.bank_message_id, line = excluded.line
            where not exists (select from domain.bank_message m
                where m.bank_message_id = bank_line.bank_message_id)
            """;
    private static final String COLUMNS =
            """
            select bank_message_id, line, reference, kind, payout_id, amount_minor, currency,
                booked_on, bank_reason, state, why
            from domain.bank_line
            """;
    private static final String OF_PAYOUT =
            """
            select l.bank_message_id, line, l.reference, l.kind, payout_id, amount_minor, currency,
                booked_on, bank_reason, state, why
            from domain.bank_line l
            join domain.bank_message m on m.bank_message_id = l.bank_message_id
            where payout_id = ? order by received
            """;
    private static final String SETTLE =
            """
            update domain.bank_line set state = ?, why = ?
            where reference = ? and state = 'waiting'
            """;
    private static final String PAYOUTS_WAITED_FOR =
            """
            select payout_id from domain.bank_line l where state = 'waiting' and payout_id is not null
                and exists (select from domain.bank_message m
                    where m.bank_message_id = l.bank_message_id)
            group by payout_id order by min(received)
            """;

    private final GiftDatabase database;

    public BankLineTable(GiftDatabase database) {
        this.database = database;
    }

    /**
     * Keeps lines, a moment before their message is recorded. Those that a recorded message told
     * before stay as they are.
     */
    void add(List<BankLine> lines) {
        try (Connection connection = database.dataSource().getConnection();
                PreparedStatement insert = connection.prepareStatement(INSERT)) {
            for (BankLine line : lines) {
                Money amount = line.amount();
                insert.setString(1, line.reference());
                insert.setObject(2, line.bankMessageId());
                insert.setInt(3, line.line());
                insert.setString(4, line.kind().text());
                insert.setObject(5, line.payoutId());
                insert.setObject(6, amount == null ? null : amount.amountMinor());
                insert.setString(7, amount == null ? null : amount.currency());
                insert.setObject(8, line.bookedOn());
                insert.setString(9, line.bankReason());
                insert.setString(10, line.state().text());
                insert.setString(11, line.why());
                insert.addBatch();
            }
            insert.executeBatch();
        } catch (SQLException e) {
            throw new LogUnavailableException("the bank's lines cannot be kept", false, e);
        }
    }

    /** Those that were kept under these references, in the order in which they came. */
    List<BankLine> of(Collection<String> references) {
        return read(
                COLUMNS + "where reference = any (?) order by received",
                (connection, query) ->
                        query.setArray(1, connection.createArrayOf("text", references.toArray())));
    }

    /** Those that a message told first, in its order. */
    List<BankLine> ofMessage(UUID bankMessageId) {
        return read(
                COLUMNS + "where bank_message_id = ? order by line, received",
                (connection, query) -> query.setObject(1, bankMessageId));
    }

    /** Those of a payout that recorded messages told, in the order in which they came. */
    List<BankLine> ofPayout(UUID payoutId) {
        return read(OF_PAYOUT, (connection, query) -> query.setObject(1, payoutId));
    }

    /** Payouts of which lines of recorded messages wait. */
    List<UUID> payoutsWaitedFor() {
        List<UUID> payouts = new ArrayList<>();
        try (Connection connection = database.dataSource().getConnection();
                PreparedStatement query = connection.prepareStatement(PAYOUTS_WAITED_FOR);
                ResultSet row = query.executeQuery()) {
            while (row.next()) {
                payouts.add(row.getObject(1, UUID.class));
            }
        } catch (SQLException e) {
            throw unreadable(e);
        }
        return payouts;
    }

    /** How a line that waited stands. */
    void settle(BankLine line) {
        try (Connection connection = database.dataSource().getConnection();
                PreparedStatement update = connection.prepareStatement(SETTLE)) {
            update.setString(1, line.state().text());
            update.setString(2, line.why());
            update.setString(3, line.reference());
            update.executeUpdate();
        } catch (SQLException e) {
            throw new LogUnavailableException("a line of the bank cannot be settled", false, e);
        }
    }

    @FunctionalInterface
    private interface Parameters {
        void set(Connection connection, PreparedStatement query) throws SQLException;
    }

    private List<BankLine> read(String sql, Parameters parameters) {
        List<BankLine> lines = new ArrayList<>();
        try (Connection connection = database.dataSource().getConnection();
                PreparedStatement query = connection.prepareStatement(sql)) {
            parameters.set(connection, query);
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    lines.add(line(row));
                }
            }
        } catch (SQLException e) {
            throw unreadable(e);
        }
        return lines;
    }

    private static BankLine line(ResultSet row) throws SQLException {
        String currency = row.getString(7);
        return new BankLine(
                row.getObject(1, UUID.class),
                row.getInt(2),
                row.getString(3),
                Kind.valueOf(row.getString(4).toUpperCase(Locale.ROOT)),
                row.getObject(5, UUID.class),
                currency == null ? null : new Money(row.getLong(6), currency),
                row.getObject(8, LocalDate.class),
                row.getString(9),
                State.valueOf(row.getString(10).toUpperCase(Locale.ROOT)),
                row.getString(11));
    }

    private static LogUnavailableException unreadable(SQLException e) {
        return new LogUnavailableException("the bank's lines cannot be read", false, e);
    }
}

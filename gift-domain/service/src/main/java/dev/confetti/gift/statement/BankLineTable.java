package dev.confetti.gift.statement;

import dev.confetti.gift.log.GiftDatabase;
import dev.confetti.gift.log.LogUnavailableException;
import dev.confetti.gift.log.Rows;
import dev.confetti.gift.purchase.Money;
import dev.confetti.gift.statement.BankLine.Kind;
import dev.confetti.gift.statement.BankLine.State;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/** The table {@code domain.bank_line}: what banks told of single payments. Thread-safe. */
public final class BankLineTable {
    private static final String INSERT =
            """
            insert into domain.bank_line (reference, bank_message_id, line, kind, payout_id,
                amount_minor, currency, charges_minor, is_return, is_reversal, booked_on,
                bank_reason, state, why)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            on conflict (reference) do update
            set bank_message_id = excluded.bank_message_id, line = excluded.line
            where not exists (select from domain.bank_message m
                where m.bank_message_id = bank_line.bank_message_id)
            """;
    private static final String COLUMNS =
            """
            select l.bank_message_id, l.line, l.reference, l.kind, l.payout_id, l.amount_minor,
                l.currency, l.charges_minor, l.is_return, l.is_reversal, l.booked_on,
                l.bank_reason, l.state, l.why
            from domain.bank_line l
            """;
    private static final String RECORDED =
            "join domain.bank_message m on m.bank_message_id = l.bank_message_id ";
    private static final String SETTLE =
            """
            update domain.bank_line set state = ?, why = ?
            where reference = ? and state = 'waiting' and (state, why) is distinct from (?, ?)
            """;
    private static final String PAYOUTS_WAITED_FOR =
            """
            select l.payout_id from domain.bank_line l
            join domain.bank_message m on m.bank_message_id = l.bank_message_id
            where l.state = 'waiting' and l.payout_id is not null
            group by l.payout_id order by min(l.received)
            """;
    private static final String WHAT = "the bank's lines";

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
                insert.setLong(8, line.chargesMinor());
                insert.setBoolean(9, line.isReturn());
                insert.setBoolean(10, line.isReversal());
                insert.setObject(11, line.bookedOn());
                insert.setString(12, line.bankReason());
                insert.setString(13, line.state().text());
                insert.setString(14, line.why());
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
                "where l.reference = any (?::text[]) order by l.received",
                (Object) references.toArray(String[]::new));
    }

    /** Those that a message told first, in its order. */
    List<BankLine> ofMessage(UUID bankMessageId) {
        return read("where l.bank_message_id = ? order by l.line, l.received", bankMessageId);
    }

    /** Those of a payout that recorded messages told, in the order in which they came. */
    List<BankLine> ofPayout(UUID payoutId) {
        return read(RECORDED + "where l.payout_id = ? order by l.received", payoutId);
    }

    /** Payouts of which lines of recorded messages wait, those first that wait for longest. */
    List<UUID> payoutsWaitedFor() {
        return Rows.read(database, WHAT, PAYOUTS_WAITED_FOR, row -> row.getObject(1, UUID.class));
    }

    /** How a line that waited stands. */
    void settle(BankLine line) {
        String state = line.state().text();
        Rows.update(database, WHAT, SETTLE, state, line.why(), line.reference(), state, line.why());
    }

    private List<BankLine> read(String where, Object... values) {
        return Rows.read(database, WHAT, COLUMNS + where, BankLineTable::line, values);
    }

    private static BankLine line(ResultSet row) throws SQLException {
        String currency = row.getString("currency");
        return new BankLine(
                row.getObject("bank_message_id", UUID.class),
                row.getInt("line"),
                row.getString("reference"),
                Kind.valueOf(row.getString("kind").toUpperCase(Locale.ROOT)),
                row.getObject("payout_id", UUID.class),
                currency == null ? null : new Money(row.getLong("amount_minor"), currency),
                row.getLong("charges_minor"),
                row.getBoolean("is_return"),
                row.getBoolean("is_reversal"),
                row.getObject("booked_on", LocalDate.class),
                row.getString("bank_reason"),
                State.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
                row.getString("why"));
    }
}

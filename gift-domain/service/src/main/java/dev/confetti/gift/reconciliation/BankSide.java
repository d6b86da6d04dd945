package dev.confetti.gift.reconciliation;

import dev.confetti.gift.http.Page;
import dev.confetti.gift.http.PageRequest;
import dev.confetti.gift.log.GiftDatabase;
import dev.confetti.gift.log.Rows;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Payouts at the bank beside the bank's lines, of messages that are recorded. Thread-safe. */
public final class BankSide {
    private static final String PAYOUTS =
            """
            select payout_id, creator_id, status, currency,
                amount_minor - withholding_minor - fee_minor as net_minor, batch_id, sent_at,
                coalesce(given_back_at, settled_at) as ended_at, requested_position
            from domain.payout where requested_position < ? and status = any (?)
            """;
    private static final String LINES =
            """
            select l.reference, l.bank_message_id, l.line, l.kind, l.payout_id, l.amount_minor,
                l.currency, l.charges_minor, l.booked_on, l.bank_reason, l.state, l.why,
                m.received_at, l.received
            from domain.bank_line l
            join domain.bank_message m on m.bank_message_id = l.bank_message_id
            """;
    private static final String IN_TRANSIT =
            """
            select currency, count(*) as n,
                sum(amount_minor - withholding_minor - fee_minor)::bigint as net,
                min(sent_at) as oldest
            from domain.payout where status = 'sent' group by currency order by currency
            """;

    private final GiftDatabase database;
    private final InstantSource clock;

    public BankSide(GiftDatabase database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    /** Where a payout is that was sent to the bank. */
    public enum PayoutState {
        IN_TRANSIT("sent"),
        SETTLED("settled"),
        FAILED("failed"),
        RETURNED("returned");

        private final String status;

        PayoutState(String status) {
            this.status = status;
        }

        static String textOf(String status) {
            return status.equals(IN_TRANSIT.status) ? Filters.text(IN_TRANSIT) : status;
        }
    }

    /** What became of a line of the bank. */
    public enum LineState {
        /** It had its effect on its payout. */
        MATCHED("applied"),
        /** What it follows on is not there yet. */
        WAITING("waiting"),
        /** It does not fit what is recorded of its payout. */
        CONTRADICTED("contradicted"),
        /** It is of no payout of ours. */
        UNMATCHED("unmatched");

        private final String state;

        LineState(String state) {
            this.state = state;
        }

        static String textOf(String state) {
            return state.equals(MATCHED.state) ? Filters.text(MATCHED) : state;
        }
    }

    /**
     * What is in transit in one currency: the balance of the account of that name.
     *
     * @param netMinor what the bank was told to transfer, in minor units
     * @param oldestDays age of the oldest in whole days
     */
    public record InTransit(String currency, long payouts, long netMinor, long oldestDays) {}

    /** What is in transit, by currency. */
    public List<InTransit> inTransit() {
        Instant now = clock.instant();
        return Rows.read(
                database,
                "payouts",
                IN_TRANSIT,
                row ->
                        new InTransit(
                                row.getString("currency"),
                                row.getLong("n"),
                                row.getLong("net"),
                                Filters.ageDays(
                                        Objects.requireNonNull(Rows.instant(row, "oldest")), now)));
    }

    /**
     * Payouts, those that were requested last first.
     *
     * @param state null: all that were sent to the bank
     * @param currency null: all
     */
    public Page<ReconciledPayout> payouts(
            @Nullable PayoutState state, @Nullable String currency, PageRequest page) {
        StringBuilder sql = new StringBuilder(PAYOUTS);
        List<Object> values = new ArrayList<>();
        values.add(page.before());
        List<PayoutState> states = state == null ? List.of(PayoutState.values()) : List.of(state);
        values.add(states.stream().map(each -> each.status).toArray(String[]::new));
        if (currency != null) {
            sql.append("and currency = ? ");
            values.add(currency);
        }
        sql.append("order by requested_position desc limit ?");
        values.add(page.limit() + 1);
        Instant now = clock.instant();
        Page<ReconciledPayout> found =
                Page.of(
                        Rows.read(
                                database,
                                "payouts",
                                sql.toString(),
                                row -> payout(row, now),
                                values.toArray()),
                        page,
                        ReconciledPayout::number);
        Map<UUID, List<ReconciledLine>> lines =
                ofPayouts(found.items().stream().map(ReconciledPayout::payoutId).toList(), now);
        return found.map(each -> each.beside(lines.getOrDefault(each.payoutId(), List.of())));
    }

    private static ReconciledPayout payout(ResultSet row, Instant now) throws SQLException {
        Instant sentAt = Objects.requireNonNull(Rows.instant(row, "sent_at"));
        String state = PayoutState.textOf(row.getString("status"));
        return new ReconciledPayout(
                row.getObject("payout_id", UUID.class),
                row.getString("creator_id"),
                state,
                row.getString("currency"),
                row.getLong("net_minor"),
                row.getObject("batch_id", UUID.class),
                sentAt,
                Rows.instant(row, "ended_at"),
                state.equals(Filters.text(PayoutState.IN_TRANSIT))
                        ? Filters.ageDays(sentAt, now)
                        : null,
                List.of(),
                row.getLong("requested_position"));
    }

    private Map<UUID, List<ReconciledLine>> ofPayouts(List<UUID> payoutIds, Instant now) {
        return Rows.read(
                        database,
                        "the bank's lines",
                        LINES + "where l.payout_id = any (?::uuid[]) order by l.received",
                        row -> line(row, now),
                        (Object) payoutIds.stream().map(UUID::toString).toArray(String[]::new))
                .stream()
                .collect(Collectors.groupingBy(each -> Objects.requireNonNull(each.payoutId())));
    }

    /**
     * Lines of the bank, latest first.
     *
     * @param state null: all
     * @param currency null: all
     */
    public Page<ReconciledLine> lines(
            @Nullable LineState state, @Nullable String currency, PageRequest page) {
        StringBuilder sql = new StringBuilder(LINES).append("where l.received < ? ");
        List<Object> values = new ArrayList<>();
        values.add(page.before());
        if (state != null) {
            sql.append("and l.state = ? ");
            values.add(state.state);
        }
        if (currency != null) {
            sql.append("and l.currency = ? ");
            values.add(currency);
        }
        sql.append("order by l.received desc limit ?");
        values.add(page.limit() + 1);
        Instant now = clock.instant();
        return Page.of(
                Rows.read(
                        database,
                        "the bank's lines",
                        sql.toString(),
                        row -> line(row, now),
                        values.toArray()),
                page,
                ReconciledLine::number);
    }

    private static ReconciledLine line(ResultSet row, Instant now) throws SQLException {
        Instant receivedAt = Objects.requireNonNull(Rows.instant(row, "received_at"));
        String state = LineState.textOf(row.getString("state"));
        return new ReconciledLine(
                row.getString("reference"),
                row.getObject("bank_message_id", UUID.class),
                row.getInt("line"),
                row.getString("kind"),
                row.getObject("payout_id", UUID.class),
                row.getObject("amount_minor", Long.class),
                row.getString("currency"),
                row.getLong("charges_minor"),
                row.getObject("booked_on", LocalDate.class),
                row.getString("bank_reason"),
                state,
                row.getString("why"),
                receivedAt,
                state.equals(Filters.text(LineState.MATCHED))
                        ? null
                        : Filters.ageDays(receivedAt, now),
                row.getLong("received"));
    }
}

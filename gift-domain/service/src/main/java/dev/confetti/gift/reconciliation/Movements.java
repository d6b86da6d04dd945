package dev.confetti.gift.reconciliation;

import dev.confetti.gift.http.Page;
import dev.confetti.gift.http.PageRequest;
import dev.confetti.gift.log.GiftDatabase;
import dev.confetti.gift.log.Rows;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Money at payment providers beside their reports. Thread-safe. */
public final class Movements {
    /** Lines of one settlement are numbered below this, settlements by their positions. */
    private static final long LINES = 1L << 21;

    private static final String BOOKED =
            """
            select case when m.settlement_id is null then 'owed' else 'settled' end as state,
                m.provider, m.kind, m.reference, m.purchase_id, m.currency, m.gross_minor,
                m.fee_minor, e.recorded_at, m.settlement_id, l.finding, m.position as number
            from domain.provider_movement m
            join domain.event_log e on e.position = m.position
            left join domain.settlement_line l
                on l.movement_id = m.movement_id and l.settlement_id = m.settlement_id
            where m.position < ?
            """;
    private static final String ODD =
            """
            select 'odd' as state, s.provider, l.kind, l.reference, m.purchase_id, s.currency,
                l.gross_minor, l.fee_minor, e.recorded_at, s.settlement_id, l.finding,
                s.position * 2097152 + 2097151 - l.line as number
            from domain.provider_settlement s
            join domain.settlement_line l
                on l.settlement_id = s.settlement_id and l.finding <> 'as-booked'
            join domain.event_log e on e.position = s.position
            left join domain.provider_movement m on m.movement_id = l.movement_id
            where s.position <= ? and s.position * 2097152 + 2097151 - l.line < ?
            """;
    private static final String OWED_SUMS =
            """
            select m.provider, m.currency, count(*) as n, sum(m.gross_minor)::bigint as gross,
                sum(m.fee_minor)::bigint as fee,
                (select e.recorded_at from domain.event_log e where e.position = min(m.position))
                    as oldest
            from domain.provider_movement m where m.settlement_id is null
            group by m.provider, m.currency
            """;
    private static final String SETTLED_SUMS =
            """
            select s.provider, s.currency, count(*) as n, sum(s.receivable_minor)::bigint
                as receivable, sum(s.bank_minor)::bigint as bank,
                sum(s.commission_minor)::bigint as commission,
                sum(s.suspense_minor)::bigint as suspense
            from domain.provider_settlement s where s.marked group by s.provider, s.currency
            """;
    private static final String ODD_SUMS =
            """
            select s.provider, s.currency, count(*) as n, sum(l.suspense_minor)::bigint as suspense
            from domain.settlement_line l
            join domain.provider_settlement s on s.settlement_id = l.settlement_id
            where l.finding <> 'as-booked' group by s.provider, s.currency
            """;

    private final GiftDatabase database;
    private final InstantSource clock;

    public Movements(GiftDatabase database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    /** How a movement stands. */
    public enum State {
        /** Booked, and in no report yet. */
        OWED,
        /** A report has settled it. */
        SETTLED,
        /** A line of a report that is not as booked, or of nothing that was booked. */
        ODD
    }

    /**
     * Movements, latest first.
     *
     * @param state null: all that was booked, whether it is owed or settled
     * @param provider null: all
     * @param currency null: all
     */
    public Page<ReconciledMovement> page(
            @Nullable State state,
            @Nullable String provider,
            @Nullable String currency,
            PageRequest page) {
        boolean isOdd = state == State.ODD;
        String table = isOdd ? "s" : "m";
        StringBuilder sql = new StringBuilder(isOdd ? ODD : BOOKED);
        List<Object> values = new ArrayList<>();
        if (isOdd) {
            values.add(page.before() / LINES);
        }
        values.add(page.before());
        if (state == State.OWED) {
            sql.append("and m.settlement_id is null ");
        } else if (state == State.SETTLED) {
            sql.append("and m.settlement_id is not null ");
        }
        if (provider != null) {
            sql.append("and ").append(table).append(".provider = ? ");
            values.add(provider);
        }
        if (currency != null) {
            sql.append("and ").append(table).append(".currency = ? ");
            values.add(currency);
        }
        sql.append(
                isOdd
                        ? "order by s.position desc, l.line limit ?"
                        : "order by m.position desc limit ?");
        values.add(page.limit() + 1);
        Instant now = clock.instant();
        return Page.of(
                Rows.read(
                        database,
                        "movements",
                        sql.toString(),
                        row -> movement(row, now),
                        values.toArray()),
                page,
                ReconciledMovement::number);
    }

    private static ReconciledMovement movement(ResultSet row, Instant now) throws SQLException {
        Instant recordedAt = Objects.requireNonNull(Rows.instant(row, "recorded_at"));
        String state = row.getString("state");
        return new ReconciledMovement(
                state,
                row.getString("provider"),
                row.getString("kind"),
                row.getString("reference"),
                row.getObject("purchase_id", UUID.class),
                row.getString("currency"),
                row.getLong("gross_minor"),
                row.getLong("fee_minor"),
                recordedAt,
                row.getObject("settlement_id", UUID.class),
                row.getString("finding"),
                state.equals("settled") ? null : Filters.ageDays(recordedAt, now),
                row.getLong("number"));
    }

    /** How it stands with each provider in each currency, by name. */
    public List<ProviderSummary> summary() {
        SummarySums sums = new SummarySums();
        Instant now = clock.instant();
        Rows.read(
                database,
                "movements",
                OWED_SUMS,
                row -> {
                    sums.owed(row, now);
                    return row;
                });
        Rows.read(
                database,
                "settlements",
                SETTLED_SUMS,
                row -> {
                    sums.settled(row);
                    return row;
                });
        Rows.read(
                database,
                "settlements",
                ODD_SUMS,
                row -> {
                    sums.odd(row);
                    return row;
                });
        return sums.summaries();
    }
}

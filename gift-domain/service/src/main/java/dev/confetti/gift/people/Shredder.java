package dev.confetti.gift.people;

import dev.confetti.events.EventType;
import dev.confetti.events.LogRecord;
import dev.confetti.gift.log.InlineProjection;
import dev.confetti.gift.log.OutdatedAppendException;
import dev.confetti.gift.log.Rows;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.List;

/**
 * Shreds the keys of a person in the transaction in which the log records that the person is
 * forgotten. Under the log's lock no payout, dispute, live or text can come in between; so it must
 * come after the inline projections that write those.
 *
 * <p>Several statements, but only when somebody is forgotten.
 */
public final class Shredder implements InlineProjection {
    /** As those who keep a name share it: waits for them, a moment, and none comes after. */
    private static final String LOCK =
            "select pg_advisory_xact_lock(hashtextextended('confetti.person:' || ?, 0))";

    private static final String LOCK_RECORDS =
            """
            update domain.person_key k
            set locked_until = (date_trunc('year', coalesce(p.settled_at, p.given_back_at) at time zone 'UTC')
                + interval '1 year' + ?::interval) at time zone 'UTC'
            from domain.payout p
            where p.payout_id = k.record_id and k.person_id = ? and k.record_id is not null
                and k.locked_until is null and p.status in ('settled', 'returned')
            """;
    private static final String SHRED =
            "delete from domain.person_key where person_id = ? and locked_until is null";
    private static final String DROP_NAME = "delete from domain.person where person_id = ?";
    private static final String REMEMBER =
            """
            insert into domain.person_forgotten (person_id, forgotten_at, position) values (?, ?, ?)
            on conflict (person_id) do update set position = excluded.position,
                forgotten_at = greatest(person_forgotten.forgotten_at, excluded.forgotten_at)
            """;

    private final Period recordsKept;

    /**
     * @param recordsKept how long records of payouts are kept after the end of their year
     */
    public Shredder(Period recordsKept) {
        this.recordsKept = recordsKept;
    }

    @Override
    public void apply(Connection connection, List<LogRecord> appended) throws SQLException {
        for (LogRecord row : appended) {
            if (row.type().equals(EventType.PERSON_FORGOTTEN.typeName())) {
                forget(connection, row);
            }
        }
    }

    private void forget(Connection connection, LogRecord row) throws SQLException {
        String personId = row.streamId();
        Obstacles obstacles = Obstacles.of(connection, personId);
        if (!obstacles.areNone()) {
            throw new OutdatedAppendException(
                    "person " + personId + " cannot be forgotten now: " + obstacles);
        }
        Rows.read(connection, LOCK, locked -> true, personId);
        Rows.update(connection, LOCK_RECORDS, recordsKept.toString(), personId);
        Rows.update(connection, SHRED, personId);
        Rows.update(connection, DROP_NAME, personId);
        Rows.update(
                connection,
                REMEMBER,
                personId,
                row.occurredAt().atOffset(ZoneOffset.UTC),
                row.position());
    }
}

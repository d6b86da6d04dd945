package dev.confetti.ledger.finance;

import dev.confetti.ledger.journal.LedgerPosition;
import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * Entries above one position and up to another. {@code from} and {@code to} as positions are both
 * within; as instants, {@code from} is within and {@code to} is not, so that months join without
 * overlap.
 */
record Range(long after, long through) {

    static Range of(
            Connection connection,
            LedgerPosition applied,
            @Nullable Moment from,
            @Nullable Moment to)
            throws SQLException {
        long after =
                switch (from) {
                    case null -> 0;
                    case Moment.Position p -> Math.max(0, p.position() - 1);
                    case Moment.Time t -> Moment.positionAt(connection, t.instant().minusNanos(1));
                };
        long through =
                switch (to) {
                    case null -> applied.position();
                    case Moment.Position p -> applied(p.position(), applied);
                    case Moment.Time t -> Moment.positionAt(connection, t.instant().minusNanos(1));
                };
        check(from, to);
        return new Range(after, through);
    }

    /** A position that must have been applied. */
    static long applied(long position, LedgerPosition applied) {
        if (position > applied.position()) {
            throw Refusal.notApplied(position, applied.position());
        }
        return position;
    }

    private static void check(@Nullable Moment from, @Nullable Moment to) {
        boolean reversed =
                switch (from) {
                    case Moment.Time f ->
                            to instanceof Moment.Time t && f.instant().isAfter(t.instant());
                    case Moment.Position f ->
                            to instanceof Moment.Position t && f.position() > t.position();
                    case null -> false;
                };
        if (reversed) {
            throw Refusal.malformed("from " + from + ", to " + to + ": expected from before to");
        }
    }
}

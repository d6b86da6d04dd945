package dev.confetti.gift.earning;

import dev.confetti.events.CreatorEvent.EarningsReleased;
import dev.confetti.events.CreatorEvent.EarningsRevalued;
import dev.confetti.events.CreatorEvent.Worth;
import dev.confetti.events.Diamonds;
import dev.confetti.events.EventType;
import dev.confetti.events.GiftEvent.GiftReversed;
import dev.confetti.events.LogRecord;
import dev.confetti.gift.log.GiftDatabase;
import dev.confetti.gift.log.InlineProjection;
import dev.confetti.gift.log.LogUnavailableException;
import dev.confetti.gift.log.OutdatedAppendException;
import dev.confetti.gift.log.Rows;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The tables {@code domain.earnings_release}, through which position each creator's earnings are
 * released, and {@code domain.earnings_revaluation}, at which rate they count by now; as new as the
 * log. Thread-safe.
 *
 * <p>A gift's reversal says whether it comes off what is pending or off what is available, and a
 * release says of how many diamonds. Both are decided a moment before they are appended; here,
 * under the log's lock, an append is refused that a faster one has made wrong. So whoever reads the
 * log may believe it. Runs after {@code ReversedGifts}.
 */
public final class EarningsReleases implements InlineProjection {
    private static final String THROUGH =
            "select through_position from domain.earnings_release where creator_id = ?";
    private static final String RELEASE =
            """
            insert into domain.earnings_release (creator_id, through_position) values (?, ?)
            on conflict (creator_id) do update set through_position = excluded.through_position
            """;
    private static final String REVERSED_MEANWHILE =
            """
            select count(*) from domain.reversed_gift
            where creator_id = ? and position > ? and position < ?
                and sent_position between ? and ?
            """;

    private static final String REVALUED =
            """
            select position, through_position, currency, rate_micros
            from domain.earnings_revaluation where creator_id = ?
            """;
    private static final String REVALUE =
            """
            insert into domain.earnings_revaluation
                (creator_id, revaluation_id, position, through_position, currency, rate_micros)
            values (?, ?, ?, ?, ?, ?)
            on conflict (creator_id) do update
            set revaluation_id = excluded.revaluation_id, position = excluded.position,
                through_position = excluded.through_position, currency = excluded.currency,
                rate_micros = excluded.rate_micros
            """;
    private static final String CAME_BETWEEN =
            """
            select (select count(*) from domain.event_log
                    where stream_type = ? and stream_id = ? and sequence = ? and position > ?)
                + (select count(*) from domain.reversed_gift
                    where creator_id = ? and position > ? and position < ? and sent_position <= ?)
            """;

    private final GiftDatabase database;

    public EarningsReleases(GiftDatabase database) {
        this.database = database;
    }

    @Override
    public void apply(Connection connection, List<LogRecord> appended) throws SQLException {
        for (LogRecord row : appended) {
            if (row.type().equals(EventType.GIFT_REVERSED.typeName())
                    && row.event() instanceof GiftReversed reversed) {
                check(connection, reversed);
            } else if (row.type().equals(EventType.EARNINGS_RELEASED.typeName())
                    && row.event() instanceof EarningsReleased released) {
                release(connection, released, row.position());
            } else if (row.type().equals(EventType.EARNINGS_REVALUED.typeName())
                    && row.event() instanceof EarningsRevalued revalued) {
                revalue(connection, revalued, row);
            }
        }
    }

    private static void check(Connection connection, GiftReversed reversed) throws SQLException {
        boolean released = through(connection, reversed.creatorId()) >= reversed.sentPosition();
        if (released != reversed.earningsReleased()) {
            throw new OutdatedAppendException(
                    "the earnings of gift "
                            + reversed.giftSendId()
                            + " were "
                            + (released ? "" : "not ")
                            + "released: expected its reversal to say so");
        }
        Worth revalued =
                revalued(
                        connection,
                        reversed.creatorId(),
                        reversed.sentPosition(),
                        reversed.diamonds());
        if (!Objects.equals(revalued, reversed.revalued())) {
            throw new OutdatedAppendException(
                    "the earnings of gift "
                            + reversed.giftSendId()
                            + " are worth "
                            + (revalued == null ? "what the gift says" : revalued)
                            + ": expected its reversal to say so, got "
                            + reversed.revalued());
        }
    }

    private static void revalue(Connection connection, EarningsRevalued revalued, LogRecord row)
            throws SQLException {
        long changes =
                Rows.read(
                                connection,
                                CAME_BETWEEN,
                                count -> count.getLong(1),
                                Creator.STREAM_TYPE,
                                revalued.creatorId(),
                                row.sequence() - 1,
                                revalued.throughPosition(),
                                revalued.creatorId(),
                                revalued.throughPosition(),
                                row.position(),
                                revalued.throughPosition())
                        .getFirst();
        if (changes > 0) {
            throw new OutdatedAppendException(
                    "what creator "
                            + revalued.creatorId()
                            + " has was changed after position "
                            + revalued.throughPosition()
                            + ": expected a revaluation that counts it");
        }
        Rows.update(
                connection,
                REVALUE,
                revalued.creatorId(),
                revalued.revaluationId(),
                row.position(),
                revalued.throughPosition(),
                revalued.currency(),
                revalued.rateMicros());
    }

    private static void release(Connection connection, EarningsReleased released, long position)
            throws SQLException {
        long before = through(connection, released.creatorId());
        if (released.fromPosition() <= before) {
            throw new OutdatedAppendException(
                    "the earnings of creator "
                            + released.creatorId()
                            + " are released through position "
                            + before
                            + ": expected a release of later ones, got "
                            + released);
        }
        long revaluedAt =
                Rows.read(
                                connection,
                                REVALUED,
                                last -> last.getLong("position"),
                                released.creatorId())
                        .stream()
                        .findFirst()
                        .orElse(0L);
        if (revaluedAt > released.countedThrough()) {
            throw new OutdatedAppendException(
                    "the earnings of creator "
                            + released.creatorId()
                            + " were revalued at position "
                            + revaluedAt
                            + ": expected a release that counts it, got "
                            + released);
        }
        try (PreparedStatement query = connection.prepareStatement(REVERSED_MEANWHILE)) {
            query.setString(1, released.creatorId());
            query.setLong(2, released.countedThrough());
            query.setLong(3, position);
            query.setLong(4, released.fromPosition());
            query.setLong(5, released.throughPosition());
            try (ResultSet row = query.executeQuery()) {
                row.next();
                if (row.getLong(1) > 0) {
                    throw new OutdatedAppendException(
                            row.getLong(1)
                                    + " gifts of "
                                    + released
                                    + " were reversed meanwhile: expected none");
                }
            }
        }
        try (PreparedStatement upsert = connection.prepareStatement(RELEASE)) {
            upsert.setString(1, released.creatorId());
            upsert.setLong(2, released.throughPosition());
            upsert.executeUpdate();
        }
    }

    /** Through which position a creator's earnings are released; 0 for none. */
    public long through(String creatorId) {
        try (Connection connection = database.dataSource().getConnection()) {
            return through(connection, creatorId);
        } catch (SQLException e) {
            throw new LogUnavailableException("releases of earnings cannot be read", false, e);
        }
    }

    /**
     * What a gift's diamonds are worth since its creator's last revaluation; null while they are
     * worth what the gift says.
     *
     * @param sentPosition of the gift
     */
    public @Nullable Worth revalued(String creatorId, long sentPosition, Diamonds diamonds) {
        try (Connection connection = database.dataSource().getConnection()) {
            return revalued(connection, creatorId, sentPosition, diamonds);
        } catch (SQLException e) {
            throw new LogUnavailableException("revaluations cannot be read", false, e);
        }
    }

    private static @Nullable Worth revalued(
            Connection connection, String creatorId, long sentPosition, Diamonds diamonds)
            throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(REVALUED)) {
            query.setString(1, creatorId);
            try (ResultSet row = query.executeQuery()) {
                return row.next() && sentPosition <= row.getLong("through_position")
                        ? new Worth(
                                row.getString("currency"),
                                Math.multiplyExact(
                                        diamonds.tenThousandths(), row.getLong("rate_micros")))
                        : null;
            }
        }
    }

    private static long through(Connection connection, String creatorId) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(THROUGH)) {
            query.setString(1, creatorId);
            try (ResultSet row = query.executeQuery()) {
                return row.next() ? row.getLong(1) : 0;
            }
        }
    }
}

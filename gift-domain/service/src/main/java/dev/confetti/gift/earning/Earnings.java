package dev.confetti.gift.earning;

import dev.confetti.events.Diamonds;
import dev.confetti.gift.http.Page;
import dev.confetti.gift.http.PageRequest;
import dev.confetti.gift.log.GiftDatabase;
import dev.confetti.gift.log.LogUnavailableException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What creators earned, as the book has it: a second or so behind the log. Thread-safe. */
public final class Earnings {
    private static final int MOST_RELEASES = 100;
    private static final String BALANCE =
            "select pending, available, reserved, redeemed from domain.creator_earnings"
                    + " where creator_id = ?";
    private static final String HELD =
            "select exists (select from domain.payout_hold where creator_id = ?)";
    private static final String RELEASES =
            """
            select slot_end, sum(diamonds) from domain.pending_earnings
            where creator_id = ? group by slot_end having sum(diamonds) > 0
            order by slot_end limit ?
            """;
    private static final String SERIES =
            """
            select number, bucket, gift_id, gifts, coins, diamonds from (
                select row_number() over (order by bucket, gift_id) as number, *
                from (
                    select date_trunc(?, hour, 'UTC') as bucket, gift_id,
                        sum(gifts)::bigint as gifts, sum(coins)::bigint as coins,
                        sum(diamonds)::bigint as diamonds
                    from domain.earnings_series
                    where creator_id = ? and hour >= date_trunc(?, ?::timestamptz, 'UTC')
                        and hour < ?
                    group by bucket, gift_id) sums) numbered
            where number < ? order by number desc limit ?
            """;

    private final GiftDatabase database;
    private final Hold hold;

    public Earnings(GiftDatabase database, Hold hold) {
        this.database = database;
        this.hold = hold;
    }

    /**
     * Diamonds by where they stand.
     *
     * @param pending held
     * @param available to be paid out; below 0 when gifts were reversed after they were paid out
     * @param reserved for payouts that are under way
     * @param redeemed paid out
     */
    public record Balance(
            Diamonds pending, Diamonds available, Diamonds reserved, Diamonds redeemed) {}

    /** Diamonds that are held no longer than until then. */
    public record Release(Instant releasedAt, Diamonds diamonds) {}

    /**
     * A creator's earnings.
     *
     * @param nextReleases the next hundred, soonest first
     * @param payoutsHeld whether nothing is paid out for now
     */
    public record Shown(
            String creatorId, Balance diamonds, List<Release> nextReleases, boolean payoutsHeld) {}

    /** How long a bucket of a series is. */
    public enum Bucket {
        HOUR,
        DAY
    }

    /**
     * What one gift brought in one bucket; gifts that were reversed do not count.
     *
     * @param bucket its begin
     * @param gifts how many, by quantity
     */
    public record Earned(
            Instant bucket, String giftId, long gifts, long coins, Diamonds diamonds) {}

    /** Zeros for a creator who never got a gift. */
    public Shown of(String creatorId) {
        try (Connection connection = database.dataSource().getConnection()) {
            return new Shown(
                    creatorId,
                    balance(connection, creatorId),
                    releases(connection, creatorId),
                    isHeld(connection, creatorId));
        } catch (SQLException e) {
            throw unreadable(e);
        }
    }

    private static boolean isHeld(Connection connection, String creatorId) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(HELD)) {
            query.setString(1, creatorId);
            try (ResultSet row = query.executeQuery()) {
                row.next();
                return row.getBoolean(1);
            }
        }
    }

    private static Balance balance(Connection connection, String creatorId) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(BALANCE)) {
            query.setString(1, creatorId);
            try (ResultSet row = query.executeQuery()) {
                boolean found = row.next();
                return new Balance(
                        new Diamonds(found ? row.getLong(1) : 0),
                        new Diamonds(found ? row.getLong(2) : 0),
                        new Diamonds(found ? row.getLong(3) : 0),
                        new Diamonds(found ? row.getLong(4) : 0));
            }
        }
    }

    private List<Release> releases(Connection connection, String creatorId) throws SQLException {
        List<Release> releases = new ArrayList<>();
        try (PreparedStatement query = connection.prepareStatement(RELEASES)) {
            query.setString(1, creatorId);
            query.setInt(2, MOST_RELEASES);
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    Instant slotEnd = row.getObject(1, OffsetDateTime.class).toInstant();
                    releases.add(
                            new Release(hold.releasedAt(slotEnd), new Diamonds(row.getLong(2))));
                }
            }
        }
        return releases;
    }

    private record Numbered(long number, Earned earned) {}

    /**
     * A creator's earnings over time, latest first.
     *
     * @param from the first instant, of which the whole bucket counts
     * @param to not included
     */
    public Page<Earned> series(
            String creatorId, Instant from, Instant to, Bucket bucket, PageRequest page) {
        String unit = bucket.name().toLowerCase(Locale.ROOT);
        List<Numbered> rows = new ArrayList<>();
        try (Connection connection = database.dataSource().getConnection();
                PreparedStatement query = connection.prepareStatement(SERIES)) {
            query.setString(1, unit);
            query.setString(2, creatorId);
            query.setString(3, unit);
            query.setObject(4, from.atOffset(ZoneOffset.UTC));
            query.setObject(5, to.atOffset(ZoneOffset.UTC));
            query.setLong(6, page.before());
            query.setInt(7, page.limit() + 1);
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    rows.add(
                            new Numbered(
                                    row.getLong(1),
                                    new Earned(
                                            row.getObject(2, OffsetDateTime.class).toInstant(),
                                            row.getString(3),
                                            row.getLong(4),
                                            row.getLong(5),
                                            new Diamonds(row.getLong(6)))));
                }
            }
        } catch (SQLException e) {
            throw unreadable(e);
        }
        return Page.of(rows, page, Numbered::number).map(Numbered::earned);
    }

    private static LogUnavailableException unreadable(SQLException e) {
        return new LogUnavailableException("earnings cannot be read", false, e);
    }
}

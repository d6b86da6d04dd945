package dev.confetti.gift.live;

import dev.confetti.gift.log.GiftDatabase;
import dev.confetti.gift.log.LogUnavailableException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Who may publish each live just now, in {@code domain.publisher}: one publisher a live, the
 * newest. Leases run by the database's clock, so that all instances agree.
 */
final class Publishers {
    private static final String ADMIT =
            """
            insert into domain.publisher (live_id, publisher_id, started, viewers, lease_until)
            values (?, ?, false, 0, clock_timestamp() + ? * interval '1 ms')
            on conflict (live_id) do update set publisher_id = excluded.publisher_id,
                started = publisher.started and publisher.publisher_id = excluded.publisher_id,
                lease_until = excluded.lease_until
            """;
    private static final String START =
            """
            update domain.publisher set started = true,
                lease_until = clock_timestamp() + ? * interval '1 ms'
            where live_id = ? and publisher_id = ?
            """;
    private static final String RENEW =
            """
            update domain.publisher set viewers = ?,
                lease_until = clock_timestamp() + ? * interval '1 ms'
            where live_id = ? and publisher_id = ? returning started
            """;
    private static final String REMOVE =
            "delete from domain.publisher where live_id = ? and publisher_id = ?";
    private static final String LAPSED =
            """
            select l.live_id, l.publisher_id from domain.live l
                left join domain.publisher p
                    on p.live_id = l.live_id and p.lease_until > clock_timestamp()
            where l.state = 'active' and l.publisher_id is not null and p.live_id is null
            """;
    private static final String AWAY_FOR_LONG =
            """
            select live_id from domain.live where state = 'away'
                and away_since + ? * interval '1 ms' <= clock_timestamp()
            """;

    private final GiftDatabase database;
    private final Duration lease;

    Publishers(GiftDatabase database, Duration lease) {
        this.database = database;
        this.lease = lease;
    }

    Duration lease() {
        return lease;
    }

    /** Lets a publisher in; whoever was there is replaced. */
    void admit(String liveId, UUID publisherId) {
        with(
                ADMIT,
                statement -> {
                    statement.setString(1, liveId);
                    statement.setObject(2, publisherId);
                    statement.setLong(3, lease.toMillis());
                    return statement.executeUpdate();
                });
    }

    /** Notes that media arrives; false when the publisher was replaced. */
    boolean start(String liveId, UUID publisherId) {
        return with(
                START,
                statement -> {
                    statement.setLong(1, lease.toMillis());
                    statement.setString(2, liveId);
                    statement.setObject(3, publisherId);
                    return statement.executeUpdate() == 1;
                });
    }

    /**
     * Renews a lease.
     *
     * @return whether its media has arrived; empty when the publisher was replaced
     */
    Optional<Boolean> renew(String liveId, UUID publisherId, long viewers) {
        return with(
                RENEW,
                statement -> {
                    statement.setLong(1, viewers);
                    statement.setLong(2, lease.toMillis());
                    statement.setString(3, liveId);
                    statement.setObject(4, publisherId);
                    try (ResultSet row = statement.executeQuery()) {
                        return row.next() ? Optional.of(row.getBoolean(1)) : Optional.empty();
                    }
                });
    }

    /** Lets a publisher go; false when it was replaced before. */
    boolean remove(String liveId, UUID publisherId) {
        return with(
                REMOVE,
                statement -> {
                    statement.setString(1, liveId);
                    statement.setObject(2, publisherId);
                    return statement.executeUpdate() == 1;
                });
    }

    /** A live and the publisher that fell silent. */
    record Silent(String liveId, UUID publisherId) {}

    /** Active lives without a valid lease. */
    List<Silent> lapsed() {
        return with(
                LAPSED,
                statement -> {
                    List<Silent> silent = new ArrayList<>();
                    try (ResultSet row = statement.executeQuery()) {
                        while (row.next()) {
                            silent.add(new Silent(row.getString(1), row.getObject(2, UUID.class)));
                        }
                    }
                    return silent;
                });
    }

    /** Lives whose publisher has been away for the grace or longer. */
    List<String> awayFor(Duration grace) {
        return with(
                AWAY_FOR_LONG,
                statement -> {
                    statement.setLong(1, grace.toMillis());
                    List<String> lives = new ArrayList<>();
                    try (ResultSet row = statement.executeQuery()) {
                        while (row.next()) {
                            lives.add(row.getString(1));
                        }
                    }
                    return lives;
                });
    }

    private interface Use<T> {
        T of(PreparedStatement statement) throws SQLException;
    }

    private <T> T with(String sql, Use<T> use) {
        try (Connection connection = database.dataSource().getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            return use.of(statement);
        } catch (SQLException e) {
            throw new LogUnavailableException("publishers cannot be looked after", false, e);
        }
    }
}

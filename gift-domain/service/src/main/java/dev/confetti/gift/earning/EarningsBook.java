package dev.confetti.gift.earning;

import dev.confetti.events.Diamonds;
import dev.confetti.events.LogReader;
import dev.confetti.events.LogRecord;
import dev.confetti.gift.log.GiftDatabase;
import dev.confetti.gift.log.LogUnavailableException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Adds the log up, in batches, to what each creator earned; so gifts write nothing of their
 * creator's. One instance at a time goes on, the one that has the lock of the book's row.
 * Thread-safe.
 */
public final class EarningsBook {
    private static final int PAGE = 5_000;

    private static final int NETWORK_TIMEOUT_MS = 60_000;

    /** A service that vanished must not keep the book. */
    private static final String LIMITS = "set local idle_in_transaction_session_timeout = '60s'";

    /**
     * Whatever is appended later is recorded at this instant or after it, so that nothing more
     * comes into a slot that is due.
     */
    private static final String NOT_BEFORE =
            "update domain.log_head set recorded_at = greatest(recorded_at, ?)";

    private static final String BEGIN =
            "select position, last_slot_end from domain.earnings_book for update skip locked";
    private static final String ADVANCE =
            "update domain.earnings_book set position = ?, last_slot_end = ?";
    private static final String STANDING =
            """
            select b.position, coalesce(e.available, 0), coalesce(e.payout_events, 0),
                coalesce((select micros from domain.creator_worth
                    where creator_id = ? and currency = ?), 0),
                exists (select from domain.creator_worth
                    where creator_id = ? and currency <> ? and micros <> 0)
            from domain.earnings_book b
            left join domain.creator_earnings e on e.creator_id = ?
            """;

    private final GiftDatabase database;
    private final Hold hold;

    public EarningsBook(GiftDatabase database, Hold hold) {
        this.database = database;
        this.hold = hold;
    }

    /** Adds up to the log's head, unless another instance has the book. */
    public void catchUp() {
        inTransaction(this::addUp);
    }

    /**
     * Adds up to the log's head.
     *
     * @param now by which holds are over
     * @return whose holds are over; none when another instance has the book
     */
    public List<Due> catchUp(Instant now) {
        recordNothingBefore(now);
        return inTransaction(
                connection -> {
                    OptionalLong position = addUp(connection);
                    return position.isPresent()
                            ? DueEarnings.of(connection, hold.due(now), position.getAsLong())
                            : List.of();
                });
    }

    /** One statement: the lock of the log's head is held for no longer. */
    private void recordNothingBefore(Instant now) {
        try (Connection connection = database.dataSource().getConnection();
                PreparedStatement update = connection.prepareStatement(NOT_BEFORE)) {
            update.setObject(1, now.atOffset(ZoneOffset.UTC));
            update.executeUpdate();
        } catch (SQLException e) {
            throw new LogUnavailableException("earnings cannot be added up", false, e);
        }
    }

    @FunctionalInterface
    private interface Work<T> {
        T on(Connection connection) throws SQLException;
    }

    private <T> T inTransaction(Work<T> work) {
        try (Connection connection = database.dataSource().getConnection()) {
            connection.setNetworkTimeout(Runnable::run, NETWORK_TIMEOUT_MS);
            connection.setAutoCommit(false);
            try {
                T result = work.on(connection);
                connection.commit();
                return result;
            } catch (SQLException | RuntimeException | Error e) {
                // Without it the end of the transaction would be its commit.
                connection.rollback();
                throw e;
            } finally {
                connection.setAutoCommit(true);
                connection.setNetworkTimeout(Runnable::run, 0);
            }
        } catch (SQLException e) {
            throw new LogUnavailableException("earnings cannot be added up", false, e);
        }
    }

    /** Empty when another instance has the book; else its lock is held. */
    private OptionalLong addUp(Connection connection) throws SQLException {
        Optional<Page> begun = begin(connection);
        if (begun.isEmpty()) {
            return OptionalLong.empty();
        }
        Page at = begun.get();
        List<LogRecord> rows = LogReader.read(connection, at.position(), PAGE);
        while (!rows.isEmpty()) {
            EarningsBatch batch = new EarningsBatch(hold, at.lastSlotEnd());
            EarningsRows.add(connection, batch, rows);
            Page next = new Page(rows.getLast().position(), batch.lastSlotEnd());
            try (PreparedStatement advance = connection.prepareStatement(ADVANCE)) {
                advance.setLong(1, next.position());
                advance.setObject(2, timestamp(next.lastSlotEnd()));
                advance.executeUpdate();
            }
            connection.commit();
            // The lock went with the commit; another instance may have gone on.
            if (!begin(connection).equals(Optional.of(next))) {
                return OptionalLong.empty();
            }
            at = next;
            rows = rows.size() < PAGE ? List.of() : LogReader.read(connection, at.position(), PAGE);
        }
        return OptionalLong.of(at.position());
    }

    /** How far the book is. */
    private record Page(long position, Instant lastSlotEnd) {}

    private static Optional<Page> begin(Connection connection) throws SQLException {
        try (Statement limits = connection.createStatement()) {
            limits.execute(LIMITS);
        }
        try (PreparedStatement begin = connection.prepareStatement(BEGIN);
                ResultSet row = begin.executeQuery()) {
            if (!row.next()) {
                return Optional.empty();
            }
            OffsetDateTime end = row.getObject(2, OffsetDateTime.class);
            return Optional.of(
                    new Page(
                            row.getLong(1),
                            end.equals(OffsetDateTime.MIN) ? Instant.MIN : end.toInstant()));
        }
    }

    private static OffsetDateTime timestamp(Instant instant) {
        return instant.equals(Instant.MIN) ? OffsetDateTime.MIN : instant.atOffset(ZoneOffset.UTC);
    }

    /**
     * What can be paid out.
     *
     * @param position how far the book is
     * @param worthMicros in the currency that was asked for
     * @param payoutEvents how many events of payouts the book has counted
     * @param isMixed whether a part of what is available is worth money of another currency
     */
    public record Standing(
            long position,
            Diamonds available,
            long worthMicros,
            long payoutEvents,
            boolean isMixed) {}

    /** How a creator stands, as far as the book is. */
    public Standing standing(String creatorId, String currency) {
        try (Connection connection = database.dataSource().getConnection();
                PreparedStatement query = connection.prepareStatement(STANDING)) {
            query.setString(1, creatorId);
            query.setString(2, currency);
            query.setString(3, creatorId);
            query.setString(4, currency);
            query.setString(5, creatorId);
            try (ResultSet row = query.executeQuery()) {
                row.next();
                return new Standing(
                        row.getLong(1),
                        new Diamonds(row.getLong(2)),
                        row.getLong(4),
                        row.getLong(3),
                        row.getBoolean(5));
            }
        } catch (SQLException e) {
            throw new LogUnavailableException("earnings cannot be read", false, e);
        }
    }
}

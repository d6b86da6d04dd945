package dev.confetti.gift.earning;

import dev.confetti.events.CreatorEvent.EarningsReleased;
import dev.confetti.events.CreatorEvent.PayoutApproved;
import dev.confetti.events.CreatorEvent.PayoutRejected;
import dev.confetti.events.CreatorEvent.PayoutRequested;
import dev.confetti.events.CreatorEvent.Worth;
import dev.confetti.events.Diamonds;
import dev.confetti.events.EventType;
import dev.confetti.events.GiftEvent.GiftReversed;
import dev.confetti.events.GiftEvent.GiftSent;
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
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Adds the log up, in batches, to what each creator earned; so gifts write nothing of their
 * creator's. One instance at a time goes on, the one that has the lock of the book's row.
 * Thread-safe.
 */
public final class EarningsBook {
    private static final int PAGE = 5_000;

    /** Released at once, at most; the next ones follow a second later. */
    private static final int MOST_DUE = 20_000;

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
    private static final String DUE =
            """
            select creator_id, currency, min(from_position), max(through_position), sum(diamonds),
                sum(micros)
            from domain.pending_earnings where slot_end <= ?
            group by creator_id, currency order by creator_id, currency limit ?
            """;
    private static final String FORGET =
            "delete from domain.pending_earnings where creator_id = ? and through_position <= ?";
    private static final String MOVE =
            """
            update domain.creator_earnings set pending = pending - ?, available = available + ?
            where creator_id = ?
            """;
    private static final String WORTH =
            """
            insert into domain.creator_worth (creator_id, currency, micros) values (?, ?, ?)
            on conflict (creator_id, currency) do update
            set micros = creator_worth.micros + excluded.micros
            """;
    private static final String PAYOUT =
            """
            update domain.creator_earnings
            set available = available - ?, reserved = reserved + ?, payout_events = payout_events + 1
            where creator_id = ?
            """;
    private static final String STANDING =
            """
            select b.position, coalesce(e.available, 0), coalesce(e.payout_events, 0),
                coalesce((select micros from domain.creator_worth
                    where creator_id = ? and currency = ?), 0),
                exists (select from domain.creator_worth
                    where creator_id = ? and currency <> ? and micros > 0)
            from domain.earnings_book b
            left join domain.creator_earnings e on e.creator_id = ?
            """;
    private static final String TAKE_OFF_PENDING =
            """
            update domain.pending_earnings set diamonds = diamonds - ?, micros = micros - ?
            where creator_id = ? and currency = ? and ? between from_position and through_position
            """;
    private static final String TAKE_OFF_SERIES =
            """
            update domain.earnings_series
            set gifts = gifts - ?, coins = coins - ?, diamonds = diamonds - ?
            where creator_id = ? and hour = date_trunc('hour', ?::timestamptz, 'UTC') and gift_id = ?
            """;

    private final GiftDatabase database;
    private final Hold hold;

    public EarningsBook(GiftDatabase database, Hold hold) {
        this.database = database;
        this.hold = hold;
    }

    /**
     * Earnings whose hold is over.
     *
     * @param countedThrough as in {@link EarningsReleased}
     */
    public record Due(
            String creatorId,
            long fromPosition,
            long throughPosition,
            Diamonds diamonds,
            List<Worth> amounts,
            long countedThrough) {
        public Due {
            amounts = List.copyOf(amounts);
        }
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
                            ? due(connection, now, position.getAsLong())
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
            add(connection, batch, rows);
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

    private void add(Connection connection, EarningsBatch batch, List<LogRecord> page)
            throws SQLException {
        for (LogRecord row : page) {
            switch (EventType.named(row.type())) {
                case GIFT_SENT -> {
                    if (row.event() instanceof GiftSent sent) {
                        batch.add(row, sent);
                    }
                }
                case GIFT_REVERSED -> {
                    batch.write(connection);
                    if (row.event() instanceof GiftReversed reversed) {
                        takeOff(connection, reversed);
                    }
                }
                case EARNINGS_RELEASED -> {
                    batch.write(connection);
                    if (row.event() instanceof EarningsReleased released) {
                        move(connection, released);
                    }
                }
                case PAYOUT_REQUESTED -> {
                    batch.write(connection);
                    if (row.event() instanceof PayoutRequested requested) {
                        reserve(
                                connection,
                                requested.creatorId(),
                                requested.diamonds(),
                                requested.currency(),
                                requested.amountMinor(),
                                1);
                    }
                }
                case PAYOUT_REJECTED -> {
                    batch.write(connection);
                    if (row.event() instanceof PayoutRejected rejected) {
                        reserve(
                                connection,
                                rejected.creatorId(),
                                rejected.diamonds(),
                                rejected.currency(),
                                rejected.amountMinor(),
                                -1);
                    }
                }
                case PAYOUT_APPROVED -> {
                    batch.write(connection);
                    if (row.event() instanceof PayoutApproved approved) {
                        reserve(
                                connection,
                                approved.creatorId(),
                                Diamonds.ZERO,
                                approved.currency(),
                                0,
                                1);
                    }
                }
                case COINS_PURCHASED,
                        COINS_GRANTED,
                        PURCHASE_REFUNDED,
                        COIN_DEBT_RECOVERED,
                        CHARGEBACK_OPENED,
                        CHARGEBACK_WON,
                        CHARGEBACK_LOST,
                        WALLET_BLOCKED,
                        WALLET_UNBLOCKED,
                        SPENDING_LIMIT_SET,
                        LIVE_CREATED,
                        LIVE_STARTED,
                        LIVE_AWAY,
                        LIVE_ENDED -> {}
            }
        }
        batch.write(connection);
    }

    private void takeOff(Connection connection, GiftReversed reversed) throws SQLException {
        LogRecord sentRow =
                LogReader.find(connection, reversed.giftSendId())
                        .orElseThrow(
                                () ->
                                        new IllegalStateException(
                                                reversed + ": expected its gift in the log"));
        if (!(sentRow.event() instanceof GiftSent sent)) {
            throw new IllegalStateException(
                    reversed + ": expected a gift, found " + sentRow.type());
        }
        long diamonds = sent.diamonds().tenThousandths();
        if (reversed.earningsReleased()) {
            move(connection, reversed.creatorId(), 0, -diamonds);
            worth(
                    connection,
                    sent.creatorId(),
                    sent.payoutCurrency(),
                    -Math.multiplyExact(diamonds, sent.rateMicros()));
        } else if (diamonds > 0) {
            move(connection, reversed.creatorId(), diamonds, 0);
            try (PreparedStatement update = connection.prepareStatement(TAKE_OFF_PENDING)) {
                update.setLong(1, diamonds);
                update.setLong(2, Math.multiplyExact(diamonds, sent.rateMicros()));
                update.setString(3, sent.creatorId());
                update.setString(4, sent.payoutCurrency());
                update.setLong(5, sentRow.position());
                require(update.executeUpdate() == 1, reversed, "one slot of pending earnings");
            }
        }
        try (PreparedStatement update = connection.prepareStatement(TAKE_OFF_SERIES)) {
            update.setLong(1, sent.quantity());
            update.setLong(2, sent.coins());
            update.setLong(3, diamonds);
            update.setString(4, sent.creatorId());
            update.setObject(5, sentRow.occurredAt().atOffset(ZoneOffset.UTC));
            update.setString(6, sent.giftId());
            require(update.executeUpdate() == 1, reversed, "one hour of the series");
        }
    }

    private static void move(Connection connection, EarningsReleased released) throws SQLException {
        long diamonds = released.diamonds().tenThousandths();
        move(connection, released.creatorId(), diamonds, diamonds);
        for (Worth amount : released.amounts()) {
            worth(connection, released.creatorId(), amount.currency(), amount.micros());
        }
        try (PreparedStatement forget = connection.prepareStatement(FORGET)) {
            forget.setString(1, released.creatorId());
            forget.setLong(2, released.throughPosition());
            forget.executeUpdate();
        }
    }

    private static void move(
            Connection connection, String creatorId, long offPending, long toAvailable)
            throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(MOVE)) {
            update.setLong(1, offPending);
            update.setLong(2, toAvailable);
            update.setString(3, creatorId);
            require(update.executeUpdate() == 1, creatorId, "a creator with earnings");
        }
    }

    private static void worth(Connection connection, String creatorId, String currency, long micros)
            throws SQLException {
        try (PreparedStatement upsert = connection.prepareStatement(WORTH)) {
            upsert.setString(1, creatorId);
            upsert.setString(2, currency);
            upsert.setLong(3, micros);
            upsert.executeUpdate();
        }
    }

    /** Sets diamonds and their worth aside, or gives them back with a sign of -1. */
    private static void reserve(
            Connection connection,
            String creatorId,
            Diamonds diamonds,
            String currency,
            long amountMinor,
            int sign)
            throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(PAYOUT)) {
            update.setLong(1, sign * diamonds.tenThousandths());
            update.setLong(2, sign * diamonds.tenThousandths());
            update.setString(3, creatorId);
            require(update.executeUpdate() == 1, creatorId, "a creator with earnings");
        }
        worth(connection, creatorId, currency, -sign * PayoutRules.micros(amountMinor, currency));
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

    private static void require(boolean holds, Object what, String expected) {
        if (!holds) {
            throw new IllegalStateException(
                    "earnings book: " + what + ": expected " + expected + ", found none");
        }
    }

    private List<Due> due(Connection connection, Instant now, long position) throws SQLException {
        Map<String, Due> due = new LinkedHashMap<>();
        int rows = 0;
        String last = "";
        try (PreparedStatement query = connection.prepareStatement(DUE)) {
            OffsetDateTime over = hold.due(now).atOffset(ZoneOffset.UTC);
            query.setObject(1, over);
            query.setInt(2, MOST_DUE);
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    rows++;
                    last = row.getString(1);
                    Due ofCurrency =
                            new Due(
                                    row.getString(1),
                                    row.getLong(3),
                                    row.getLong(4),
                                    new Diamonds(row.getLong(5)),
                                    List.of(new Worth(row.getString(2), row.getLong(6))),
                                    position);
                    due.merge(ofCurrency.creatorId(), ofCurrency, EarningsBook::sum);
                }
            }
        }
        if (rows == MOST_DUE) {
            // It may have more currencies than were read.
            due.remove(last);
        }
        List<Due> withEarnings = new ArrayList<>();
        for (Due each : due.values()) {
            if (each.diamonds().tenThousandths() > 0) {
                withEarnings.add(each);
            } else {
                // All of it was reversed: there is nothing to release.
                try (PreparedStatement forget = connection.prepareStatement(FORGET)) {
                    forget.setString(1, each.creatorId());
                    forget.setLong(2, each.throughPosition());
                    forget.executeUpdate();
                }
            }
        }
        return withEarnings;
    }

    private static Due sum(Due one, Due other) {
        List<Worth> amounts = new ArrayList<>(one.amounts());
        amounts.addAll(other.amounts());
        return new Due(
                one.creatorId(),
                Math.min(one.fromPosition(), other.fromPosition()),
                Math.max(one.throughPosition(), other.throughPosition()),
                one.diamonds().plus(other.diamonds()),
                amounts,
                one.countedThrough());
    }
}

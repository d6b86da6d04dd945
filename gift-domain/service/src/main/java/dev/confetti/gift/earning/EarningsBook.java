package dev.confetti.gift.earning;

import dev.confetti.events.CreatorEvent.EarningsReleased;
import dev.confetti.events.CreatorEvent.Worth;
import dev.confetti.events.Diamonds;
import dev.confetti.events.EventType;
import dev.confetti.events.GiftEvent.GiftReversed;
import dev.confetti.events.GiftEvent.GiftSent;
import dev.confetti.events.LogReader;
import dev.confetti.events.LogRecord;
import dev.confetti.gift.log.EventLog;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Adds the log up, in batches, to what each creator earned; so gifts write nothing of their
 * creator's. One instance at a time goes on, the one that has the lock of the book's row.
 * Thread-safe.
 */
public final class EarningsBook {
    private static final int PAGE = 5_000;

    private static final String BEGIN =
            "select position from domain.earnings_book for update skip locked";
    private static final String ADVANCE = "update domain.earnings_book set position = ?";
    private static final String DUE =
            """
            select creator_id, currency, min(from_position), max(through_position), sum(diamonds),
                sum(micros)
            from domain.pending_earnings p where slot_end <= ?
                -- What comes later stays later, also where slots were of another length before.
                and not exists (
                    select from domain.pending_earnings held
                    where held.creator_id = p.creator_id and held.slot_end > ?
                        and held.from_position < p.through_position)
            group by creator_id, currency order by creator_id, currency
            """;
    private static final String FORGET =
            "delete from domain.pending_earnings where creator_id = ? and through_position <= ?";
    private static final String MOVE =
            """
            update domain.creator_earnings set pending = pending - ?, available = available + ?
            where creator_id = ?
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
    private final LogReader reader;
    private final EventLog log;
    private final Hold hold;

    public EarningsBook(GiftDatabase database, EventLog log, Hold hold) {
        this.database = database;
        this.reader = new LogReader(database.dataSource());
        this.log = log;
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

    /**
     * Adds up to the log's head.
     *
     * @param now by which holds are over
     * @return whose holds are over; empty as well when another instance has the book
     */
    public List<Due> catchUp(Instant now) {
        try (Connection connection = database.dataSource().getConnection()) {
            connection.setAutoCommit(false);
            try {
                List<Due> due = catchUp(connection, now);
                connection.commit();
                return due;
            } catch (SQLException | RuntimeException e) {
                connection.rollback();
                throw e;
            } finally {
                connection.setAutoCommit(true);
            }
        } catch (SQLException e) {
            throw new LogUnavailableException("earnings cannot be added up", false, e);
        }
    }

    private List<Due> catchUp(Connection connection, Instant now) throws SQLException {
        long position;
        try (PreparedStatement begin = connection.prepareStatement(BEGIN);
                ResultSet row = begin.executeQuery()) {
            if (!row.next()) {
                return List.of();
            }
            position = row.getLong(1);
        }
        List<LogRecord> page = reader.read(position, PAGE);
        while (!page.isEmpty()) {
            add(connection, page);
            position = page.getLast().position();
            try (PreparedStatement advance = connection.prepareStatement(ADVANCE)) {
                advance.setLong(1, position);
                advance.executeUpdate();
            }
            connection.commit();
            if (!stillOurs(connection, position)) {
                return List.of();
            }
            page = page.size() < PAGE ? List.of() : reader.read(position, PAGE);
        }
        return due(connection, now, position);
    }

    /** The lock went with the commit; another instance may have gone on. */
    private static boolean stillOurs(Connection connection, long position) throws SQLException {
        try (PreparedStatement begin = connection.prepareStatement(BEGIN);
                ResultSet row = begin.executeQuery()) {
            return row.next() && row.getLong(1) == position;
        }
    }

    private void add(Connection connection, List<LogRecord> page) throws SQLException {
        EarningsBatch batch = new EarningsBatch(hold);
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
                log.find(reversed.giftSendId())
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

    private static void require(boolean holds, Object what, String expected) {
        if (!holds) {
            throw new IllegalStateException(
                    "earnings book: " + what + ": expected " + expected + ", found none");
        }
    }

    private List<Due> due(Connection connection, Instant now, long position) throws SQLException {
        Map<String, Due> due = new LinkedHashMap<>();
        try (PreparedStatement query = connection.prepareStatement(DUE)) {
            OffsetDateTime over = hold.due(now).atOffset(ZoneOffset.UTC);
            query.setObject(1, over);
            query.setObject(2, over);
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
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

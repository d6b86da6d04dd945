package dev.confetti.gift.earning;

import dev.confetti.events.ConfettiEvent;
import dev.confetti.events.CreatorEvent;
import dev.confetti.events.CreatorEvent.EarningsReleased;
import dev.confetti.events.CreatorEvent.EarningsRevalued;
import dev.confetti.events.CreatorEvent.PayoutApproved;
import dev.confetti.events.CreatorEvent.PayoutFailed;
import dev.confetti.events.CreatorEvent.PayoutMoved;
import dev.confetti.events.CreatorEvent.PayoutRejected;
import dev.confetti.events.CreatorEvent.PayoutRequested;
import dev.confetti.events.CreatorEvent.PayoutResolutionRequested;
import dev.confetti.events.CreatorEvent.PayoutReturned;
import dev.confetti.events.CreatorEvent.PayoutSent;
import dev.confetti.events.CreatorEvent.PayoutSettled;
import dev.confetti.events.CreatorEvent.PayoutWithdrawn;
import dev.confetti.events.CreatorEvent.PayoutsHeld;
import dev.confetti.events.CreatorEvent.PayoutsResumed;
import dev.confetti.events.CreatorEvent.Worth;
import dev.confetti.events.EventType;
import dev.confetti.events.GiftEvent.GiftReversed;
import dev.confetti.events.GiftEvent.GiftSent;
import dev.confetti.events.LogReader;
import dev.confetti.events.LogRecord;
import dev.confetti.events.MicroUnits;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.ZoneOffset;
import java.util.List;

/** What each event changes in the tables of earnings. */
final class EarningsRows {
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
            set available = available + ?, reserved = reserved + ?, redeemed = redeemed + ?,
                payout_events = payout_events + 1
            where creator_id = ?
            """;
    private static final String COUNT =
            """
            insert into domain.creator_earnings (creator_id, pending, payout_events) values (?, 0, 1)
            on conflict (creator_id) do update
            set payout_events = creator_earnings.payout_events + 1
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

    private EarningsRows() {}

    /** Writes a page of the log; gifts that follow each other are added up before. */
    static void add(Connection connection, EarningsBatch batch, List<LogRecord> page)
            throws SQLException {
        for (LogRecord row : page) {
            switch (EventType.named(row.type()).topic()) {
                case GIFTS, CREATORS -> add(connection, batch, row, row.event());
                case COINS, LIVES, FINANCE -> {}
            }
        }
        batch.write(connection);
    }

    private static void add(
            Connection connection, EarningsBatch batch, LogRecord row, ConfettiEvent event)
            throws SQLException {
        if (event instanceof GiftSent sent) {
            batch.add(row, sent);
            return;
        }
        batch.write(connection);
        if (event instanceof GiftReversed reversed) {
            takeOff(connection, reversed);
        } else if (event instanceof CreatorEvent ofCreator) {
            add(connection, ofCreator, row.position());
        }
    }

    private static void add(Connection connection, CreatorEvent event, long position)
            throws SQLException {
        String creatorId = event.creatorId();
        switch (event) {
            case EarningsReleased released -> move(connection, released);
            case EarningsRevalued revalued -> revalue(connection, revalued, position);
            case PayoutRequested requested -> {
                long diamonds = requested.diamonds().tenThousandths();
                payout(connection, creatorId, -diamonds, diamonds, 0);
                worth(connection, creatorId, requested.currency(), -requested.amountMinor());
            }
            case PayoutRejected rejected -> giveBackReserved(connection, rejected);
            case PayoutWithdrawn withdrawn -> giveBackReserved(connection, withdrawn);
            case PayoutSent sent -> {
                long diamonds = sent.diamonds().tenThousandths();
                payout(connection, creatorId, 0, -diamonds, diamonds);
            }
            case PayoutFailed failed -> giveBackRedeemed(connection, failed);
            case PayoutReturned returned -> giveBackRedeemed(connection, returned);
            case PayoutApproved _,
                    PayoutResolutionRequested _,
                    PayoutSettled _,
                    PayoutsHeld _,
                    PayoutsResumed _ ->
                    count(connection, creatorId);
        }
    }

    private static void giveBackReserved(Connection connection, PayoutMoved event)
            throws SQLException {
        long diamonds = event.diamonds().tenThousandths();
        payout(connection, event.creatorId(), diamonds, -diamonds, 0);
        worth(connection, event.creatorId(), event.currency(), event.amountMinor());
    }

    private static void giveBackRedeemed(Connection connection, PayoutMoved event)
            throws SQLException {
        long diamonds = event.diamonds().tenThousandths();
        payout(connection, event.creatorId(), diamonds, 0, -diamonds);
        worth(connection, event.creatorId(), event.currency(), event.amountMinor());
    }

    /** Payout events are counted also of a creator who never earned anything. */
    private static void count(Connection connection, String creatorId) throws SQLException {
        try (PreparedStatement upsert = connection.prepareStatement(COUNT)) {
            upsert.setString(1, creatorId);
            upsert.executeUpdate();
        }
    }

    private static void payout(
            Connection connection, String creatorId, long available, long reserved, long redeemed)
            throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(PAYOUT)) {
            update.setLong(1, available);
            update.setLong(2, reserved);
            update.setLong(3, redeemed);
            update.setString(4, creatorId);
            require(update.executeUpdate() == 1, creatorId, "a creator with earnings");
        }
    }

    private static void worth(
            Connection connection, String creatorId, String currency, long changeMinor)
            throws SQLException {
        addWorth(connection, creatorId, currency, MicroUnits.ofMinor(changeMinor, currency));
    }

    /** Pending earnings up to a position are pending no longer. */
    static void forget(Connection connection, String creatorId, long throughPosition)
            throws SQLException {
        try (PreparedStatement forget = connection.prepareStatement(FORGET)) {
            forget.setString(1, creatorId);
            forget.setLong(2, throughPosition);
            forget.executeUpdate();
        }
    }

    private static void takeOff(Connection connection, GiftReversed reversed) throws SQLException {
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
        Worth worth = worth(reversed, sent);
        if (reversed.earningsReleased()) {
            move(connection, reversed.creatorId(), 0, -diamonds);
            addWorth(connection, sent.creatorId(), worth.currency(), -worth.micros());
        } else if (diamonds > 0) {
            move(connection, reversed.creatorId(), diamonds, 0);
            try (PreparedStatement update = connection.prepareStatement(TAKE_OFF_PENDING)) {
                update.setLong(1, diamonds);
                update.setLong(2, worth.micros());
                update.setString(3, sent.creatorId());
                update.setString(4, worth.currency());
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

    private static Worth worth(GiftReversed reversed, GiftSent sent) {
        return reversed.revalued() != null
                ? reversed.revalued()
                : new Worth(
                        sent.payoutCurrency(),
                        Math.multiplyExact(sent.diamonds().tenThousandths(), sent.rateMicros()));
    }

    private static void revalue(Connection connection, EarningsRevalued revalued, long position)
            throws SQLException {
        RevaluedSlots.write(connection, revalued, position);
        for (Worth before : revalued.availableAmounts()) {
            addWorth(connection, revalued.creatorId(), before.currency(), -before.micros());
        }
        Worth now = revalued.worthOf(revalued.available());
        addWorth(connection, revalued.creatorId(), now.currency(), now.micros());
        count(connection, revalued.creatorId());
    }

    private static void move(Connection connection, EarningsReleased released) throws SQLException {
        long diamonds = released.diamonds().tenThousandths();
        move(connection, released.creatorId(), diamonds, diamonds);
        for (Worth amount : released.amounts()) {
            addWorth(connection, released.creatorId(), amount.currency(), amount.micros());
        }
        forget(connection, released.creatorId(), released.throughPosition());
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

    private static void addWorth(
            Connection connection, String creatorId, String currency, long micros)
            throws SQLException {
        try (PreparedStatement upsert = connection.prepareStatement(WORTH)) {
            upsert.setString(1, creatorId);
            upsert.setString(2, currency);
            upsert.setLong(3, micros);
            upsert.executeUpdate();
        }
    }

    private static void require(boolean holds, Object what, String expected) {
        if (!holds) {
            throw new IllegalStateException(
                    "earnings book: " + what + ": expected " + expected + ", found none");
        }
    }
}

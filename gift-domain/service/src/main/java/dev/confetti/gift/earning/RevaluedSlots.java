package dev.confetti.gift.earning;

import dev.confetti.events.ConfettiEvent;
import dev.confetti.events.CreatorEvent.EarningsRevalued;
import dev.confetti.events.GiftEvent.GiftReversed;
import dev.confetti.events.GiftEvent.GiftSent;
import dev.confetti.events.LogReader;
import dev.confetti.events.LogRecord;
import dev.confetti.gift.log.Rows;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/**
 * A creator's pending earnings, while a revaluation is written into them. It is of gifts up to a
 * position; those that came between it and the event keep their own rate, though they may share a
 * slot with older ones: they are read from the log once more, and told apart.
 */
final class RevaluedSlots {
    private static final int PAGE = 1_000;
    private static final String READ =
            """
            select slot_end, currency, from_position, through_position, diamonds, micros
            from domain.pending_earnings
            where creator_id = ? and from_position <= ? order by slot_end, currency
            """;
    private static final String DELETE =
            "delete from domain.pending_earnings where creator_id = ? and from_position <= ?";
    private static final String ADD =
            """
            insert into domain.pending_earnings (creator_id, slot_end, currency, from_position,
                through_position, diamonds, micros)
            values (?, ?, ?, ?, ?, ?, ?)
            on conflict (creator_id, slot_end, currency) do update
            set from_position = least(pending_earnings.from_position, excluded.from_position),
                through_position =
                    greatest(pending_earnings.through_position, excluded.through_position),
                diamonds = pending_earnings.diamonds + excluded.diamonds,
                micros = pending_earnings.micros + excluded.micros
            """;

    private final Connection connection;
    private final EarningsRevalued event;
    private final long position;

    private RevaluedSlots(Connection connection, EarningsRevalued event, long position) {
        this.connection = connection;
        this.event = event;
        this.position = position;
    }

    /**
     * Gives pending earnings their new worth.
     *
     * @param position of the event
     */
    static void write(Connection connection, EarningsRevalued event, long position)
            throws SQLException {
        new RevaluedSlots(connection, event, position).write();
    }

    private record Slot(
            OffsetDateTime end,
            String currency,
            long from,
            long through,
            long diamonds,
            long micros) {}

    /** What later gifts of one currency earned. */
    private static final class Later {
        private long from;
        private long diamonds;
        private long micros;

        private void add(long atPosition, long earned, long worthMicros) {
            from = from == 0 ? atPosition : from;
            diamonds = Math.addExact(diamonds, earned);
            micros = Math.addExact(micros, worthMicros);
        }
    }

    private void write() throws SQLException {
        List<Slot> slots =
                Rows.read(
                        connection,
                        READ,
                        row ->
                                new Slot(
                                        row.getObject(1, OffsetDateTime.class),
                                        row.getString(2),
                                        row.getLong(3),
                                        row.getLong(4),
                                        row.getLong(5),
                                        row.getLong(6)),
                        event.creatorId(),
                        event.throughPosition());
        Map<String, Later> later = later(slots);
        Rows.update(connection, DELETE, event.creatorId(), event.throughPosition());
        for (Slot slot : slots) {
            Later kept =
                    slot.through() > event.throughPosition() ? later.get(slot.currency()) : null;
            long diamonds = slot.diamonds() - (kept == null ? 0 : kept.diamonds);
            add(
                    slot.end(),
                    event.currency(),
                    slot.from(),
                    Math.min(slot.through(), event.throughPosition()),
                    diamonds,
                    Math.multiplyExact(diamonds, event.rateMicros()));
            if (kept != null) {
                add(
                        slot.end(),
                        slot.currency(),
                        kept.from,
                        slot.through(),
                        kept.diamonds,
                        kept.micros);
            }
        }
    }

    /** By currency, for slots that begin before the revaluation and go on behind it. */
    private Map<String, Later> later(List<Slot> slots) throws SQLException {
        Map<String, Long> through = new HashMap<>();
        for (Slot slot : slots) {
            if (slot.through() > event.throughPosition()) {
                through.put(slot.currency(), slot.through());
            }
        }
        Map<String, Later> later = new TreeMap<>();
        if (through.isEmpty()) {
            return later;
        }
        Map<UUID, GiftSent> counted = new HashMap<>();
        long at = event.throughPosition();
        while (at + 1 < position) {
            List<LogRecord> page =
                    LogReader.read(connection, at, (int) Math.min(PAGE, position - 1 - at));
            if (page.isEmpty()) {
                throw new IllegalStateException(
                        "earnings book: " + event + ": expected the log up to it, read to " + at);
            }
            for (LogRecord row : page) {
                at = row.position();
                count(row, through, counted, later);
            }
        }
        return later;
    }

    private void count(
            LogRecord row,
            Map<String, Long> through,
            Map<UUID, GiftSent> counted,
            Map<String, Later> later) {
        ConfettiEvent read = row.event();
        if (read instanceof GiftSent sent
                && sent.creatorId().equals(event.creatorId())
                && row.position() <= through.getOrDefault(sent.payoutCurrency(), 0L)) {
            counted.put(sent.giftSendId(), sent);
            later.computeIfAbsent(sent.payoutCurrency(), currency -> new Later())
                    .add(row.position(), earned(sent), worth(sent));
        } else if (read instanceof GiftReversed reversed) {
            GiftSent sent = counted.remove(reversed.giftSendId());
            if (sent != null) {
                later.computeIfAbsent(sent.payoutCurrency(), currency -> new Later())
                        .add(row.position(), -earned(sent), -worth(sent));
            }
        }
    }

    private static long earned(GiftSent sent) {
        return sent.diamonds().tenThousandths();
    }

    private static long worth(GiftSent sent) {
        return Math.multiplyExact(earned(sent), sent.rateMicros());
    }

    private void add(
            OffsetDateTime end,
            String currency,
            long from,
            long through,
            long diamonds,
            long micros)
            throws SQLException {
        Rows.update(
                connection, ADD, event.creatorId(), end, currency, from, through, diamonds, micros);
    }
}

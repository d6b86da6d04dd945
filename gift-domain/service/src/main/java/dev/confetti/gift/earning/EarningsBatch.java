package dev.confetti.gift.earning;

import dev.confetti.events.GiftEvent.GiftSent;
import dev.confetti.events.LogRecord;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.TreeMap;

/** Gifts of a batch, added up before they are written. Not thread-safe. */
final class EarningsBatch {
    private static final String EARN =
            """
            insert into domain.creator_earnings (creator_id, pending) values (?, ?)
            on conflict (creator_id) do update
            set pending = creator_earnings.pending + excluded.pending
            """;
    private static final String HOLD =
            """
            insert into domain.pending_earnings (creator_id, slot_end, currency, from_position,
                through_position, diamonds, micros)
            values (?, ?, ?, ?, ?, ?, ?)
            on conflict (creator_id, slot_end, currency) do update
            set through_position = excluded.through_position,
                diamonds = pending_earnings.diamonds + excluded.diamonds,
                micros = pending_earnings.micros + excluded.micros
            """;
    private static final String COUNT =
            """
            insert into domain.earnings_series (creator_id, hour, gift_id, gifts, coins, diamonds)
            values (?, ?, ?, ?, ?, ?)
            on conflict (creator_id, hour, gift_id) do update
            set gifts = earnings_series.gifts + excluded.gifts,
                coins = earnings_series.coins + excluded.coins,
                diamonds = earnings_series.diamonds + excluded.diamonds
            """;

    private final Hold hold;
    private Instant lastSlotEnd;
    private final Map<String, Sum> creators = new TreeMap<>();
    private final Map<Slot, Sum> slots = new TreeMap<>();
    private final Map<Hour, Sum> hours = new TreeMap<>();

    /**
     * @param lastSlotEnd no slot ends before it: what is recorded later is released no sooner
     */
    EarningsBatch(Hold hold, Instant lastSlotEnd) {
        this.hold = hold;
        this.lastSlotEnd = lastSlotEnd;
    }

    Instant lastSlotEnd() {
        return lastSlotEnd;
    }

    private record Slot(String creatorId, Instant end, String currency)
            implements Comparable<Slot> {
        @Override
        public int compareTo(Slot other) {
            int byCreator = creatorId.compareTo(other.creatorId);
            int byEnd = byCreator != 0 ? byCreator : end.compareTo(other.end);
            return byEnd != 0 ? byEnd : currency.compareTo(other.currency);
        }
    }

    private record Hour(String creatorId, Instant hour, String giftId) implements Comparable<Hour> {
        @Override
        public int compareTo(Hour other) {
            int byCreator = creatorId.compareTo(other.creatorId);
            int byHour = byCreator != 0 ? byCreator : hour.compareTo(other.hour);
            return byHour != 0 ? byHour : giftId.compareTo(other.giftId);
        }
    }

    private static final class Sum {
        private long from;
        private long through;
        private long gifts;
        private long coins;
        private long diamonds;
        private long micros;

        private void add(LogRecord row, GiftSent sent) {
            long earned = sent.diamonds().tenThousandths();
            from = from == 0 ? row.position() : from;
            through = row.position();
            gifts = Math.addExact(gifts, sent.quantity());
            coins = Math.addExact(coins, sent.coins());
            diamonds = Math.addExact(diamonds, earned);
            micros = Math.addExact(micros, Math.multiplyExact(earned, sent.rateMicros()));
        }
    }

    void add(LogRecord row, GiftSent sent) {
        Instant slotEnd = hold.slotEnd(row.recordedAt());
        lastSlotEnd = slotEnd.isAfter(lastSlotEnd) ? slotEnd : lastSlotEnd;
        creators.computeIfAbsent(sent.creatorId(), id -> new Sum()).add(row, sent);
        slots.computeIfAbsent(
                        new Slot(sent.creatorId(), lastSlotEnd, sent.payoutCurrency()),
                        slot -> new Sum())
                .add(row, sent);
        hours.computeIfAbsent(
                        new Hour(
                                sent.creatorId(),
                                row.occurredAt().truncatedTo(ChronoUnit.HOURS),
                                sent.giftId()),
                        hour -> new Sum())
                .add(row, sent);
    }

    /** Writes what was added, and begins anew. */
    void write(Connection connection) throws SQLException {
        if (creators.isEmpty()) {
            return;
        }
        try (PreparedStatement earn = connection.prepareStatement(EARN);
                PreparedStatement keep = connection.prepareStatement(HOLD);
                PreparedStatement count = connection.prepareStatement(COUNT)) {
            for (var creator : creators.entrySet()) {
                earn.setString(1, creator.getKey());
                earn.setLong(2, creator.getValue().diamonds);
                earn.addBatch();
            }
            earn.executeBatch();
            for (var slot : slots.entrySet()) {
                keep.setString(1, slot.getKey().creatorId());
                keep.setObject(2, slot.getKey().end().atOffset(ZoneOffset.UTC));
                keep.setString(3, slot.getKey().currency());
                keep.setLong(4, slot.getValue().from);
                keep.setLong(5, slot.getValue().through);
                keep.setLong(6, slot.getValue().diamonds);
                keep.setLong(7, slot.getValue().micros);
                keep.addBatch();
            }
            keep.executeBatch();
            for (var hour : hours.entrySet()) {
                count.setString(1, hour.getKey().creatorId());
                count.setObject(2, hour.getKey().hour().atOffset(ZoneOffset.UTC));
                count.setString(3, hour.getKey().giftId());
                count.setLong(4, hour.getValue().gifts);
                count.setLong(5, hour.getValue().coins);
                count.setLong(6, hour.getValue().diamonds);
                count.addBatch();
            }
            count.executeBatch();
        }
        creators.clear();
        slots.clear();
        hours.clear();
    }
}

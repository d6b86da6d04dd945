package dev.confetti.gift.log;

import dev.confetti.events.LogRecord;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The records that this instance committed last, for whoever follows the log closely: it need not
 * read from the database what was in memory a moment ago. Thread-safe.
 *
 * <p>It holds a gapless run of positions, up to a number of records and bytes. What other instances
 * wrote is not in it; whoever finds nothing here asks the database.
 */
public final class RecentRecords {
    /** A power of two: a record's slot is its position's low bits. */
    static final int MOST_RECORDS = 1 << 14;

    static final long MOST_BYTES = 32L << 20;

    private final @Nullable LogRecord[] slots = new @Nullable LogRecord[MOST_RECORDS];
    private long first = 1;
    private long last;
    private long bytes;

    /** Told after the commit, in the order of positions. */
    synchronized void committed(List<LogRecord> batch) {
        if (batch.getFirst().position() != last + 1) {
            Arrays.fill(slots, null);
            first = batch.getFirst().position();
            last = first - 1;
            bytes = 0;
        }
        for (LogRecord record : batch) {
            if (last - first + 1 == MOST_RECORDS) {
                dropFirst();
            }
            slots[slot(record.position())] = record;
            bytes += record.payload().length;
            last = record.position();
        }
        while (bytes > MOST_BYTES) {
            dropFirst();
        }
    }

    /**
     * The records that follow a position, in order and without gaps.
     *
     * @return empty when the next one is not here, which says nothing about the log
     */
    public synchronized List<LogRecord> after(long position, int limit) {
        if (position + 1 < first || position >= last) {
            return List.of();
        }
        long end = Math.min(last, position + limit);
        List<LogRecord> found = new ArrayList<>((int) (end - position));
        for (long next = position + 1; next <= end; next++) {
            found.add(Objects.requireNonNull(slots[slot(next)], "slots first to last are filled"));
        }
        return found;
    }

    private void dropFirst() {
        LogRecord dropped =
                Objects.requireNonNull(slots[slot(first)], "slots first to last are filled");
        bytes -= dropped.payload().length;
        slots[slot(first)] = null;
        first++;
    }

    private static int slot(long position) {
        return (int) position & (MOST_RECORDS - 1);
    }
}

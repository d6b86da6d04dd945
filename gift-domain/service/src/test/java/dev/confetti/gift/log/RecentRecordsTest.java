package dev.confetti.gift.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confetti.events.LogRecord;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class RecentRecordsTest {
    private final RecentRecords recent = new RecentRecords();

    @Test
    void whatWasCommittedFollowsWithoutGaps() {
        recent.committed(records(5, 7, 2));
        recent.committed(records(8, 9, 2));

        assertThat(positions(4, 100)).containsExactly(5L, 6L, 7L, 8L, 9L);
        assertThat(positions(6, 2)).containsExactly(7L, 8L);
    }

    @Test
    void whatIsNotHereIsNotGuessed() {
        assertThat(positions(0, 100)).isEmpty();
        recent.committed(records(5, 7, 2));

        assertThat(positions(3, 100)).isEmpty();
        assertThat(positions(7, 100)).isEmpty();
        assertThat(positions(99, 100)).isEmpty();
    }

    @Test
    void rowsOfAnotherInstanceInBetweenMakeItBeginAnew() {
        recent.committed(records(5, 7, 2));
        recent.committed(records(9, 10, 2));

        assertThat(positions(6, 100)).isEmpty();
        assertThat(positions(8, 100)).containsExactly(9L, 10L);
    }

    @Test
    void theOldestGoFirstByNumber() {
        long first = 3;
        long last = first + RecentRecords.MOST_RECORDS;
        recent.committed(records(first, last, 2));

        assertThat(positions(first - 1, 1)).isEmpty();
        assertThat(positions(first, 1)).containsExactly(first + 1);
        assertThat(positions(last - 1, 1)).containsExactly(last);
    }

    @Test
    void theOldestGoFirstByBytes() {
        int third = (int) (RecentRecords.MOST_BYTES / 3) + 1;
        recent.committed(records(1, 3, third));

        assertThat(positions(0, 9)).isEmpty();
        assertThat(positions(1, 9)).containsExactly(2L, 3L);
    }

    private List<Long> positions(long after, int limit) {
        return recent.after(after, limit).stream().map(LogRecord::position).toList();
    }

    private static List<LogRecord> records(long first, long last, int payloadBytes) {
        byte[] payload = new byte[payloadBytes];
        return LongStream.rangeClosed(first, last)
                .mapToObj(
                        position ->
                                new LogRecord(
                                        position,
                                        new UUID(0, position),
                                        "wallet",
                                        "ann",
                                        position,
                                        "confetti.test.v1",
                                        payload,
                                        Instant.EPOCH,
                                        Instant.EPOCH))
                .toList();
    }
}

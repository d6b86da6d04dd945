package dev.confetti.gift.log;

import dev.confetti.events.LogRecord;
import dev.confetti.gift.log.BatchRules.Stream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The next sequence of the streams that a writer wrote last, up to a number of streams. True only
 * while nobody else writes to the log; who uses it must check that. Used by one thread.
 */
final class NextSequences {
    private static final int MOST_STREAMS = 200_000;

    private final Map<Stream, Long> next =
            new LinkedHashMap<>(16, 0.75f, true) {
                @Override
                protected boolean removeEldestEntry(Map.Entry<Stream, Long> eldest) {
                    return size() > MOST_STREAMS;
                }
            };

    /** Null when it is not known here. */
    @Nullable Long next(Stream stream) {
        return next.get(stream);
    }

    void written(List<LogRecord> records) {
        for (LogRecord record : records) {
            next.put(new Stream(record.streamType(), record.streamId()), record.sequence() + 1);
        }
    }

    void forget() {
        next.clear();
    }
}

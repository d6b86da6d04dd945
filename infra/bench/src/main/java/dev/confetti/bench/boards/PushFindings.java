package dev.confetti.bench.boards;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.zip.DataFormatException;
import org.HdrHistogram.Histogram;

/** How late gifts came to the listeners of a board, from when each was meant to be published. */
final class PushFindings {
    private static final long LONGEST_MICROS = 3_600_000_000L;
    private static final int DIGITS = 3;

    private final Histogram oldest = new Histogram(LONGEST_MICROS, DIGITS);
    private final Histogram newest = new Histogram(LONGEST_MICROS, DIGITS);
    private long wholes;
    private long lost;

    /** Of each message, the gift in it that has waited longest; microseconds. */
    Histogram oldest() {
        return oldest;
    }

    /** Of each message, the last gift in it; microseconds. */
    Histogram newest() {
        return newest;
    }

    /** How many messages told the whole board, since their listener was too slow for changes. */
    long wholes() {
        return wholes;
    }

    /** Listeners whose connection ended. */
    long lost() {
        return lost;
    }

    void lose() {
        lost++;
    }

    /** One listener was told of the gifts after one position, up to another. */
    void arrived(GiftSchedule gifts, boolean whole, long after, long position, long nowMicros) {
        long first = Math.max(after + 1, gifts.firstPosition());
        if (position < first) {
            return;
        }
        record(oldest, nowMicros - gifts.microsOf(first));
        record(newest, nowMicros - gifts.microsOf(position));
        wholes += whole ? 1 : 0;
    }

    private static void record(Histogram histogram, long micros) {
        histogram.recordValue(Math.clamp(micros, 0, LONGEST_MICROS));
    }

    /** One line, as another process reads it. */
    String line() {
        return wholes + " " + lost + " " + encoded(oldest) + " " + encoded(newest);
    }

    /** Reads {@link #line}. */
    static PushFindings of(String line) throws DataFormatException {
        String[] words = line.split(" ", -1);
        PushFindings findings = new PushFindings();
        findings.wholes = Long.parseLong(words[0]);
        findings.lost = Long.parseLong(words[1]);
        findings.oldest.add(decoded(words[2]));
        findings.newest.add(decoded(words[3]));
        return findings;
    }

    private static String encoded(Histogram histogram) {
        ByteBuffer bytes = ByteBuffer.allocate(histogram.getNeededByteBufferCapacity());
        int length = histogram.encodeIntoCompressedByteBuffer(bytes);
        return Base64.getEncoder().encodeToString(Arrays.copyOf(bytes.array(), length));
    }

    private static Histogram decoded(String text) throws DataFormatException {
        return Histogram.decodeFromCompressedByteBuffer(
                ByteBuffer.wrap(Base64.getDecoder().decode(text)), LONGEST_MICROS);
    }
}

package dev.confetti.bench.boards;

/**
 * When each gift of a steady stream was meant to be published.
 *
 * @param firstPosition of the first gift; the others follow without gaps
 * @param originMicros of the first gift, since 1970: two processes compare
 * @param perSecond gifts a second
 */
record GiftSchedule(long firstPosition, long originMicros, double perSecond) {
    /** Microseconds since 1970. */
    long microsOf(long position) {
        return originMicros + (long) ((position - firstPosition) * 1e6 / perSecond);
    }

    /** One line, as another process reads it. */
    String line() {
        return firstPosition + " " + originMicros + " " + perSecond;
    }

    /** Reads {@link #line}. */
    static GiftSchedule of(String line) {
        String[] words = line.split(" ", -1);
        return new GiftSchedule(
                Long.parseLong(words[0]), Long.parseLong(words[1]), Double.parseDouble(words[2]));
    }
}

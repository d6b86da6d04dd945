package dev.confetti.bench.boards;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Reads from a board's server-sent events, in any split, which kind each is and how far its board
 * has counted. Not thread-safe.
 */
final class PushedEvents {
    /** Gets an event when its data has come as a whole. */
    interface Listener {
        /**
         * An event came.
         *
         * @param whole false when it tells changes
         * @param position of the last gift that is counted
         */
        void arrived(boolean whole, long position);
    }

    /** The kind and the position stand in the first few bytes of a line. */
    private static final int KEPT_BYTES = 256;

    private static final String EVENT = "event: ";
    private static final String DATA = "data: ";
    private static final String POSITION = "\"asOf\":\"position:";

    private final Listener listener;
    private final byte[] line = new byte[KEPT_BYTES];
    private int length;
    private boolean whole;

    PushedEvents(Listener listener) {
        this.listener = listener;
    }

    /** Reads all of the bytes. */
    void feed(ByteBuffer bytes) {
        while (bytes.hasRemaining()) {
            byte next = bytes.get();
            if (next == '\n') {
                lineEnded(new String(line, 0, length, StandardCharsets.UTF_8));
                length = 0;
            } else if (length < KEPT_BYTES) {
                line[length++] = next;
            }
        }
    }

    private void lineEnded(String text) {
        if (text.startsWith(EVENT)) {
            whole = text.equals(EVENT + "standings");
        } else if (text.startsWith(DATA)) {
            int from = text.indexOf(POSITION) + POSITION.length();
            int to = text.indexOf('"', from);
            if (from >= POSITION.length() && to > from) {
                listener.arrived(whole, Long.parseLong(text.substring(from, to)));
            }
        }
    }
}

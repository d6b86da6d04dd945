package dev.confetti.e2e.life;

import dev.confetti.e2e.life.EntrySums.Line;
import java.time.Instant;

/** A point that a request names: a position, or an instant of recording. */
sealed interface Point {
    /** As the request says it. */
    String text();

    /** Whether a line is in the state as of it. */
    boolean isAsOf(Line line);

    /** Whether a line is not before it. */
    boolean isFrom(Line line);

    /** Whether a line is before its end: a position is still within, an instant is not. */
    boolean isTo(Line line);

    /** By position. */
    record At(long position) implements Point {
        @Override
        public String text() {
            return "position:" + position;
        }

        @Override
        public boolean isAsOf(Line line) {
            return line.position() <= position;
        }

        @Override
        public boolean isFrom(Line line) {
            return line.position() >= position;
        }

        @Override
        public boolean isTo(Line line) {
            return line.position() <= position;
        }
    }

    /** By the time of recording. */
    record Then(String text, Instant instant) implements Point {
        @Override
        public boolean isAsOf(Line line) {
            return !line.recordedAt().isAfter(instant);
        }

        @Override
        public boolean isFrom(Line line) {
            return !line.recordedAt().isBefore(instant);
        }

        @Override
        public boolean isTo(Line line) {
            return line.recordedAt().isBefore(instant);
        }
    }
}

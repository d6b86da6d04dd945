package dev.confetti.board.score;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One stretch of time that a board counts.
 *
 * @param name {@code 2026-11-22T16}, {@code 2026-11-22}, {@code 2026-W47}, {@code 2026-11} or
 *     {@code all}
 * @param end the first instant after it; null when it never ends
 * @param number grows with time among the windows of one period, from 1; 0 when it never ends
 */
public record Window(String name, @Nullable Instant end, long number) {
    public static final Window ALL = new Window("all", null, 0);
}

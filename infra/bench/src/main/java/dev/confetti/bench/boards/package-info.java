/** The leaderboards alone, on engines of their own, beside what else their Redis can do. */
@NullMarked
package dev.confetti.bench.boards;

import org.jspecify.annotations.NullMarked;

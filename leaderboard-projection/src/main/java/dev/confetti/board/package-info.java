/** The leaderboards: gift events in, exact standings out. */
@NullMarked
package dev.confetti.board;

import org.jspecify.annotations.NullMarked;

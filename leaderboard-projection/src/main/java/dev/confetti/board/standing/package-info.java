/** Standings in Redis: keys, fences, and the scripts that change and read them atomically. */
@NullMarked
package dev.confetti.board.standing;

import org.jspecify.annotations.NullMarked;

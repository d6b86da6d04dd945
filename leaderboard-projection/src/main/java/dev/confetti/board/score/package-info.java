/** Which boards there are, and how an event changes them; no I/O. */
@NullMarked
package dev.confetti.board.score;

import org.jspecify.annotations.NullMarked;

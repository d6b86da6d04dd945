/** Boards built anew from the event log, beside those that are live. */
@NullMarked
package dev.confetti.board.rebuild;

import org.jspecify.annotations.NullMarked;

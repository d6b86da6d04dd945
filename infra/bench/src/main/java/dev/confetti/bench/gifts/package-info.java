/** The bench of gifts: from the click to the answer, the cue, the event and the board. */
@NullMarked
package dev.confetti.bench.gifts;

import org.jspecify.annotations.NullMarked;

/** When calls are due, and how long they took. */
@NullMarked
package dev.confetti.bench.load;

import org.jspecify.annotations.NullMarked;

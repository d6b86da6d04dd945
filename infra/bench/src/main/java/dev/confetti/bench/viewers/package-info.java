/** The bench of viewers: many players of one live. */
@NullMarked
package dev.confetti.bench.viewers;

import org.jspecify.annotations.NullMarked;

/** The live that a bench makes for itself. */
@NullMarked
package dev.confetti.bench.stage;

import org.jspecify.annotations.NullMarked;

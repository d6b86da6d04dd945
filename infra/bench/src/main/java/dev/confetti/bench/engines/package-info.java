/** Engines that a bench starts for itself, where their data is, and what CPU time they take. */
@NullMarked
package dev.confetti.bench.engines;

import org.jspecify.annotations.NullMarked;

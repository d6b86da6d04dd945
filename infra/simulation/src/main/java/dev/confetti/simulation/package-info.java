/** Random commands, repeats, crashes and restarts against a small model of the economy. */
@NullMarked
package dev.confetti.simulation;

import org.jspecify.annotations.NullMarked;

/** Simulated viewers: what they do, and the doing of it. */
@NullMarked
package dev.confetti.demo.crowd;

import org.jspecify.annotations.NullMarked;

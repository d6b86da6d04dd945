/** A synthetic creator and simulated viewers, so that a newcomer's first page is alive. */
@NullMarked
package dev.confetti.demo;

import org.jspecify.annotations.NullMarked;

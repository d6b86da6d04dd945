/** The gift service: wiring, settings and the start as a process of its own. */
@NullMarked
package dev.confetti.gift;

import org.jspecify.annotations.NullMarked;

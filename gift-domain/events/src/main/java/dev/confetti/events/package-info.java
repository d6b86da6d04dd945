/** The published language of Confetti: events, their JSON codec, and the way back to them. */
@NullMarked
package dev.confetti.events;

import org.jspecify.annotations.NullMarked;

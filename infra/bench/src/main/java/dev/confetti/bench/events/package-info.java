/** The events of a platform that a bench invents, and the topics that they come by. */
@NullMarked
package dev.confetti.bench.events;

import org.jspecify.annotations.NullMarked;
